// Exact k nearest neighbours of one app in one vector space: an int8 scan of everything, then fp32
// scores for those that could be among the best.
import { AppError } from "../errors.ts";
import { leastApproximate, UNIT_TOLERANCE } from "./error-bound.ts";
import { passes, type RowFilter, toRowFilter } from "./row-filter.ts";
import { type Ranked, Scan } from "./scan.ts";
import type { ScanPool } from "./scan-pool.ts";
import { VectorMatrix } from "./vector-matrix.ts";

/** Ranks up to here are exact; deeper ones are ordered by the int8 score (error below 0.014,
 *  typically 0.0004), because every exact rank costs one read from the store. */
export const EXACT_RANKS = 4096;
// At most this many fp32 vectors are read for one query. Only more rows than this within the margin
// of the k-th score, e.g. 10,000 copies of one image, could make a rank inexact.
const RESCORE_MAX = 8192;
// Later reads are small: each raises the score to beat, which shortens the rest.
const RESCORE_BATCH = 128;

export type Neighbour = {
  readonly row: number;
  /** -1..1, greater is nearer. */
  readonly scoreCosine: number;
};

export type Nearest = {
  /** Score descending, then row ascending; fewer than k if fewer match. */
  readonly neighbours: readonly Neighbour[];
  /** Live rows inside the filter. */
  readonly matched: number;
  /** How many of them have an int8 score of `countFrom` or more, if it was given. */
  readonly counted?: number;
};

