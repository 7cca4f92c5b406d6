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

/** `except`: fields (in camelCase) that the server itself says. */
export function toBody<Desc extends DescMessage>(
  schema: Desc,
  message: MessageShape<Desc>,
  except: ReadonlySet<string>,
): Json {
  const json = toJson(schema, message, { enumAsInteger: true }) as JsonObject; // a message is an object
  return Object.fromEntries(Object.entries(json).filter(([name]) => !except.has(name)));
}

/** Fields that a later version knew and this one does not are dropped. */
export function fromBody<Desc extends DescMessage>(schema: Desc, body: Json): MessageShape<Desc> {
  return fromJson(schema, body as JsonObject, { ignoreUnknownFields: true }); // toBody made it
}
