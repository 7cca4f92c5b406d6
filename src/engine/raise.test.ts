import { afterAll, beforeAll, expect, test } from "vitest";
import { randomVectors } from "../../bench/vectors.ts";
import { ExactIndex } from "./nearest.ts";
import { raise } from "./raise.ts";
import { toRowFilter } from "./row-filter.ts";
import { ScanPool } from "./scan-pool.ts";

const [SIZE, DIM, K] = [500, 16, 40];
const vectors = randomVectors(SIZE, DIM, 1);
const rows = Array.from({ length: SIZE }, (_, i) => i + 1);
const read = (some: readonly number[]) => {
  const found = new Float32Array(some.length * DIM);
  some.forEach((row, i) => {
    found.set(vectors.subarray((row - 1) * DIM, row * DIM), i * DIM);
  });
  return found;
};
let pool: ScanPool;
let index: ExactIndex;

beforeAll(async () => {
  pool = await ScanPool.open(1);
  index = new ExactIndex({ pool, dim: DIM, readVectors: read });
  index.add(rows, vectors);
});
afterAll(() => pool.close());

test("ranks with raised rows are those of all scores", async () => {
  for (let seed = 2; seed < 30; seed++) {
    const query = randomVectors(1, DIM, seed);
    const lifted = new Map(rows.filter((row) => (row * seed) % 37 === 0).map((row) => [row, 0.4]));
    const filter = seed % 2 === 0 ? toRowFilter(rows.filter((row) => row % 3 > 0)) : undefined;
    const found = await index.nearest(query, K, { filter });
    const least = 0.5;
    const raised = raise(index, query, found, lifted, { least, filter });
    const all = rows
      .filter((row) => !filter || row % 3 > 0)
      .map((row) => {
        const vector = read([row]);
        const cosine = query.reduce((sum, value, d) => sum + value * vector[d]!, 0);
        return { row, cosine, score: cosine + (lifted.get(row) ?? 0) };
      });
    const expected = all.toSorted((a, b) => b.score - a.score || a.row - b.row);
    const { neighbours, matched, risen } = raised;
    expect(matched).toBe(all.length);
    expect(neighbours.map(({ row }) => row)).toEqual(
      expected.slice(0, neighbours.length).map(({ row }) => row),
    );
    expect(neighbours.length).toBeGreaterThanOrEqual(K);
    expect(risen).toBe(all.filter(({ cosine, score }) => cosine < least && score >= least).length);
  }
});

test("rows that are gone or do not pass are not raised", async () => {
  const query = vectors.slice(0, DIM);
  const found = await index.nearest(query, 1);
  const options = { least: 0, filter: toRowFilter([1, 2]) };
  const lifted = new Map([
    [3, 5],
    [SIZE + 1, 5],
  ]);
  expect(raise(index, query, found, lifted, options).neighbours).toEqual(found.neighbours);
});