export type NearestOptions = {
  readonly filter?: RowFilter | undefined;
  /** A cosine, or what it is once the exact neighbours are known. */
  readonly countFrom?: number | ((neighbours: readonly Neighbour[]) => number) | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** Nearest neighbours among the vectors of one app and one vector space. Rows are keys of the
 *  store: positive integers, each greater than all before, never used again; an update is a delete
 *  and an add. */
type VectorIndex = {
  /** Rows that can be found. */
  readonly size: number;
  /** Adds unit vectors [n, dim] f32, row-major; the next search finds them. All or none.
   *  @throws AppError "internal" for wrong rows or vectors, or when memory is full. */
  add(rows: readonly number[], vectors: Float32Array): void;
  /** Deletes rows, unknown ones included, and returns how many were there; no later search finds
   *  them. */
  delete(rows: readonly number[]): number;
  /** The k rows nearest to `query`, f32[dim] of any length. k may exceed the size.
   *  @throws AppError "invalid_search" for a query of wrong dim, with NaN or only zeros;
   *  "cancelled". */
  nearest(query: Float32Array, k: number, options?: NearestOptions): Promise<Nearest>;
  /** A filter for `nearest`; combine with and, or, not of row-filter.ts. Reuse it: it keeps its
   *  bitmap. */
  filterOf(rows: readonly number[] | Float64Array): RowFilter;
  /** Frees its memory. */
  close(): void;
};

export type ExactIndexOptions = {
  readonly pool: ScanPool;
  readonly dim: number;
  /** The stored unit vectors of these rows, f32[n, dim] in the order asked. A row that the store
   *  no longer has gets zeros and is left out of the result. */
  readonly readVectors: (rows: readonly number[]) => Float32Array;
};

/** The `VectorIndex` of one process. Costs dim + 12 bytes of memory per row. Exact, with the proof
 *  in error-bound.ts, but for the two limits above. */
export class ExactIndex implements VectorIndex {
  /** For snapshot.ts. */
  readonly matrix: VectorMatrix;
  readonly #options: ExactIndexOptions;

  constructor(options: ExactIndexOptions) {
    this.#options = options;
    this.matrix = new VectorMatrix(options.pool, options.dim);
  }

  get size(): number {
    return this.matrix.size;
  }

  /** The greatest row ever added; 0 when none was. */
  get lastRow(): number {
    return this.matrix.lastRow;
  }

  /** Changes with every add and delete: a ranking of the same version is still true. */
  get version(): number {
    return this.matrix.version;
  }

  /** Rows that can be found, ascending. */
  rows(): Float64Array {
    return this.matrix.liveRows();
  }

  add(rows: readonly number[], vectors: Float32Array): void {
    this.#checkOpen();
    checkRows(rows, this.matrix.lastRow);
    checkVectors(rows, vectors, this.matrix.dim);
    this.matrix.add(rows, vectors);
  }

  delete(rows: readonly number[]): number {
    this.#checkOpen();
    return this.matrix.delete(rows);
  }

  filterOf(rows: readonly number[] | Float64Array): RowFilter {
    return toRowFilter(rows);
  }

  async nearest(query: Float32Array, k: number, options: NearestOptions = {}): Promise<Nearest> {
    const unit = toUnitQuery(query, this.matrix.dim);
    if (!Number.isInteger(k) || k < 0) {
      throw new AppError(
        "invalid_search",
        `Expected an integer of 0 or more for k but received ${k}.`,
      );
    }
    return this.#options.pool.turn(() => this.#nearest(unit, k, options));
  }

  /** Exact scores of those of these rows that are here and pass, in the order asked. `query` as for `nearest`. */
  scored(
    query: Float32Array,
    rows: readonly number[],
    filter?: RowFilter | undefined,
  ): readonly Neighbour[] {
    this.#checkOpen();
    const known = rows.filter((row) => this.matrix.has(row) && (!filter || passes(filter, row)));
    return this.#exactScores(known, toUnitQuery(query, this.matrix.dim));
  }

  /** The mean of the stored vectors of these rows, [dim] f32; zeros of none. */
  mean(rows: readonly number[]): Float32Array {
    const { dim } = this.matrix;
    const vectors = this.#options.readVectors(rows);
    const mean = new Float32Array(dim);
    for (let i = 0; i < vectors.length; i++) mean[i % dim]! += vectors[i]! / rows.length;
    return mean;
  }

  /** int8 scores of these rows, in the order in which they were added, at the cost of the scan alone: see EXACT_RANKS
   *  for their error. `query` as for `nearest`. */
  async cosines(query: Float32Array, rows: RowFilter): Promise<Float32Array> {
    const unit = toUnitQuery(query, this.matrix.dim);
    return this.#options.pool.turn(async () => {
      this.#checkOpen();
      const scan = new Scan(this.#options.pool, this.matrix, {
        query: unit,
        keep: 0,
        filter: rows,
      });
      try {
        await scan.run();
        return scan.scores();
      } finally {
        scan.close();
      }
    });
  }

  close(): void {
    this.matrix.close();
  }

  async #nearest(query: Float32Array, k: number, options: NearestOptions): Promise<Nearest> {
    this.#checkOpen();
    const { matrix } = this;
    const isDeep = k > EXACT_RANKS;
    // Enough for the margin of 1M vectors at k = 50 (173 reads); where it is not, bestAbove finds
    // more.
    const keep = isDeep ? 0 : Math.min(2 * k + 128, matrix.slots);
    const scan = new Scan(this.#options.pool, matrix, { query, keep, filter: options.filter });
    const { version } = matrix;
    try {
      await scan.run(options.signal);
      const ranked = isDeep ? await scan.rank() : scan.best();
      this.#checkOpen();
      const isKnown = version === matrix.version ? () => true : (row: number) => matrix.has(row);
      const exact = this.#rescore(scan, ranked, query, Math.min(k, EXACT_RANKS), isKnown);
      const rest = isDeep ? deepRanks(scan, ranked, exact, isKnown, k) : [];
      const found = { neighbours: exact.concat(rest), matched: scan.matched };
      const { countFrom } = options;
      const least = typeof countFrom === "function" ? countFrom(exact) : countFrom;
      return least === undefined ? found : { ...found, counted: scan.countFrom(least) };
    } finally {
      scan.close();
    }
  }

  // Reads in the order of approximate scores until no unseen row can be among the best k.
  // Synchronous, so that no row disappears between the check and the read.
  #rescore(
    scan: Scan,
    best: Ranked,
    query: Float32Array,
    k: number,
    isKnown: (row: number) => boolean,
  ): Neighbour[] {
    let ranked = best;
    let exact: Neighbour[] = [];
    let floor = Number.NEGATIVE_INFINITY;
    for (let seen = 0; k > 0 && seen < Math.min(scan.matched, RESCORE_MAX); ) {
      if (seen === ranked.slots.length) ranked = scan.bestAbove(floor, RESCORE_MAX);
      const batch = seen === 0 ? k : Math.max(RESCORE_BATCH, k >> 2);
      const end = Math.min(seen + batch, behind(ranked.scores, floor), RESCORE_MAX);
      if (end <= seen) break;
      const slots = Array.from(ranked.slots.subarray(seen, end));
      const rows = slots.map((slot) => scan.rowOf(slot)).filter(isKnown);
      exact = [...exact, ...this.#exactScores(rows, query)].sort(byScoreThenRow).slice(0, k);
      const kth = exact[k - 1];
      if (kth) floor = leastApproximate(kth.scoreCosine, scan.queryError, this.matrix.maxResidual);
      seen = end;
    }
    return exact;
  }

  #exactScores(rows: readonly number[], query: Float32Array): Neighbour[] {
    if (rows.length === 0) return [];
    const { dim } = this.matrix;
    const vectors = this.#options.readVectors(rows);
    if (vectors.length !== rows.length * dim) {
      throw new AppError(
        "internal",
        `Expected ${rows.length} x ${dim} numbers for stored vectors but received ${vectors.length}.`,
      );
    }
    return rows
      .map((row, i) => ({ row, scoreCosine: dot(query, vectors, i * dim) }))
      .filter(({ scoreCosine }, i) => scoreCosine !== 0 || !isZero(vectors, i * dim, dim));
  }

  #checkOpen(): void {
    if (this.matrix.isClosed) throw new AppError("internal", "The vector index is closed.");
  }
}

