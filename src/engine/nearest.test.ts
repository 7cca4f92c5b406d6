import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clusteredVectors, random32, randomVectors } from "../../bench/vectors.ts";
import { AppError } from "../errors.ts";
import { leastApproximate } from "./error-bound.ts";
import { EXACT_RANKS, ExactIndex, type Neighbour } from "./nearest.ts";
import { and, not, or } from "./row-filter.ts";
import { Scan } from "./scan.ts";
import { ScanPool } from "./scan-pool.ts";

let pool: ScanPool;
beforeAll(async () => {
  pool = await ScanPool.open(2);
});
afterAll(() => pool.close());

/** Vectors by row, as the store would keep them. */
type Stored = Map<number, Float32Array>;

function openIndex(dim: number, stored: Stored, ownPool = pool): ExactIndex {
  return new ExactIndex({
    pool: ownPool,
    dim,
    readVectors: (rows) => {
      const vectors = new Float32Array(rows.length * dim);
      rows.forEach((row, i) => {
        const vector = stored.get(row);
        if (vector) vectors.set(vector, i * dim);
      });
      return vectors;
    },
  });
}

function addAll(index: ExactIndex, stored: Stored, rows: readonly number[], vectors: Float32Array) {
  const { dim } = index.matrix;
  rows.forEach((row, i) => {
    stored.set(row, vectors.subarray(i * dim, (i + 1) * dim));
  });
  index.add(rows, vectors);
}

/** The k best by a loop over everything. */
function bruteForce(
  stored: Stored,
  query: Float32Array,
  k: number,
  isAllowed = (_: number) => true,
): Neighbour[] {
  const neighbours: Neighbour[] = [];
  for (const [row, vector] of stored) {
    if (!isAllowed(row)) continue;
    let scoreCosine = 0;
    for (let i = 0; i < query.length; i++) scoreCosine += query[i]! * vector[i]!;
    neighbours.push({ row, scoreCosine });
  }
  return neighbours.sort((a, b) => b.scoreCosine - a.scoreCosine || a.row - b.row).slice(0, k);
}

