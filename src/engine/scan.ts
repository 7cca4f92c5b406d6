// One query over the chunks of one matrix: runs the threads and reads back approximate cosines,
// the best slots first.
import { AppError } from "../errors.ts";
import type { HeldChunk } from "./chunk.ts";
import { type RowFilter, toBits } from "./row-filter.ts";
import type { ScanPool } from "./scan-pool.ts";
import {
  allocate,
  laneBytes,
  type Scratch,
  writeLane,
  writeQuery,
  writeTiles,
} from "./scan-scratch.ts";
import type { VectorMatrix } from "./vector-matrix.ts";

// Up to here the calling thread is faster than two others: 0.06 ms against 0.08 for 4,000 rows of
// 384 bytes, because waking them takes 0.04 (EPYC, 22 Nov 2026).
const HERE_MAX = 4000;

/** Slots by approximate score, best first, ties by slot: a prefix of that order over all matching
 *  slots. */
export type Ranked = {
  readonly scores: Float32Array;
  readonly slots: Uint32Array;
};

/** What a scan looks for. */
export type ScanRequest = {
  /** Unit vector, f32[dim]. */
  readonly query: Float32Array;
  /** How many best slots `best` returns at least; 0 for none, then use `rank`. */
  readonly keep: number;
  readonly filter: RowFilter | undefined;
};

/** A scan over the rows that were live and inside the filter when it was made. Close it, also
 *  after errors. */
export class Scan {
  /** Live rows inside the filter. */
  readonly matched: number;
  /** Norm of (query - quantised query). */
  readonly queryError: number;
  readonly held: readonly HeldChunk[];
  readonly #pool: ScanPool;
  readonly #matrix: VectorMatrix;
  readonly #scratch: Scratch;
  readonly #tiles: number;

