import { expect, test } from "vitest";
import { nextWeight, toWeightText } from "./weights.ts";

test.each([
  [1, 1, 2],
  [1, -1, 0.5],
  [-1, 1, -2],
  [-0.5, -1, -0.25],
  [4, 1, 4],
  [0.25, -1, 0.25],
  [3, 1, 4],
  [3, -1, 2],
  [8, 1, 8],
] as const)("steps from %d by %d to %d", (weight, step, next) => {
  expect(nextWeight(weight, step)).toBe(next);
});

test("says a weight only where it is not 1", () => {
  expect([1, -1, 2, -0.25].map(toWeightText)).toEqual(["", "", "2×", "0.25×"]);
});