function rowsOf(neighbours: readonly Neighbour[]): number[] {
  return neighbours.map(({ row }) => row);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

/** The query as `nearest` scores it: of length 1 in float32. */
function queryAt(queries: Float32Array, dim: number, i: number): Float32Array {
  const query = queries.slice(i * dim, (i + 1) * dim);
  const norm = Math.sqrt(query.reduce((sum, x) => sum + x * x, 0));
  return query.map((x) => x / norm);
}

describe.each([
  ["random", randomVectors],
  ["clustered", clusteredVectors],
] as const)("100,000 %s vectors of 384", (_, vectorsOf) => {
  const dim = 384;
  const stored: Stored = new Map();
  let index: ExactIndex;
  let queries: Float32Array;

  beforeAll(() => {
    index = openIndex(dim, stored);
    addAll(index, stored, range(1, 100_001), vectorsOf(100_000, dim, 1));
    queries = vectorsOf(20, dim, 2);
  });
  afterAll(() => {
    index.close();
    stored.clear();
  });

  test("finds exactly the rows of a full comparison for k = 1, 10, 50 and 100", async () => {
    for (let i = 0; i < 5; i++) {
      const query = queryAt(queries, dim, i);
      const expected = bruteForce(stored, query, 100);
      for (const k of [1, 10, 50, 100]) {
        const { neighbours, matched } = await index.nearest(query, k);
        expect(rowsOf(neighbours)).toEqual(rowsOf(expected.slice(0, k)));
        expect(matched).toBe(100_000);
      }
    }
  });

  test.each([0.5, 0.1, 0.01, 0.001])("finds exactly those inside a filter of %f", async (part) => {
    const next = random32(3);
    const inside = range(1, 100_001).filter(() => next() / 2 ** 32 < part);
    const allowed = new Set(inside);
    const filter = index.filterOf(inside);
    for (let i = 0; i < 3; i++) {
      const query = queryAt(queries, dim, i);
      const { neighbours, matched } = await index.nearest(query, 10, { filter });
      const expected = bruteForce(stored, query, 10, (row) => allowed.has(row));
      expect(rowsOf(neighbours)).toEqual(rowsOf(expected));
      expect(matched).toBe(inside.length);
    }
  });

  test("ranks everything, each row once, with the same order for every k", async () => {
    const query = queryAt(queries, dim, 0);
    const all = (await index.nearest(query, 1_000_000)).neighbours;
    expect(new Set(rowsOf(all)).size).toBe(100_000);
    const exact = bruteForce(stored, query, EXACT_RANKS);
    expect(rowsOf(all.slice(0, EXACT_RANKS))).toEqual(rowsOf(exact));
    for (const k of [100, EXACT_RANKS, EXACT_RANKS + 1, 20_000]) {
      expect((await index.nearest(query, k)).neighbours).toEqual(all.slice(0, k));
    }
    const isSorted = all.every((hit, i) => i === 0 || isBefore(all[i - 1]!, hit));
    expect(isSorted).toBe(true);
  });
});

function isBefore(a: Neighbour, b: Neighbour): boolean {
  return a.scoreCosine > b.scoreCosine || (a.scoreCosine === b.scoreCosine && a.row < b.row);
}

test.each([16, 100, 512, 768])("is exact for vectors of %i", async (dim) => {
  const stored: Stored = new Map();
  const index = openIndex(dim, stored);
  addAll(index, stored, range(1, 5001), clusteredVectors(5000, dim, 4));
  const queries = clusteredVectors(5, dim, 5);
  for (let i = 0; i < 5; i++) {
    const query = queryAt(queries, dim, i);
    const { neighbours } = await index.nearest(query, 20);
    expect(rowsOf(neighbours)).toEqual(rowsOf(bruteForce(stored, query, 20)));
  }
  index.close();
});

test("finds all of 5,000 duplicates, by row, before the rest", async () => {
  const dim = 384;
  const stored: Stored = new Map();
  const index = openIndex(dim, stored);
  const vectors = randomVectors(20_000, dim, 6);
  const original = vectors.slice(0, dim);
  for (let i = 0; i < 5000; i++) vectors.set(original, i * 4 * dim);
  addAll(index, stored, range(1, 20_001), vectors);
  const { neighbours } = await index.nearest(original, 6000);
  const copies = neighbours.slice(0, 5000);
  expect(rowsOf((await index.nearest(original, 10)).neighbours)).toEqual(
    range(0, 10).map((i) => 4 * i + 1),
  );
  expect(new Set(rowsOf(copies))).toEqual(new Set(range(0, 5000).map((i) => 4 * i + 1)));
  index.close();
});

test("finds the best of thousands of near-duplicates", async () => {
  const dim = 384;
  const stored: Stored = new Map();
  const index = openIndex(dim, stored);
  const original = randomVectors(1, dim, 7);
  const vectors = randomVectors(6000, dim, 8);
  for (let i = 0; i < vectors.length; i++) vectors[i] = original[i % dim]! + 0.02 * vectors[i]!;
  const units = Float32Array.from(range(0, 6000).flatMap((i) => [...queryAt(vectors, dim, i)]));
  addAll(index, stored, range(1, 6001), units);
  const query = queryAt(original, dim, 0);
  const { neighbours } = await index.nearest(query, 50);
  expect(rowsOf(neighbours)).toEqual(rowsOf(bruteForce(stored, query, 50)));
  index.close();
});

test("agrees with a plain list through random adds, deletes and updates", async () => {
  const dim = 32;
  const next = random32(9);
  const stored: Stored = new Map();
  const index = openIndex(dim, stored);
  let lastRow = 0;
  for (let step = 0; step < 150; step++) {
    const rows = range(lastRow + 1, lastRow + 1 + (next() % 300)).filter(() => next() % 8 > 0);
    const kept = [...stored.keys()];
    const share = next() % 3 === 0 ? 2 : 10;
    const gone = kept.filter(() => next() % share === 0);
    addAll(index, stored, rows, randomVectors(rows.length, dim, next()));
    lastRow = rows.at(-1) ?? lastRow;
    expect(index.delete([...gone, lastRow + 1])).toBe(gone.length);
    for (const row of gone) stored.delete(row);
    const query = queryAt(randomVectors(1, dim, next()), dim, 0);
    const odd = index.filterOf([...stored.keys()].filter((row) => row % 2 === 1));
    const found = await index.nearest(query, 10);
    expect(rowsOf(found.neighbours)).toEqual(rowsOf(bruteForce(stored, query, 10)));
    expect(found.matched).toBe(stored.size);
    expect(rowsOf((await index.nearest(query, 10, { filter: odd })).neighbours)).toEqual(
      rowsOf(bruteForce(stored, query, 10, (row) => row % 2 === 1)),
    );
    expect([...index.rows()]).toEqual([...stored.keys()]);
  }
  index.close();
});

test("combines filters, which stay true after adds and compaction", async () => {
  const dim = 16;
  const stored: Stored = new Map();
  const index = openIndex(dim, stored);
  addAll(index, stored, range(1, 1001), randomVectors(1000, dim, 10));
  const even = index.filterOf(range(1, 3001).filter((row) => row % 2 === 0));
  const low = index.filterOf(Float64Array.from(range(1, 101)).reverse());
  const matched = async (filter: typeof even) =>
    (await index.nearest(randomVectors(1, dim, 11), 1, { filter })).matched;
  expect(await matched(and(even, low))).toBe(50);
  expect(await matched(or(even, low))).toBe(550);
  expect(await matched(not(or(even, low)))).toBe(450);
  addAll(index, stored, range(1001, 3001), randomVectors(2000, dim, 12));
  expect(await matched(not(and(even, low)))).toBe(2950);
  index.delete(range(1, 991).filter((row) => row % 2 === 1));
  expect(await matched(even)).toBe(1500);
  expect(await matched(not(even))).toBe(1005);
  index.close();
});

test("never returns a row that came later or is gone, with searches in flight during changes", async () => {
  const dim = 64;
  const next = random32(13);
  const stored: Stored = new Map();
  const index = openIndex(dim, stored);
  addAll(index, stored, range(1, 20_001), randomVectors(20_000, dim, 14));
  let lastRow = 20_000;
  const searches: Promise<void>[] = [];
  for (let step = 0; step < 200; step++) {
    const live = new Set(stored.keys());
    const part = next() % 7;
    const filter = index.filterOf([...live].filter((row) => row % 7 === part));
    const query = randomVectors(1, dim, next());
    // The pool runs eight at a time, so that each of these begins at once.
    searches.push(
      index.nearest(query, 300, { filter }).then(({ neighbours }) => {
        expect(neighbours.length).toBeGreaterThan(0);
        for (const { row } of neighbours) expect(live.has(row) && row % 7 === part).toBe(true);
      }),
    );
    const gone = [...stored.keys()].filter(() => next() % 10 === 0);
    index.delete(gone);
    for (const row of gone) stored.delete(row);
    const rows = range(lastRow + 1, lastRow + 1 + gone.length);
    addAll(index, stored, rows, randomVectors(rows.length, dim, next()));
    lastRow += rows.length;
    if (step % 6 === 5) await Promise.all(searches.splice(0));
  }
  await Promise.all(searches);
  index.close();
});

test("keeps two indexes of one pool apart, and gives their memory back", async () => {
  const used = pool.heap.usedBytes;
  const storedA: Stored = new Map();
  const storedB: Stored = new Map();
  const a = openIndex(48, storedA);
  const b = openIndex(80, storedB);
  for (let i = 0; i < 10; i++) {
    addAll(a, storedA, range(1 + i * 2000, 1001 + i * 2000), randomVectors(1000, 48, 20 + i));
    addAll(b, storedB, range(1001 + i * 2000, 2001 + i * 2000), randomVectors(1000, 80, 40 + i));
  }
  const [inA, inB] = await Promise.all([
    a.nearest(randomVectors(1, 48, 60), 20_000),
    b.nearest(randomVectors(1, 80, 61), 20_000),
  ]);
  expect(rowsOf(inA.neighbours).sort((x, y) => x - y)).toEqual([...storedA.keys()]);
  expect(rowsOf(inB.neighbours).sort((x, y) => x - y)).toEqual([...storedB.keys()]);
  a.close();
  b.close();
  expect(pool.heap.usedBytes).toBe(used);
});

test("costs less than 150 KB for 100 inputs", () => {
  const used = pool.heap.usedBytes;
  const index = openIndex(384, new Map());
  index.add(range(1, 101), randomVectors(100, 384, 15));
  expect(pool.heap.usedBytes - used).toBeLessThan(150_000);
  index.close();
});

test("leaves out a row that the store has lost", async () => {
  const stored: Stored = new Map();
  const index = openIndex(16, stored);
  addAll(index, stored, range(1, 11), randomVectors(10, 16, 16));
  stored.delete(4);
  const { neighbours } = await index.nearest(randomVectors(1, 16, 17), 20);
  expect(rowsOf(neighbours).sort((a, b) => a - b)).toEqual([1, 2, 3, 5, 6, 7, 8, 9, 10]);
  index.close();
});

test("answers an empty index, k = 0 and a filter without rows with nothing", async () => {
  const stored: Stored = new Map();
  const index = openIndex(16, stored);
  const query = randomVectors(1, 16, 18);
  expect(await index.nearest(query, 10)).toEqual({ neighbours: [], matched: 0 });
  addAll(index, stored, [3, 7], randomVectors(2, 16, 19));
  expect(await index.nearest(query, 0)).toEqual({ neighbours: [], matched: 2 });
  expect((await index.nearest(query, 5)).neighbours.length).toBe(2);
  const filter = index.filterOf([]);
  expect(await index.nearest(query, 10, { filter })).toEqual({ neighbours: [], matched: 0 });
  index.close();
});

test("refuses wrong queries, rows and vectors by name", async () => {
  const index = openIndex(16, new Map());
  index.add([5], randomVectors(1, 16, 20));
  const message = (start: string) => new RegExp(`^Expected ${start}.* but received `);
  await expect(index.nearest(new Float32Array(15), 1)).rejects.toThrow(
    message("16 numbers for query"),
  );
  await expect(index.nearest(new Float32Array(16), 1)).rejects.toThrow(
    /for query but received length 0/,
  );
  await expect(index.nearest(new Float32Array(16).fill(Number.NaN), 1)).rejects.toMatchObject({
    code: "invalid_search",
  });
  await expect(index.nearest(randomVectors(1, 16, 21), 1.5)).rejects.toThrow(message("an integer"));
  expect(() => index.add([5], randomVectors(1, 16, 22))).toThrow(
    message("an integer above 5 for row"),
  );
  expect(() => index.add([6], new Float32Array(16))).toThrow(
    message("a vector of length 1 for row 6"),
  );
  expect(() => index.add([6, 7], randomVectors(1, 16, 23))).toThrow(message("2 x 16 numbers"));
  expect(index.size).toBe(1);
  index.close();
  await expect(index.nearest(randomVectors(1, 16, 24), 1)).rejects.toThrow(/closed/);
});

test("never scores a row above its bound, whatever the vectors look like", async () => {
  const dim = 100;
  const spiky = randomVectors(6000, dim, 30);
  for (let i = 0; i < spiky.length; i++)
    spiky[i] = spiky[i]! ** (1 + 2 * (Math.floor(i / dim) % 9));
  const stored: Stored = new Map();
  const index = openIndex(dim, stored);
  const units = Float32Array.from(range(0, 6000).flatMap((i) => [...queryAt(spiky, dim, i)]));
  addAll(index, stored, range(1, 6001), units);
  for (const query of [randomVectors(1, dim, 31), units.slice(0, dim), units.slice(-dim)]) {
    const scan = new Scan(pool, index.matrix, { query, keep: 0, filter: undefined });
    await scan.run();
    const { scores, slots } = await scan.rank();
    const exact = new Map(bruteForce(stored, query, 6000).map((hit) => [hit.row, hit.scoreCosine]));
    slots.forEach((slot, i) => {
      const score = exact.get(scan.rowOf(slot))!;
      const least = leastApproximate(score, scan.queryError, index.matrix.maxResidual);
      expect(scores[i]).toBeGreaterThanOrEqual(least);
    });
    scan.close();
  }
  index.close();
});

test("rejects a search whose index is closed meanwhile, and frees its memory", async () => {
  const used = pool.heap.usedBytes;
  const stored: Stored = new Map();
  const index = openIndex(16, stored);
  addAll(index, stored, range(1, 10_001), randomVectors(10_000, 16, 32));
  const search = index.nearest(randomVectors(1, 16, 33), 10);
  index.close();
  await expect(search).rejects.toThrow(/closed/);
  expect(pool.heap.usedBytes).toBe(used);
});

// Untouched pages cost nothing, so that the 3 GiB below are only addresses.
test("finds rows above 2 GiB, and adds nothing when 4 GiB are full", async () => {
  const own = await ScanPool.open(2);
  own.heap.alloc(3 * 2 ** 30);
  const stored: Stored = new Map();
  const index = openIndex(384, stored, own);
  addAll(index, stored, range(1, 10_001), randomVectors(10_000, 384, 34));
  const query = queryAt(randomVectors(1, 384, 35), 384, 0);
  const { neighbours } = await index.nearest(query, 20);
  expect(rowsOf(neighbours)).toEqual(rowsOf(bruteForce(stored, query, 20)));
  own.heap.alloc(1000 * 2 ** 20);
  const more = randomVectors(200_000, 384, 36);
  expect(() => index.add(range(10_001, 210_001), more)).toThrow(/in use/);
  expect(index.size).toBe(10_000);
  expect((await index.nearest(query, 20)).neighbours).toEqual(neighbours);
  await own.close();
});

test("stops a search that is cancelled", async () => {
  const stored: Stored = new Map();
  const index = openIndex(16, stored);
  addAll(index, stored, range(1, 10_001), randomVectors(10_000, 16, 25));
  const query = randomVectors(1, 16, 26);
  const controller = new AbortController();
  const search = index.nearest(query, 10, { signal: controller.signal });
  controller.abort();
  await expect(search).rejects.toMatchObject({ code: "cancelled" });
  expect((await index.nearest(query, 10)).neighbours.length).toBe(10);
  index.close();
});

test("rejects what a dying thread was doing, and replaces the thread", async () => {
  const own = await ScanPool.open(2);
  const index = new ExactIndex({ pool: own, dim: 16, readVectors: readRandom });
  index.add(range(1, 10_001), randomVectors(10_000, 16, 27));
  const query = randomVectors(1, 16, 28);
  await index.nearest(query, 1);
  // Address 2^32 - 16 is outside the memory, so that the kernel traps.
  const death = own.run("scan", [[2 ** 32 - 16, 2 ** 32 - 16]]);
  await expect(death).rejects.toMatchObject({ code: "internal" });
  await expect(death).rejects.toBeInstanceOf(AppError);
  expect((await index.nearest(query, 3)).neighbours.length).toBe(3);
  await own.close();
  await expect(index.nearest(query, 1)).rejects.toThrow(/closed/);
});

function readRandom(rows: readonly number[]): Float32Array {
  return randomVectors(rows.length, 16, 29);
}
