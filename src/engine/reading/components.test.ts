import { expect, test } from "vitest";
import { outlinesOf } from "./components.ts";

function mapOf(rows: readonly string[]) {
  const values = Float32Array.from(rows.join(""), (cell) => (cell === "#" ? 0.9 : 0.1));
  return { values, width: rows[0]!.length, height: rows.length };
}

test("pixels that touch only at a corner are one region", () => {
  const outlines = outlinesOf(mapOf(["#...", ".#..", "..##"]), 0.3);
  expect(outlines).toHaveLength(1);
  expect(outlines[0]).toContainEqual([3, 2]);
});

test("regions with a gap are apart, the upper one first, also at both ends of a row", () => {
  const outlines = outlinesOf(mapOf(["...#", "....", "#..."]), 0.3);
  expect(outlines.map(([first]) => first)).toEqual([
    [3, 0],
    [0, 2],
  ]);
  expect(outlinesOf(mapOf(["...#", "#..."]), 0.3)).toHaveLength(2);
});

test("a pixel at the threshold is outside", () => {
  expect(outlinesOf({ values: Float32Array.of(0.5, 0.5), width: 2, height: 1 }, 0.5)).toEqual([]);
});
