// Regions of a Data message: what kind of region each is.
import type { Data, RegionInfo } from "#proto/api/resources_pb";
import type { Shape } from "../../engine/query.ts";

/** The shapes of a message's regions, frames and time segments; [] if it is about the whole image. */
export function shapesOf(data: Data): readonly Shape[] {
  const shapes = data.regions.flatMap(({ regionInfo }) => shapeOf(regionInfo));
  if (data.frames.length > 0) shapes.push("frame");
  if (data.timeSegments.length > 0) shapes.push("time_segment");
  return [...new Set(shapes)];
}

/** What a filter's data asks for: the first shape; "none" for an empty message, which asks for annotations of
 *  whole images; undefined if it asks for something else. */
export function firstShape(data: Data): Shape | undefined {
  const [shape] = shapesOf(data);
  if (shape !== undefined) return shape;
  const isEmpty = Object.entries(data).every(
    ([key, value]) => key.startsWith("$") || isUnset(value),
  );
  return isEmpty ? "none" : undefined;
}

function shapeOf(info: RegionInfo | undefined): Shape[] {
  if (info === undefined) return [];
  const { boundingBox, mask, point, polygon, span } = info;
  return [
    ...(boundingBox ? ["bounding_box" as const] : []),
    ...(mask ? ["mask" as const] : []),
    ...(point ? ["point" as const] : []),
    ...(polygon ? ["polygon" as const] : []),
    ...(span ? ["span" as const] : []),
  ];
}

// A scalar is unset at its zero value, a list when it is empty, a message when it is undefined.
function isUnset(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (value instanceof Uint8Array) return value.length === 0;
  return value === undefined || value === "" || value === 0 || value === 0n || value === false;
}