  /** @throws AppError "internal" when memory is full. */
  constructor(pool: ScanPool, matrix: VectorMatrix, { query, keep, filter }: ScanRequest) {
    const slots = matrix.slots;
    const bits = filter && toBits(filter, slots / 32, (rows) => matrix.bitsOf(rows));
    this.#scratch = allocate(pool, matrix, keep);
    this.#pool = pool;
    this.#matrix = matrix;
    this.held = matrix.hold();
    const written = writeTiles(this.#words(), this.#scratch, this.held, matrix.stride, bits);
    this.matched = written.matched;
    this.#tiles = written.tiles;
    const { error, scale } = writeQuery(pool, this.#scratch.query, matrix.stride, query);
    this.queryError = error;
    this.#writeJob(scale, keep);
  }

  /** Scores everything. @throws AppError "cancelled", or "internal" if a thread died. */
  async run(signal?: AbortSignal): Promise<void> {
    const { job, lanes } = this.#scratch;
    throwIfCancelled(signal);
    if (this.matched <= HERE_MAX) return this.#pool.kernel.scan(job, lanes[0]!);
    // Threads stop at the next tile when none seems to be left.
    const stop = () => Atomics.store(this.#words(), job / 4, this.#tiles);
    signal?.addEventListener("abort", stop);
    try {
      await this.#pool.run(
        "scan",
        lanes.map((lane) => [job, lane]),
      );
    } finally {
      signal?.removeEventListener("abort", stop);
    }
    throwIfCancelled(signal);
  }

  /** The best slots, at least `keep` of them if so many match. */
  best(): Ranked {
    return this.#read(this.#scratch.lanes);
  }

  /** The best slots of at least `minScore`, or `keep` of them if there are more. Reads all scores,
   *  here. */
  bestAbove(minScore: number, keep: number): Ranked {
    const lane = this.#pool.heap.alloc(laneBytes(keep));
    try {
      writeLane(this.#words(), lane, keep);
      this.#pool.kernel.collect(this.#scratch.job, lane, minScore);
      return this.#read([lane]);
    } finally {
      this.#pool.heap.free(lane);
    }
  }

  /** All matching slots. Sorts them in a thread: 16 bytes of memory and 10 ns each. */
  async rank(): Promise<Ranked> {
    const { heap } = this.#pool;
    const bytes = this.matched * 8;
    const block = heap.alloc(bytes * 2 + 8192);
    try {
      const args = [this.#scratch.job, block + bytes, block, block + bytes * 2] as const;
      if (this.matched <= HERE_MAX) this.#pool.kernel.rank(...args);
      else await this.#pool.run("rank", [args]);
      const keys = new BigUint64Array(heap.memory.buffer, block, this.matched);
      return toRanked(keys.slice().reverse(), 0n);
    } finally {
      heap.free(block);
    }
  }

  /** How many slots have an approximate score of at least `minScore`. Reads all scores, here: 1 ns each. */
  countFrom(minScore: number): number {
    let count = 0;
    for (const scores of this.#scores()) {
      for (let i = 0; i < scores.length; i++) if (scores[i]! >= minScore) count++;
    }
    return count;
  }

  /** Approximate scores of all matching slots, in the order of the slots. */
  scores(): Float32Array {
    const all = new Float32Array(this.matched);
    let at = 0;
    for (const scores of this.#scores()) {
      for (const score of scores) if (score > Number.NEGATIVE_INFINITY) all[at++] = score;
    }
    return all.subarray(0, at);
  }

  rowOf(slot: number): number {
    const held = this.held[chunkIndex(this.held, slot)]!;
    return held.chunk.rows[slot - held.firstSlot]!;
  }

  close(): void {
    this.#matrix.release(this.held);
    this.#pool.heap.free(this.#scratch.block);
  }

  // Every thread has the best of its own tiles; together they are complete down to the highest
  // floor.
  #read(lanes: readonly number[]): Ranked {
    const { buffer } = this.#pool.heap.memory;
    const words = this.#words();
    const floors = new BigUint64Array(lanes.map((lane) => new BigUint64Array(buffer, lane, 1)[0]!));
    const floor = floors.sort().at(-1)!;
    const parts = lanes.map(
      (lane) => new BigUint64Array(buffer, words[lane / 4 + 2]!, words[lane / 4 + 4]!),
    );
    const keys = new BigUint64Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      keys.set(part, at);
      at += part.length;
    }
    return toRanked(keys.sort(), floor);
  }

  // One view per tile; slots that may not be returned have -Infinity.
  *#scores(): Generator<Float32Array> {
    const words = this.#words();
    for (let tile = 0; tile < this.#tiles; tile++) {
      const at = this.#scratch.tiles / 4 + tile * 6;
      yield new Float32Array(words.buffer, words[at + 3]!, words[at + 4]!);
    }
  }

  #writeJob(scale: number, keep: number): void {
    const { job, tiles, query, lanes } = this.#scratch;
    const { stride } = this.#matrix;
    this.#words().set([0, this.#tiles, tiles, stride, query + stride * 4], job / 4);
    new Float32Array(this.#pool.heap.memory.buffer)[job / 4 + 5] = scale;
    for (const lane of lanes) {
      writeLane(this.#words(), lane, keep);
      this.#pool.kernel.reset(lane, Number.NEGATIVE_INFINITY);
    }
  }

  // A new view each time: growing the memory replaces its buffer.
  #words(): Uint32Array {
    return new Uint32Array(this.#pool.heap.memory.buffer);
  }
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw new AppError("cancelled", "The search was cancelled.", { cause: signal.reason });
  }
}

// Ascending keys of kernel/candidates.ts -> descending scores and slots, without keys below the
// floor.
function toRanked(keys: BigUint64Array, floor: bigint): Ranked {
  const first = keys.findIndex((key) => key >= floor);
  const count = first < 0 ? 0 : keys.length - first;
  const words = new Uint32Array(keys.buffer, keys.byteOffset, keys.length * 2);
  const bits = new Uint32Array(count);
  const slots = new Uint32Array(count);
  for (let i = 0, word = keys.length * 2 - 1; i < count; i++, word -= 2) {
    const ordered = words[word]!;
    bits[i] = ordered >= 2 ** 31 ? ordered ^ 0x80000000 : ~ordered;
    slots[i] = ~words[word - 1]!;
  }
  return { scores: new Float32Array(bits.buffer), slots };
}

function chunkIndex(held: readonly HeldChunk[], slot: number): number {
  let low = 0;
  let high = held.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (held[middle]!.firstSlot <= slot) low = middle;
    else high = middle - 1;
  }
  return low;
}
