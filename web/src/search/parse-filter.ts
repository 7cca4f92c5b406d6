// "label:dog", "date:2019-06", "size:>2mp" ... -> a filter; undefined for what is none, which then stays text.
import { COLOURS, PICTURE_SHAPES } from "../../../src/client/search.ts";
import { parseDays } from "../../../src/sentence/parse-days.ts";
import type { FilterValue } from "../filter.ts";
import type { Token } from "./tokens.ts";

/** What words may refer to. `datasets`: those known so far. */
export type Vocabulary = {
  readonly datasets: readonly { readonly id: string; readonly name: string }[];
  readonly now: Date;
};

/** The server takes no longer names. */
const NAME_MAX = 256;

const FORMATS = new Map(
  ["jpeg", "png", "gif", "webp", "tiff", "bmp", "avif", "heic"].map((name) => [name, name]),
)
  .set("jpg", "jpeg")
  .set("tif", "tiff")
  .set("heif", "heic");
const COLOUR_NAMES: ReadonlySet<string> = new Set(COLOURS);
const SHAPE_NAMES: ReadonlySet<string> = new Set(PICTURE_SHAPES);
const STATES = new Map<string, FilterValue>([
  ["unlabeled", { kind: "unlabeled" }],
  ["unlabelled", { kind: "unlabeled" }],
  ["unassigned", { kind: "unassigned" }],
  ["placed", { kind: "placed" }],
  ["failed", { kind: "status", status: "failed" }],
  ["pending", { kind: "status", status: "pending" }],
  ["duplicate", { kind: "status", status: "duplicate" }],
]);

/** Key -> what reads its value. */
const READERS = new Map<string, (value: string, known: Vocabulary) => FilterValue | undefined>([
  ["label", (name) => ({ kind: "label", name })],
  ["dataset", (name, { datasets }) => ({ kind: "dataset", id: datasetId(name, datasets) })],
  ["date", (value, { now }) => toDates("taken", value, now)],
  ["taken", (value, { now }) => toDates("taken", value, now)],
  ["added", (value, { now }) => toDates("added", value, now)],
  ["type", (value) => toFormat(value)],
  ["is", (value) => toState(value.toLowerCase())],
  ["has", (value) => (isPlace(value.toLowerCase()) ? { kind: "placed" } : undefined)],
  ["colour", (value) => toColour(value)],
  ["color", (value) => toColour(value)],
  ["size", (value) => toSize(value)],
  ["name", (text) => ({ kind: "name", text })],
  ["objects", (value) => toObjects(value)],
]);

export function parseFilter(token: Token, known: Vocabulary): FilterValue | undefined {
  const { key, value } = token;
  if (value === "" || value.length > NAME_MAX) return undefined;
  if (key.startsWith("meta.")) {
    return { kind: "metadata", key: key.slice("meta.".length), value: toJson(token) };
  }
  return READERS.get(key)?.(value, known);
}

/** Is this what a filter begins with? */
export function isFilterKey(key: string): boolean {
  return READERS.has(key) || key.startsWith("meta.");
}

/** The id of the dataset of this id or name; `name` itself where there is none. */
export function datasetId(name: string, datasets: Vocabulary["datasets"]): string {
  const isNamed = (given: string) => given.toLowerCase() === name.toLowerCase();
  const found = datasets.find(({ id }) => id === name) ?? datasets.find((one) => isNamed(one.name));
  return (found ?? datasets.find(({ id }) => isNamed(id)))?.id ?? name;
}

function toDates(kind: "taken" | "added", value: string, now: Date): FilterValue | undefined {
  const days = parseDays(value, now);
  return days && { kind, ...days };
}

function toFormat(value: string): FilterValue | undefined {
  const format = FORMATS.get(value.toLowerCase().replace(/^\./, ""));
  return format === undefined ? undefined : { kind: "type", format };
}

function toState(name: string): FilterValue | undefined {
  if (SHAPE_NAMES.has(name)) return { kind: "shape", shape: name } as FilterValue;
  return STATES.get(name);
}

function isPlace(name: string): boolean {
  return ["place", "location", "gps"].includes(name);
}

function toColour(value: string): FilterValue | undefined {
  const name = value.toLowerCase().replace("gray", "grey");
  return COLOUR_NAMES.has(name) ? ({ kind: "colour", colour: name } as FilterValue) : undefined;
}

// ">2mp", "<=8mp", "2mp..8mp", "2..8mp"; "12mp" is what rounds to it.
const SIZE = /^(>=?|<=?)?(\d+(?:\.\d+)?)(?:mp)?$/i;

function toSize(value: string): FilterValue | undefined {
  const [first = "", last, ...more] = value.split("..");
  if (more.length > 0) return undefined;
  if (last !== undefined) return toSizeRange(first, last);
  const [, sign = "", digits = ""] = SIZE.exec(value) ?? [];
  if (digits === "") return undefined;
  const size = Number(digits);
  if (sign.startsWith(">")) return { kind: "size", least: size, most: undefined };
  if (sign.startsWith("<")) return { kind: "size", least: undefined, most: size };
  return { kind: "size", least: Math.max(0, size - 0.5), most: size + 0.5 };
}

function toSizeRange(first: string, last: string): FilterValue | undefined {
  const [least, most] = [first, last].map((part) => SIZE.exec(part));
  const isBad = (part: string, match: RegExpExecArray | null | undefined) =>
    part !== "" && (!match || match[1] !== undefined);
  if (isBad(first, least) || isBad(last, most) || !(least || most)) return undefined;
  if (least && most && Number(least[2]) > Number(most[2])) return undefined;
  return {
    kind: "size",
    least: least ? Number(least[2]) : undefined,
    most: most ? Number(most[2]) : undefined,
  };
}

// "dog", "3 dogs", "2..4 dogs", "2.. dogs", "..4 dogs".
function toObjects(value: string): FilterValue | undefined {
  const [, from = "", dots, to = "", label = ""] =
    /^(?:(\d{1,3})?(\.\.)?(\d{1,3})?\s+)?(\S.*)$/.exec(value.trim()) ?? [];
  if (from + to === "") return { kind: "objects", label, least: 1, most: undefined };
  const least = from === "" ? 0 : Number(from);
  const most = dots === undefined ? least : to === "" ? undefined : Number(to);
  return most !== undefined && most < least ? undefined : { kind: "objects", label, least, most };
}

// 5, true and null mean what they say; everything else, and what stands in quotes, is text.
function toJson({ value, isQuoted }: Token): unknown {
  if (isQuoted || !/^(-?\d+(\.\d+)?|true|false|null)$/.test(value)) return value;
  return JSON.parse(value);
}
