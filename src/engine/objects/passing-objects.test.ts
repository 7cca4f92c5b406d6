import { expect, test } from "vitest";
import { copiesOf, firstOfEach } from "./passing-objects.ts";

const passing = {
  objects: Float64Array.of(2, 3, 5, 7),
  inputs: Float64Array.of(10, 20, 10, 30),
  leaders: new Map([
    [20, 20],
    [30, 20],
  ]),
  groups: new Map([[20, [20, 30]]]),
};
const near = (...rows: readonly number[]) =>
  rows.map((row, i) => ({ row, scoreCosine: 1 - i / 10 }));

test("of each input the first object stays, of near-duplicates that of one of them", () => {
  const first = firstOfEach(near(5, 4, 7, 2, 3), passing);
  expect(first.map(({ row, input }) => [row, input])).toEqual([
    [5, 10],
    [7, 30],
  ]);
  const each = firstOfEach(near(5, 4, 7, 2, 3), { ...passing, leaders: new Map() });
  expect(each.map(({ input }) => input)).toEqual([10, 30, 20]);
});

test("copies are the others of the group", () => {
  expect(copiesOf(30, passing)).toEqual([20]);
  expect(copiesOf(10, passing)).toEqual([]);
});
