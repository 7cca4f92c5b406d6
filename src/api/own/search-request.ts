// The body of POST /semblance/search and of everything else that names a search -> the engine's request.
import { z } from "zod";
import type { Place } from "../../engine/place.ts";
import type { SearchRequest } from "../../engine/query.ts";
import { LIMITS } from "../../limits.ts";
import { COLOURS, PICTURE_SHAPES } from "../../picture-words.ts";
import { jsonObject } from "./json-object.ts";

const rank = { weight: z.number().min(-8).max(8).default(1) };
const latitude = z.number().min(-90).max(90);
const longitude = z.number().min(-180).max(180);
const place = z.object({ latitude, longitude });
const texts = z.array(z.string().max(LIMITS.idLength)).max(LIMITS.queryConditions);
const some = <const Names extends readonly string[]>(names: Names) =>
  z.array(z.enum(names)).max(names.length);
const date = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const count = z.int().min(0).max(1000);

const rankSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), text: z.string().min(1).max(LIMITS.textLength), ...rank }),
  z.object({ kind: z.literal("concept"), name: z.string().min(1).max(LIMITS.idLength), ...rank }),
  z.object({ kind: z.literal("input"), input_id: z.string().min(1).max(LIMITS.idLength), ...rank }),
  z.object({ kind: z.literal("example"), id: z.string().min(1).max(LIMITS.idLength), ...rank }),
  z.object({ kind: z.literal("url"), url: z.string().min(1).max(LIMITS.urlLength), ...rank }),
]);

const conditionSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ids"), ids: texts }),
  z.object({
    kind: z.literal("status"),
    statuses: some(["pending", "processed", "failed", "duplicate"]),
  }),
  z.object({ kind: z.literal("datasets"), ids: texts }),
  z.object({ kind: z.literal("label"), name: z.string().min(1).max(LIMITS.idLength) }),
  z.object({ kind: z.literal("metadata"), contains: jsonObject }),
  z.object({ kind: z.literal("radius"), center: place, radius_km: z.number().positive() }),
  z.object({ kind: z.literal("box"), corners: z.tuple([place, place]) }),
  z.object({ kind: z.literal("placed") }),
  z.object({ kind: z.literal("unlabeled") }),
  z.object({ kind: z.literal("unassigned") }),
  z.object({ kind: z.literal("format"), formats: texts }),
  z.object({
    kind: z.literal("date"),
    of: z.enum(["added", "taken"]),
    from: date.optional(),
    to: date.optional(),
  }),
  z.object({
    kind: z.literal("shape"),
    shapes: some(PICTURE_SHAPES),
  }),
  z.object({
    kind: z.literal("pixels"),
    least: z.number().min(0).optional(),
    most: z.number().min(0).optional(),
  }),
  z.object({ kind: z.literal("colour"), colours: some(COLOURS) }),
  z.object({ kind: z.literal("name"), contains: z.string().min(1).max(LIMITS.idLength) }),
  z
    .object({
      kind: z.literal("objects"),
      label: z.string().min(1).max(LIMITS.idLength),
      least: count.default(1),
      most: count.optional(),
    })
    .refine(({ least, most }) => most === undefined || least <= most, {
      path: ["most"],
      error: "Expected no less than least",
    }),
  z.object({ kind: z.literal("words"), phrase: z.string().min(1).max(LIMITS.textLength) }),
]);

const filterSchema = z.object({
  any_of: z.array(conditionSchema).max(LIMITS.queryConditions),
  negate: z.boolean().default(false),
});

export const searchSchema = z.object({
  ranks: z.array(rankSchema).max(LIMITS.queryTerms).default([]),
  filters: z.array(filterSchema).max(LIMITS.queryTerms).default([]),
  order: z.enum(["relevance", "newest", "oldest", "taken"]).default("relevance"),
  relevant_only: z.boolean().default(false),
  collapse: z.boolean().default(false),
  /** Compare the ranks with the objects in pictures. */
  objects: z.boolean().default(false),
  min_score: z.number().min(0).max(1).default(0),
  /** From 0. */
  page: z.int().min(0).default(0),
  per_page: z.int().min(1).max(LIMITS.pageSizeMax).default(100),
});

type Given = z.output<typeof searchSchema>;
type Box = readonly [Place, Place];

export function toSearchRequest(given: Given): SearchRequest {
  return {
    ranks: given.ranks.map(toRank),
    filters: toFilters(given.filters),
    minScore: given.min_score,
    order: given.order,
    isRelevantOnly: given.relevant_only,
    isCollapsed: given.collapse,
    isOfObjects: given.objects,
    offset: given.page * given.per_page,
    limit: given.per_page,
  };
}

export function toFilters(given: Given["filters"]): SearchRequest["filters"] {
  return given.map(({ any_of, negate }) => ({ anyOf: any_of.flatMap(toConditions), negate }));
}

function toRank(given: Given["ranks"][number]): SearchRequest["ranks"][number] {
  switch (given.kind) {
    case "concept":
      return { kind: "concept", concept: given.name, weight: given.weight };
    case "input":
      return { kind: "input", inputId: given.input_id, weight: given.weight };
    default:
      return given;
  }
}

function toConditions(
  given: Given["filters"][number]["any_of"][number],
): SearchRequest["filters"][number]["anyOf"] {
  switch (given.kind) {
    case "label":
      return [{ kind: "concept", id: "", name: given.name, isPresent: true }];
    case "radius":
      return [{ kind: "radius", center: given.center, radiusKm: given.radius_km }];
    case "box":
      return toBoxes(given.corners).map((corners) => ({ kind: "box", corners }));
    case "date": {
      const { kind, of, from, to } = given;
      return [{ kind, of, ...(from && { from }), ...(to && { to }) }];
    }
    case "pixels": {
      const { kind, least, most } = given;
      return [{ kind, ...(least !== undefined && { least }), ...(most !== undefined && { most }) }];
    }
    case "objects": {
      const { kind, label, least, most } = given;
      return [{ kind, label, least, ...(most !== undefined && { most }) }];
    }
    default:
      return [given];
  }
}

// Corners are south west and north east: a west that is greater than the east says that the date line lies between.
function toBoxes([southWest, northEast]: Box): readonly Box[] {
  if (southWest.longitude <= northEast.longitude) return [[southWest, northEast]];
  return [
    [southWest, { ...northEast, longitude: 180 }],
    [{ ...southWest, longitude: -180 }, northEast],
  ];
}
