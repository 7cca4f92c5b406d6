import { expect, test } from "vitest";
import { toGroups } from "./copy-groups.ts";

const pair = (a: number, b: number, similarity: number) => ({ a, b, similarity });
const quality = (row: number, pixels = 100, sizeBytes = 10) => ({ row, pixels, sizeBytes });

function group(pairs: Parameters<typeof toGroups>[0], qualities: ReturnType<typeof quality>[]) {
  return toGroups(pairs, new Map(qualities.map((one) => [one.row, one])));
}

test("keeps the one with most pixels, then the largest file, then the oldest", () => {
  const pairs = [pair(1, 2, 0.99), pair(1, 3, 0.95), pair(2, 3, 0.97)];
  const byPixels = [quality(1), quality(2), quality(3, 400)];
  expect(group(pairs, byPixels)[0]?.members).toEqual([3, 2, 1]);
  const bySize = [quality(1), quality(2, 100, 20), quality(3)];
  expect(group(pairs, bySize)[0]?.members).toEqual([2, 1, 3]);
  const same = [quality(1), quality(2), quality(3)];
  expect(group(pairs, same)[0]?.members).toEqual([1, 2, 3]);
});

test("puts no input into a group whose leader it is not near to", () => {
  const chain = [pair(1, 2, 0.95), pair(2, 3, 0.95), pair(3, 4, 0.95)];
  const groups = group(chain, [quality(1), quality(2), quality(3), quality(4)]);
  expect(groups.map(({ members }) => members)).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test("says how near each member is to the leader, and what deleting the others frees", () => {
  const qualities = [quality(1, 900, 50), quality(2, 100, 7), quality(3, 100, 5)];
  const [found] = group([pair(1, 2, 0.92), pair(1, 3, 0.98)], qualities);
  expect(found).toEqual({ members: [1, 3, 2], similarities: [1, 0.98, 0.92], winBytes: 12 });
});

test("puts the greatest gain first and leaves out inputs that are gone", () => {
  const pairs = [pair(1, 2, 0.95), pair(3, 4, 0.95), pair(5, 6, 0.95)];
  const qualities = [1, 2, 3, 4, 5].map((row) => quality(row, 100, row * 10));
  expect(group(pairs, qualities).map(({ members }) => members)).toEqual([
    [4, 3],
    [2, 1],
  ]);
});
