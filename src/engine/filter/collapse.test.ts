import { expect, test } from "vitest";
import { collapse } from "./collapse.ts";

// Inputs 1 to 5; 2 leads 1 and 3, and 9, which did not pass, leads 4 and 5.
const leaders = new Map([
  [1, 2],
  [2, 2],
  [3, 2],
  [4, 9],
  [5, 9],
]);
const of = (...inputs: readonly number[]) => {
  const { rows, copies } = collapse(
    Float64Array.from(inputs, (input) => input * 10),
    Float64Array.from(inputs),
    leaders,
  );
  return { rows: [...rows], copies: [...copies] };
};

test("the leader stays, else the oldest; rows keep their order", () => {
  expect(of(5, 4, 3, 2, 1)).toEqual({
    rows: [40, 20],
    copies: [
      [40, [50]],
      [20, [30, 10]],
    ],
  });
});

test("a group of which one passes has no copies, what is in none stays", () => {
  expect(of(7, 3, 6)).toEqual({ rows: [70, 30, 60], copies: [] });
});
