// Regions in the body of an annotation, which is JSON of Clarifai's message.
import type { Json } from "../engine.ts";
import type { Shape } from "../query.ts";

const SHAPES: Readonly<Record<string, Shape>> = {
  boundingBox: "bounding_box",
  mask: "mask",
  point: "point",
  polygon: "polygon",
  span: "span",
};

/** What kinds of regions a body has, and their track ids. */
export function describeRegions(body: Json): {
  readonly shapes: readonly Shape[];
  readonly tracks: readonly string[];
} {
  const data = toJson(body.data);
  const regions = toList(data.regions);
  const shapes = regions.flatMap((region) =>
    Object.keys(toJson(region.regionInfo)).flatMap((key) => SHAPES[key] ?? []),
  );
  if (toList(data.frames).length > 0) shapes.push("frame");
  if (toList(data.timeSegments).length > 0) shapes.push("time_segment");
  const tracks = regions.flatMap(({ trackId }) =>
    typeof trackId === "string" && trackId !== "" ? [trackId] : [],
  );
  return { shapes, tracks };
}

/** Ids of the regions of a body. */
export function regionIds(body: Json): readonly string[] {
  return toList(toJson(body.data).regions).flatMap(({ id }) =>
    typeof id === "string" ? [id] : [],
  );
}

/** The body without the regions that have these ids. */
export function withoutRegions(body: Json, ids: readonly string[]): Json {
  const data = toJson(body.data);
  if (data.regions === undefined) return body;
  const gone = new Set<unknown>(ids);
  const { regions, ...rest } = data;
  const kept = toList(regions).filter(({ id }) => !gone.has(id));
  return { ...body, data: kept.length > 0 ? { ...rest, regions: kept } : rest };
}

function toJson(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}

function toList(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(toJson) : [];
}
