import { expect, test } from "vitest";
import { GAP_PX, toLayout } from "./layout.ts";

test.each([390, 640, 1000, 1919])("rows of %d px fill the width exactly", (widthPx) => {
  const { columns, tilePx } = toLayout(widthPx, 176);
  expect(columns * tilePx + (columns - 1) * GAP_PX).toBeCloseTo(widthPx);
});

test("phones have three tiles in a row", () => {
  expect(toLayout(390, 320).columns).toBe(3);
});

test("tiles come close to the wanted size", () => {
  expect(toLayout(1200, 112).columns).toBe(10);
  expect(toLayout(1200, 320).columns).toBe(4);
});
