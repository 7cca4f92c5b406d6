// Search <-> the part of the URL after "?", readable and in order:
//   concept=dog&not-concept=cat&like*2=ID&caption=on+a+beach&label=pets&taken=2019-01-01..2019-12-31&view=ID
// "not-" turns a part into its opposite, "*2" is a weight other than 1.
import { COLOURS, type Order, PICTURE_SHAPES } from "../../src/client/search.ts";
import type { Filter, FilterValue } from "./filter.ts";
import { EVERYTHING, type Query, subjectOf, type Term } from "./query.ts";

/** All state that a shared link carries. `view`: the input that is open in the viewer. */
export type Address = { readonly query: Query; readonly view?: string };

const NEGATION = "not-";
const METADATA = "meta.";
const ORDERS: readonly string[] = ["newest", "oldest", "taken"] satisfies Order[];
const STATUSES: readonly string[] = ["processed", "pending", "failed", "duplicate"];
const WEIGHT_MAX = 8;
const NAME_MAX = 100;

/** "" if there is nothing to say, otherwise with a leading "?". */
export function toSearchString({ query, view }: Address): string {
  const params = new URLSearchParams([
    ...query.terms.map(toTermParam),
    ...query.filters.map(toFilterParam),
  ]);
  if (query.caption !== "") params.append("caption", query.caption);
  if (query.labelsAre === "all") params.append("labels", "all");
  if (query.order !== "relevance") params.append("order", query.order);
  if (query.isRelevantOnly) params.append("relevant", "only");
  if (query.isCollapsed) params.append("copies", "hidden");
  if (query.isOfObjects) params.append("by", "objects");
  if (view !== undefined) params.append("view", view);
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

/** Unknown parameters are ignored: links grow old. */
export function fromSearchString(text: string): Address {
  const params = new URLSearchParams(text);
  const parts = [...params].filter(([, value]) => value !== "");
  const order = params.get("order") ?? "";
  const query: Query = {
    ...EVERYTHING,
    terms: parts.flatMap(([name, value]) => fromTermParam(name, value)),
    filters: parts.flatMap(([name, value]) => fromFilterParam(name, value)),
    caption: params.getAll("caption").join(" ").trim(),
    labelsAre: params.get("labels") === "all" ? "all" : "any",
    order: ORDERS.includes(order) ? (order as Order) : "relevance",
    isRelevantOnly: params.get("relevant") === "only",
    isCollapsed: params.get("copies") === "hidden",
    isOfObjects: params.get("by") === "objects",
  };
  const view = params.get("view");
  return view ? { query, view } : { query };
}

function toTermParam(term: Term): [string, string] {
  const size = Math.abs(term.weight);
  const sign = term.weight < 0 ? NEGATION : "";
  return [`${sign}${term.kind}${size === 1 ? "" : `*${size}`}`, subjectOf(term)];
}

function fromTermParam(name: string, value: string): Term[] {
  const [, not, kind, size = "1"] = /^(not-)?([a-z]+)(?:\*([\d.]+))?$/.exec(name) ?? [];
  const size8 = Math.min(WEIGHT_MAX, Number(size));
  if (!(size8 > 0)) return [];
  const weight = not ? -size8 : size8;
  switch (kind) {
    case "concept":
      return [{ kind, name: value, weight }];
    case "like":
      return [{ kind, inputId: value, weight }];
    case "example":
      return [{ kind, exampleId: value, weight }];
    case "url":
      return [{ kind, url: value, weight }];
    case "text":
      return [{ kind, text: value, weight }];
    default:
      return [];
  }
}

function toFilterParam(filter: Filter): [string, string] {
  const [name, value] = toNameAndValue(filter);
  return [(filter.isNegated ? NEGATION : "") + name, value];
}

function toNameAndValue(filter: FilterValue): [string, string] {
  switch (filter.kind) {
    case "label":
      return ["label", filter.name];
    case "unlabeled":
    case "unassigned":
    case "placed":
      return [filter.kind, "yes"];
    case "dataset":
      return ["dataset", filter.id];
    case "type":
      return ["type", filter.format];
    case "status":
      return ["status", filter.status];
    case "taken":
    case "added":
      return [filter.kind, toRange(filter.from, filter.to)];
    case "size":
      return ["size", toRange(filter.least, filter.most)];
    case "box":
      return ["box", withName([filter.south, filter.west, filter.north, filter.east], filter.name)];
    case "near":
      return ["near", withName([filter.latitude, filter.longitude, filter.radiusKm], filter.name)];
    case "shape":
      return ["shape", filter.shape];
    case "colour":
      return ["colour", filter.colour];
    case "metadata":
      return [METADATA + filter.key, JSON.stringify(filter.value)];
    case "name":
      return ["name", filter.text];
    case "objects":
      return ["objects", `${toRange(filter.least, filter.most)} ${filter.label}`];
  }
}

function fromFilterParam(given: string, value: string): Filter[] {
  const isNegated = given.startsWith(NEGATION);
  const filter = fromNameAndValue(isNegated ? given.slice(NEGATION.length) : given, value);
  return filter ? [{ ...filter, isNegated }] : [];
}

function fromNameAndValue(name: string, value: string): FilterValue | undefined {
  if (name.startsWith(METADATA)) return toMetadata(name.slice(METADATA.length), value);
  switch (name) {
    case "label":
      return { kind: "label", name: value };
    case "unlabeled":
    case "unassigned":
    case "placed":
      return { kind: name };
    case "dataset":
      return { kind: "dataset", id: value };
    case "type":
      return { kind: "type", format: value };
    case "status":
      return oneOf(STATUSES, value)
        ? ({ kind: "status", status: value } as FilterValue)
        : undefined;
    case "taken":
    case "added":
      return toDays(name, value);
    case "size":
      return toSize(value);
    case "box":
      return toBox(value);
    case "near":
      return toNear(value);
    case "shape":
      return oneOf(PICTURE_SHAPES, value)
        ? ({ kind: "shape", shape: value } as FilterValue)
        : undefined;
    case "colour":
      return oneOf(COLOURS, value) ? ({ kind: "colour", colour: value } as FilterValue) : undefined;
    case "name":
      return { kind: "name", text: value };
    case "objects":
      return toObjects(value);
    default:
      return undefined;
  }
}

function oneOf(known: readonly string[], value: string): boolean {
  return known.includes(value);
}

function toRange(from: string | number | undefined, to: string | number | undefined): string {
  return `${from ?? ""}..${to ?? ""}`;
}

function toDays(kind: "taken" | "added", value: string): FilterValue | undefined {
  const [from, to] = value.split("..").map((day) => (isDay(day) ? day : undefined));
  return from || to ? { kind, from, to } : undefined;
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
}

function toSize(value: string): FilterValue | undefined {
  const [least, most] = value.split("..").map((part) => {
    const size = part === "" ? Number.NaN : Number(part);
    return size >= 0 ? size : undefined;
  });
  return least === undefined && most === undefined ? undefined : { kind: "size", least, most };
}

// Names may have commas, too.
function withName(numbers: readonly number[], name: string | undefined): string {
  return [...numbers, ...(name === undefined ? [] : [name])].join(",");
}

function nameAfter(value: string, count: number): { readonly name?: string } {
  const name = value.split(",").slice(count).join(",");
  return name === "" ? {} : { name: name.slice(0, NAME_MAX) };
}

function toObjects(value: string): FilterValue | undefined {
  const [, from = "", to = "", label = ""] = /^(\d{1,3})\.\.(\d{0,3}) (.+)$/.exec(value) ?? [];
  const [least, most] = [Number(from), to === "" ? undefined : Number(to)];
  if (label === "" || (most !== undefined && most < least)) return undefined;
  return { kind: "objects", label, least, most };
}

function toBox(value: string): FilterValue | undefined {
  const [south, west, north, east] = value.split(",").map(Number);
  const isBox = isLatitude(south) && isLatitude(north) && isLongitude(west) && isLongitude(east);
  return isBox
    ? {
        kind: "box",
        south: south!,
        west: west!,
        north: north!,
        east: east!,
        ...nameAfter(value, 4),
      }
    : undefined;
}

function toNear(value: string): FilterValue | undefined {
  const [latitude, longitude, radiusKm = 0] = value.split(",").map(Number);
  const isNear =
    isLatitude(latitude) && isLongitude(longitude) && radiusKm > 0 && Number.isFinite(radiusKm);
  return isNear
    ? { kind: "near", latitude: latitude!, longitude: longitude!, radiusKm, ...nameAfter(value, 3) }
    : undefined;
}

function isLatitude(degrees = Number.NaN): boolean {
  return Math.abs(degrees) <= 90;
}

function isLongitude(degrees = Number.NaN): boolean {
  return Math.abs(degrees) <= 180;
}

function toMetadata(key: string, text: string): FilterValue | undefined {
  if (key === "") return undefined;
  try {
    return { kind: "metadata", key, value: JSON.parse(text) };
  } catch {
    return { kind: "metadata", key, value: text };
  }
}
