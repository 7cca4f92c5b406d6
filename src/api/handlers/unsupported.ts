// Which field of a message do we not understand? Asking for one must never be silently ignored.
import type { DescMessage, MessageShape } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { AppError, type ErrorCode } from "../../errors.ts";

/** Throws unless every value set in `message` is in a field of `supported` (dotted paths, lists without
 *  brackets, such as "data.concepts.id"). Empty messages hold no value, so they pass.
 *  @throws AppError `code` naming the field, as `at`.field */
export function requireSupported<Desc extends DescMessage>(
  schema: Desc,
  message: MessageShape<Desc>,
  at: string,
  supported: ReadonlySet<string>,
  code: ErrorCode,
): void {
  const path = firstUnsupported(reflect(schema, message), "", supported);
  if (path === undefined) return;
  throw new AppError(
    code,
    `Expected no ${at}.${path} but received one: Semblance does not support it yet.`,
    { details: { field: `${at}.${path}` } },
  );
}

function firstUnsupported(
  message: ReflectMessage,
  prefix: string,
  supported: ReadonlySet<string>,
): string | undefined {
  for (const field of message.fields) {
    const path = prefix + field.name;
    if (supported.has(path) || !message.isSet(field)) continue;
    const parts = field.message && childMessages(message, field);
    if (parts === undefined) return path;
    for (const part of parts) {
      const found = firstUnsupported(part, `${path}.`, supported);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

// Messages to look into; undefined where the field itself is the value (Timestamp, maps, a filled Struct).
function childMessages(
  message: ReflectMessage,
  field: ReflectMessage["fields"][number],
): ReflectMessage[] | undefined {
  if (field.message?.typeName === "google.protobuf.Struct" && field.fieldKind === "message") {
    const struct: object = message.get(field).message;
    return Object.keys("fields" in struct ? Object(struct.fields) : struct).length === 0
      ? []
      : undefined;
  }
  if (field.message?.typeName.startsWith("google.protobuf.")) return undefined;
  if (field.fieldKind === "message") return [message.get(field)];
  if (field.fieldKind === "list") return [...message.get(field)] as ReflectMessage[];
  return undefined;
}
