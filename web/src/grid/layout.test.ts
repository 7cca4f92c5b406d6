import { expect, test } from "vitest";
import { GAP_PX, TILE_SIZES, toLayout } from "./layout.ts";

test.each([390, 640, 1000, 1919])("rows of %d px fill the width exactly", (widthPx) => {
  const { columns, tilePx } = toLayout(widthPx, 176);
  expect(columns * tilePx + (columns - 1) * GAP_PX).toBeCloseTo(widthPx);
});

test("phones have two to four tiles in a row", () => {
  const { least, usual, most } = TILE_SIZES;
  expect([least, usual, most].map((size) => toLayout(390, size).columns)).toEqual([4, 3, 2]);
});

test("tiles come close to the wanted size", () => {
  expect(toLayout(1200, 112).columns).toBe(10);
  expect(toLayout(1200, 320).columns).toBe(4);
});