// Ranks behind the exact ones, by approximate score, and never above the last exact score: the
// order is then total and the same for every k. All rows above that ceiling are needed to put them
// in row order.
function deepRanks(
  scan: Scan,
  ranked: Ranked,
  exact: readonly Neighbour[],
  isKnown: (row: number) => boolean,
  k: number,
): Neighbour[] {
  const seen = new Set(exact.map(({ row }) => row));
  const ceiling = (exact.at(-1)?.scoreCosine ?? 1) - 1e-9;
  const rest: Neighbour[] = [];
  for (let i = 0; i < ranked.slots.length; i++) {
    const score = ranked.scores[i]!;
    if (score < ceiling && rest.length >= k - exact.length) break;
    const row = scan.rowOf(ranked.slots[i]!);
    if (!seen.has(row) && isKnown(row)) rest.push({ row, scoreCosine: Math.min(score, ceiling) });
  }
  return rest.sort(byScoreThenRow).slice(0, k - exact.length);
}

function byScoreThenRow(a: Neighbour, b: Neighbour): number {
  return b.scoreCosine - a.scoreCosine || a.row - b.row;
}

// The first index whose score is below `floor`; scores descend.
function behind(scores: Float32Array, floor: number): number {
  let low = 0;
  let high = scores.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (scores[middle]! < floor) high = middle;
    else low = middle + 1;
  }
  return low;
}

// Float64 sums, so that equal vectors have equal scores whatever else is scored.
function dot(query: Float32Array, vectors: Float32Array, start: number): number {
  let sum = 0;
  for (let i = 0; i < query.length; i++) sum += query[i]! * vectors[start + i]!;
  return sum;
}

function isZero(vectors: Float32Array, start: number, dim: number): boolean {
  return vectors.subarray(start, start + dim).every((x) => x === 0);
}

function checkRows(rows: readonly number[], lastRow: number): void {
  let last = lastRow;
  for (const row of rows) {
    if (!Number.isSafeInteger(row) || row <= last) {
      throw new AppError(
        "internal",
        `Expected an integer above ${last} for row but received ${row}.`,
      );
    }
    last = row;
  }
}

function checkVectors(rows: readonly number[], vectors: Float32Array, dim: number): void {
  if (vectors.length !== rows.length * dim) {
    throw new AppError(
      "internal",
      `Expected ${rows.length} x ${dim} numbers for vectors but received ${vectors.length}.`,
    );
  }
  rows.forEach((row, i) => {
    const norm = Math.sqrt(sumOfSquares(vectors.subarray(i * dim, (i + 1) * dim)));
    if (Math.abs(norm - 1) <= UNIT_TOLERANCE) return; // false for NaN
    throw new AppError(
      "internal",
      `Expected a vector of length 1 for row ${row} but received length ${norm}.`,
    );
  });
}

function toUnitQuery(query: Float32Array, dim: number): Float32Array {
  if (query.length !== dim) {
    throw new AppError(
      "invalid_search",
      `Expected ${dim} numbers for query but received ${query.length}.`,
    );
  }
  const norm = Math.sqrt(sumOfSquares(query));
  if (!(norm > 0 && norm < Number.POSITIVE_INFINITY)) {
    throw new AppError(
      "invalid_search",
      `Expected finite numbers, not all zero, for query but received length ${norm}.`,
    );
  }
  return query.map((x) => x / norm);
}

function sumOfSquares(vector: Float32Array): number {
  let sum = 0;
  for (const x of vector) sum += x * x;
  return sum;
}
