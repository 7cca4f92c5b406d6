// A map of probabilities -> the connected regions above a threshold.
import type { Point } from "./rectangle.ts";

/** [H, W] f32 in 0..1, row-major: how likely each pixel is within a line of text. */
export type TextMap = {
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
};

/** The leftmost and the rightmost pixel of each row of a region: they have the region's hull. */
export type Outline = readonly Point[];

/** Regions of pixels above `threshold` that touch, also diagonally; top to bottom. Time is linear in pixels. */
export function outlinesOf(map: TextMap, threshold: number): readonly Outline[] {
  const isSeen = new Uint8Array(map.values.length);
  const outlines: Outline[] = [];
  for (let start = 0; start < map.values.length; start++) {
    if (isSeen[start] || map.values[start]! <= threshold) continue;
    outlines.push(outlineFrom(map, threshold, start, isSeen));
  }
  return outlines;
}

function outlineFrom(map: TextMap, threshold: number, start: number, isSeen: Uint8Array): Outline {
  const { width } = map;
  const rows = new Map<number, { left: number; right: number }>();
  const open = [start];
  isSeen[start] = 1;
  for (let pixel = open.pop(); pixel !== undefined; pixel = open.pop()) {
    const x = pixel % width;
    const y = (pixel - x) / width;
    const row = rows.get(y);
    if (!row) rows.set(y, { left: x, right: x });
    else if (x < row.left) row.left = x;
    else if (x > row.right) row.right = x;
    openNeighbours(map, threshold, x, y, isSeen, open);
  }
  return [...rows].flatMap(([y, { left, right }]) => [[left, y] as const, [right, y] as const]);
}

function openNeighbours(
  { values, width, height }: TextMap,
  threshold: number,
  x: number,
  y: number,
  isSeen: Uint8Array,
  open: number[],
): void {
  for (let toY = Math.max(0, y - 1); toY <= Math.min(height - 1, y + 1); toY++) {
    for (let toX = Math.max(0, x - 1); toX <= Math.min(width - 1, x + 1); toX++) {
      const pixel = toY * width + toX;
      if (isSeen[pixel] || values[pixel]! <= threshold) continue;
      isSeen[pixel] = 1;
      open.push(pixel);
    }
  }
}
