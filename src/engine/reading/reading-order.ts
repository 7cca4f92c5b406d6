// Lines in the order in which a person reads them: rows from top to bottom, each from left to right, as the text is
// tilted. Columns are not told apart: their lines are read across.
import type { Point } from "./rectangle.ts";

type Placed<T> = {
  readonly line: T;
  readonly x: number;
  readonly y: number;
  readonly height: number;
};

/** Two lines are in one row if their middles differ by less than this share of the lower one. */
const ROW_SHARE = 0.5;

/** `cornersOf`: clockwise from where a line begins at the top, in pixels. */
export function inReadingOrder<T>(
  lines: readonly T[],
  cornersOf: (line: T) => readonly Point[],
): readonly T[] {
  const tilt = median(lines.map((line) => angleOf(cornersOf(line))));
  const placed = lines
    .map((line) => place(line, cornersOf(line), tilt))
    .sort((a, b) => a.y - b.y || a.x - b.x);
  return rowsOf(placed).flatMap((row) =>
    [...row].sort((a, b) => a.x - b.x || a.y - b.y).map(({ line }) => line),
  );
}

function rowsOf<T>(placed: readonly Placed<T>[]): readonly (readonly Placed<T>[])[] {
  const rows: Placed<T>[][] = [];
  for (const next of placed) {
    const row = rows.at(-1);
    if (row?.some((other) => isBeside(other, next))) row.push(next);
    else rows.push([next]);
  }
  return rows;
}

function isBeside<T>(one: Placed<T>, other: Placed<T>): boolean {
  return Math.abs(one.y - other.y) < ROW_SHARE * Math.min(one.height, other.height);
}

/** The middle of its beginning, in axes that are tilted as the text is. */
function place<T>(line: T, corners: readonly Point[], tilt: number): Placed<T> {
  const [[x1, y1], , , [x4, y4]] = corners as [Point, Point, Point, Point];
  const [x, y] = [(x1 + x4) / 2, (y1 + y4) / 2];
  return {
    line,
    x: x * Math.cos(tilt) + y * Math.sin(tilt),
    y: y * Math.cos(tilt) - x * Math.sin(tilt),
    height: Math.hypot(x4 - x1, y4 - y1),
  };
}

function angleOf(corners: readonly Point[]): number {
  const [[x1, y1], [x2, y2]] = corners as [Point, Point];
  return Math.atan2(y2 - y1, x2 - x1);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
