// A picture of which a square tile shows an object, with what is around it.
import type { FoundObject } from "../../../src/client/search.ts";

type Place = {
  readonly left: string;
  readonly top: string;
  readonly width: string;
  readonly height: string;
};

/** Of the object's longer side: what is around it tells what it is. */
const AROUND = 1.3;
/** Of the picture's shorter side, at least: thumbnails have no more to show. */
const CLOSEST = 0.25;

/** Where picture and object lie in the tile, in percent of it. */
export function toObjectView(
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  { left, top, right, bottom }: FoundObject["box"],
): { readonly picture: Place; readonly outline: Place } {
  const shorter = Math.min(widthPx, heightPx);
  const longest = AROUND * Math.max((right - left) * widthPx, (bottom - top) * heightPx);
  const side = clamp(longest, CLOSEST * shorter, shorter);
  const x = clamp(((left + right) / 2) * widthPx - side / 2, 0, widthPx - side);
  const y = clamp(((top + bottom) / 2) * heightPx - side / 2, 0, heightPx - side);
  const place = (fromX: number, fromY: number, width: number, height: number): Place => ({
    left: percent((fromX - x) / side),
    top: percent((fromY - y) / side),
    width: percent(width / side),
    height: percent(height / side),
  });
  const [wide, high] = [(right - left) * widthPx, (bottom - top) * heightPx];
  return {
    picture: place(0, 0, widthPx, heightPx),
    outline: place(left * widthPx, top * heightPx, wide, high),
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function percent(part: number): string {
  return `${Math.round(part * 10_000) / 100}%`;
}
