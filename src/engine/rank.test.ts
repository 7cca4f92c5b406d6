import { expect, test } from "vitest";
import { combine, scorer, type Term } from "./rank.ts";

const term = (x: number, y: number, weight = 1): Term => ({
  vector: Float32Array.of(x, y),
  weight,
});
const concept = (weight: number): Term => ({ ...term(1, 0, weight), value: (cos) => cos ** 2 });

test("adds terms with their weights to a unit vector", () => {
  expect([...combine([term(1, 0, 3), term(0, 1, 4)])]).toEqual([0.6, 0.8].map(Math.fround));
  expect([...combine([term(1, 0, -2)])]).toEqual([-1, 0]);
  expect(() => combine([term(1, 0), term(1, 0, -1)])).toThrow(
    "Expected ranks that leave something to search for but they cancel each other out.",
  );
});

test("scores similarity as (1 + cos) / 2, within 0 to 1", () => {
  const score = scorer([term(1, 0)]);
  expect([-1, 0, 0.5, 1, 1.0000001].map(score)).toEqual([0, 0.5, 0.75, 1, 1]);
});

test("scores one concept by its value, one that is not wanted by the rest to 1", () => {
  expect(scorer([concept(2)])(0.5)).toBe(0.25);
  expect(scorer([concept(-1)])(0.5)).toBe(0.75); // the query points the other way: its cosine is -0.5
  expect(scorer([concept(1), term(0, 1)])(0.5)).toBe(0.75);
});
