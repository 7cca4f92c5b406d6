// Clarifai's JSON <-> protobuf messages. Reading is lenient, because their server is and their clients
// rely on it; writing shows zeros where the proto says so (cl_show_if_empty).
import {
  type DescField,
  type DescMessage,
  fromJson,
  getOption,
  type JsonObject,
  type JsonValue,
  type MessageShape,
  ScalarType,
  toJson,
} from "@bufbuild/protobuf";
import { cl_default_float, cl_show_if_empty } from "#proto/api/utils/extensions_pb";
import { AppError } from "../errors.ts";

/** Levels of JSON that are read; protobuf-es reads no deeper either. */
export const MAX_DEPTH = 100;

/** A message from JSON: snake_case or camelCase names, nulls and unknown fields dropped, true for 1, numbers
 *  in strings, and the default of each float that has one (a concept's value is 1).
 *  @throws AppError "invalid_request" naming the field */
export function readJson<Desc extends DescMessage>(
  schema: Desc,
  json: JsonValue,
): MessageShape<Desc> {
  if (!isObject(json)) {
    throw new AppError(
      "invalid_request",
      `Expected a JSON object for ${schema.name} but received ${JSON.stringify(json).slice(0, 40)}.`,
    );
  }
  const plain = toPlain(schema, json, 0);
  try {
    return fromJson(schema, plain, { ignoreUnknownFields: true });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("invalid_request", `Expected a valid ${schema.name} but ${why}.`, { cause });
  }
}

/** A message as JSON: snake_case names, enums as numbers. */
export function writeJson(schema: DescMessage, message: MessageShape<DescMessage>): JsonObject {
  const json = toJson(schema, message, { useProtoFieldName: true, enumAsInteger: true });
  if (isObject(json)) showEmpty(schema, json);
  return json as JsonObject;
}

export function isObject(json: unknown): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

function toPlain(schema: DescMessage, json: JsonValue, depth: number): JsonValue {
  if (!isObject(json) || isWellKnown(schema)) return json;
  if (depth > MAX_DEPTH) {
    throw new AppError("invalid_request", `Expected at most ${MAX_DEPTH} levels of JSON.`);
  }
  const plain: JsonObject = {};
  for (const field of schema.fields) {
    const value = json[field.name] ?? json[field.jsonName];
    const read = value === undefined ? undefined : toPlainField(field, value, depth);
    if (read !== undefined) plain[field.name] = read;
  }
  return { ...marks(schema).defaults, ...plain };
}

function toPlainField(field: DescField, value: JsonValue, depth: number): JsonValue | undefined {
  if (value === null) return undefined;
  if (field.fieldKind === "list" && Array.isArray(value)) {
    const parts = value.filter((part) => part !== null);
    return parts.map((part) => toPlainValue(field, part, depth) ?? part);
  }
  return toPlainValue(field, value, depth);
}

function toPlainValue(field: DescField, value: JsonValue, depth: number): JsonValue | undefined {
  if (field.fieldKind === "map") return value;
  if (field.message !== undefined) return toPlain(field.message, value, depth + 1);
  if (field.enum !== undefined) return typeof value === "string" ? toEnum(value) : value;
  return toScalar(field.scalar, value);
}

// A query string can only say ?status.code=30000.
function toEnum(value: string): JsonValue | undefined {
  if (value === "") return undefined;
  return /^-?\d+$/.test(value) ? Number(value) : value;
}

function toScalar(type: ScalarType | undefined, value: JsonValue): JsonValue | undefined {
  if (type === ScalarType.STRING) return typeof value === "number" ? String(value) : value;
  if (type === ScalarType.BYTES) return value;
  if (value === "") return undefined;
  if (type === ScalarType.BOOL) {
    if (value === "true" || value === 1 || value === "1") return true;
    return value === "false" || value === 0 || value === "0" ? false : value;
  }
  return typeof value === "boolean" ? Number(value) : value;
}

function showEmpty(schema: DescMessage, json: JsonObject): void {
  const { zeros, floats } = marks(schema);
  for (const [name, zero] of Object.entries(zeros)) json[name] ??= zero();
  for (const name of floats) json[name] &&= toShortFloats(json[name]);
  for (const field of schema.fields) {
    const value = json[field.name];
    if (value === undefined || field.message === undefined || isWellKnown(field.message)) continue;
    const parts = field.fieldKind === "message" ? [value] : Object.values(Object(value));
    for (const part of parts) if (isObject(part)) showEmpty(field.message, part);
  }
}

// What the options of a message's fields say about JSON.
type Marks = {
  readonly defaults: JsonObject;
  readonly zeros: Readonly<Record<string, () => JsonValue>>;
  /** Fields of 32-bit floats, single or repeated. */
  readonly floats: readonly string[];
};

// Reading an option costs 4 us and a page of hits asks 200,000 times. Descriptors never change.
const knownMarks = new WeakMap<DescMessage, Marks>();

function marks(schema: DescMessage): Marks {
  const known = knownMarks.get(schema);
  if (known !== undefined) return known;
  // Struct, Timestamp and the like have a JSON form of their own.
  const fields = isWellKnown(schema) ? [] : schema.fields;
  const found = {
    defaults: Object.fromEntries(
      fields
        .map((field) => [field.name, getOption(field, cl_default_float)] as const)
        .filter(([, value]) => value !== 0),
    ),
    zeros: Object.fromEntries(
      fields
        .filter((field) => field.fieldKind !== "message" && getOption(field, cl_show_if_empty))
        .map((field) => [field.name, () => toZero(field)]),
    ),
    floats: fields.filter(isFloat).map(({ name }) => name),
  };
  knownMarks.set(schema, found);
  return found;
}

function isFloat(field: DescField): boolean {
  const isSingle = field.fieldKind === "scalar" || field.fieldKind === "list";
  return isSingle && field.scalar === ScalarType.FLOAT;
}

// 42.05 came in as 42.04999923706055, its nearest 32-bit float, and goes out as 42.05 again.
function toShortFloats(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(toShortFloats);
  return typeof value === "number" ? toShortFloat(value) : value;
}

/** The shortest decimal that names the same 32-bit float. */
export function toShortFloat(value: number): number {
  if (Number.isInteger(value)) return value;
  const float = Math.fround(value);
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(float.toPrecision(digits));
    if (Math.fround(short) === float) return short;
  }
  return Number(float.toPrecision(9));
}

function toZero(field: DescField): JsonValue {
  if (field.fieldKind === "list") return [];
  if (field.scalar === ScalarType.STRING) return "";
  return field.scalar === ScalarType.BOOL ? false : 0;
}

function isWellKnown(schema: DescMessage): boolean {
  return schema.typeName.startsWith("google.protobuf.");
}
