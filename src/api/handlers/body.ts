// What clients say about an app, a dataset or a search <-> JSON that the engine keeps. All fields stay, so
// nothing that a client sends is lost.
import {
  type DescMessage,
  fromJson,
  type JsonObject,
  type MessageShape,
  toJson,
} from "@bufbuild/protobuf";
import type { Json } from "../../engine/engine.ts";
import { AppError } from "../../errors.ts";

/** `except`: fields (in camelCase) that the server itself says. @throws AppError "invalid_request" as `toJsonBody` */
export function toBody<Desc extends DescMessage>(
  schema: Desc,
  message: MessageShape<Desc>,
  except: ReadonlySet<string>,
): Json {
  const json = toJsonBody(schema, message, schema.name, { enumAsInteger: true });
  return Object.fromEntries(Object.entries(json).filter(([name]) => !except.has(name)));
}

/** A message as JSON. `at` names it in errors.
 *  @throws AppError "invalid_request" for what JSON cannot say, such as NaN in metadata */
export function toJsonBody<Desc extends DescMessage>(
  schema: Desc,
  message: MessageShape<Desc>,
  at: string,
  options: { readonly enumAsInteger?: boolean } = {},
): JsonObject {
  try {
    return toJson(schema, message, options) as JsonObject; // a message is an object
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("invalid_request", `Expected what JSON can say for ${at} but ${why}.`, {
      cause,
    });
  }
}

/** Fields that a later version knew and this one does not are dropped. */
export function fromBody<Desc extends DescMessage>(schema: Desc, body: Json): MessageShape<Desc> {
  return fromJson(schema, body as JsonObject, { ignoreUnknownFields: true }); // toBody made it
}
