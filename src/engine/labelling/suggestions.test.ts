import { expect, test } from "vitest";
import { pickTelling } from "./suggestions.ts";

// Three groups of pictures that are nearly the same.
const vectors = Float32Array.from(
  [
    [1, 0, 0],
    [0.99, 0.141, 0],
    [0, 1, 0],
    [0.141, 0.99, 0],
    [0, 0, 1],
    [0, 0.141, 0.99],
  ].flat(),
);

test("begins with the one that is least sure", () => {
  expect(pickTelling(vectors, [0.9, 0.8, 0.55, 0.3, 0.1, 0.01], 3, 1)).toEqual([2]);
});

test("asks one of each group before it asks for another one of the same", () => {
  const picked = pickTelling(vectors, [0.5, 0.49, 0.48, 0.47, 0.4, 0.39], 3, 3);
  expect(picked).toEqual([0, 2, 4]);
});

test("takes the likeliest where nothing is likely", () => {
  expect(pickTelling(vectors, [0.01, 0.02, 0.03, 0.04, 0.05, 0.2], 3, 1)).toEqual([5]);
});

test("gives no more than there are", () => {
  expect(pickTelling(vectors, [0.5, 0.5, 0.5, 0.5, 0.5, 0.5], 3, 10)).toHaveLength(6);
  expect(pickTelling(new Float32Array(0), [], 3, 10)).toEqual([]);
});
