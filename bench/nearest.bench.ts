// Exact search of clustered vectors of 384: time per query, recall, and the memory limit of the
// machine.
import { mkdtemp, rm, stat } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { ExactIndex, type NearestOptions } from "../src/engine/nearest.ts";
import { ScanPool } from "../src/engine/scan-pool.ts";
import { loadSnapshot, saveSnapshot } from "../src/engine/snapshot.ts";
import { machine } from "./machine.ts";
import { readLimit } from "./read-limit.ts";
import { clusteredVectors, random32 } from "./vectors.ts";

const DIM = 384;
const K = 50;
const SIZES = [10_000, 100_000, 1_000_000];
const FILTERS = [1, 0.1, 0.01];
const WARM_UP = 20;

type Fixture = {
  readonly index: ExactIndex;
  readonly vectors: Float32Array;
  readonly queries: Float32Array;
  /** fp32 rows read since the fixture was made. */
  reads: number;
};

type Line = Readonly<Record<string, string | number>>;

/** Prints the table. Takes about two minutes and 3 GB. */
export async function nearest(): Promise<void> {
  const threads = availableParallelism();
  const pool = await ScanPool.open(threads);
  console.log(`nearest, dim ${DIM}, k ${K}, clustered vectors, ${threads} scan threads`);
  console.log(machine());
  const lines: Line[] = [];
  for (const size of SIZES) {
    const fixture = open(pool, size);
    const limitMs = await readLimit(size * DIM, threads);
    for (const part of FILTERS) lines.push(await measure(fixture, size, part, limitMs));
    if (size === SIZES.at(-1)) await measureSnapshot(pool, fixture);
    fixture.index.close();
  }
  console.table(lines);
  await pool.close();
}

function open(pool: ScanPool, size: number): Fixture {
  const vectors = clusteredVectors(size, DIM, 1);
  const readVectors = (rows: readonly number[]) => {
    const read = new Float32Array(rows.length * DIM);
    rows.forEach((row, i) => {
      read.set(vectors.subarray((row - 1) * DIM, row * DIM), i * DIM);
    });
    fixture.reads += rows.length;
    return read;
  };
  const index = new ExactIndex({ pool, dim: DIM, readVectors });
  const fixture: Fixture = { index, vectors, queries: clusteredVectors(220, DIM, 2), reads: 0 };
  for (let start = 0; start < size; start += 10_000) {
    const rows = Array.from({ length: 10_000 }, (_, i) => start + i + 1);
    index.add(rows, vectors.subarray(start * DIM, (start + 10_000) * DIM));
  }
  return fixture;
}

// One search for each query, and after every 40th a plain loop, so that both meet the same load.
async function measure(
  fixture: Fixture,
  size: number,
  part: number,
  limitMs: number,
): Promise<Line> {
  const { index, queries } = fixture;
  const next = random32(3);
  const inside = Array.from({ length: size }, (_, i) => i + 1).filter(
    () => next() / 2 ** 32 < part,
  );
  const options: NearestOptions = part < 1 ? { filter: index.filterOf(inside) } : {};
  const times: number[] = [];
  const plainTimes: number[] = [];
  let found = 0;
  fixture.reads = 0;
  for (let i = 0; i < 220; i++) {
    const query = queries.subarray(i * DIM, (i + 1) * DIM);
    const start = performance.now();
    const { neighbours } = await index.nearest(query, K, options);
    times.push(performance.now() - start);
    if (i % 40 !== 0) continue;
    const plainStart = performance.now();
    const expected = new Set(plainLoop(fixture.vectors, query, inside));
    plainTimes.push(performance.now() - plainStart);
    found += neighbours.filter(({ row }) => expected.has(row)).length;
  }
  return {
    vectors: size,
    filter: part === 1 ? "none" : `${part * 100} %`,
    "p50 ms": quantile(times.slice(WARM_UP), 0.5),
    "p95 ms": quantile(times.slice(WARM_UP), 0.95),
    "best ms": quantile(times.slice(WARM_UP), 0),
    "plain float32 loop ms": quantile(plainTimes, 0.5),
    "reading all int8 ms": limitMs.toFixed(2),
    [`recall@${K}`]: found / (plainTimes.length * K),
    "fp32 rows read": Math.round(fixture.reads / times.length),
  };
}

// The baseline that a careful JavaScript programmer writes: typed arrays, four sums, one sort.
function plainLoop(
  vectors: Float32Array,
  query: Float32Array,
  rows: readonly number[],
): readonly number[] {
  const scores = new Float32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const start = (rows[i]! - 1) * DIM;
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let j = 0; j < DIM; j += 4) {
      a += query[j]! * vectors[start + j]!;
      b += query[j + 1]! * vectors[start + j + 1]!;
      c += query[j + 2]! * vectors[start + j + 2]!;
      d += query[j + 3]! * vectors[start + j + 3]!;
    }
    scores[i] = a + b + (c + d);
  }
  const least = scores.slice().sort().at(-K) ?? Number.NEGATIVE_INFINITY;
  return rows.filter((_, i) => scores[i]! >= least);
}

async function measureSnapshot(pool: ScanPool, { index }: Fixture): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "semblance-bench-"));
  const file = join(folder, "index");
  try {
    const saveStart = performance.now();
    await saveSnapshot(file, index, "bench");
    const saveMs = performance.now() - saveStart;
    const times: number[] = [];
    for (let run = 0; run < 3; run++) {
      const loaded = new ExactIndex({ pool, dim: DIM, readVectors: () => new Float32Array() });
      const start = performance.now();
      await loadSnapshot(file, loaded, "bench");
      times.push(performance.now() - start);
      loaded.close();
    }
    console.log(
      `snapshot of ${index.size}: ${((await stat(file)).size / 2 ** 20).toFixed(0)} MiB, ` +
        `save ${saveMs.toFixed(0)} ms, load ${times.map((ms) => ms.toFixed(0)).join(", ")} ms`,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

function quantile(times: readonly number[], q: number): string {
  const sorted = times.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0).toFixed(2);
}
