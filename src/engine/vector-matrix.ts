// The vectors of one index as int8 chunks in shared memory, in ascending row order. Scans hold the
// chunks they read: a chunk is written only behind its count, and compaction replaces it instead
// of changing it.
import {
  CHUNK_MAX,
  type Chunk,
  type HeldChunk,
  isLive,
  markRows,
  nextCapacity,
  seek,
  setLive,
} from "./chunk.ts";
import type { RowFilter } from "./row-filter.ts";
import type { ScanPool } from "./scan-pool.ts";

// Vectors quantised at once: bounds the fp32 copy in shared memory.
const BATCH = 256;

/** Quantised vectors with their rows. Not exact: see nearest.ts for what that means and who
 *  corrects it. */
export class VectorMatrix {
  readonly dim: number;
  /** Bytes per row: dim rounded up to 16. */
  readonly stride: number;
  /** Greatest norm of (vector - quantised vector) of any row since the matrix was opened or
   *  loaded. */
  maxResidual = 0;
  /** The greatest row ever added; 0 when none was. */
  lastRow = 0;
  /** Changes with every add and delete. */
  version = 0;
  isClosed = false;
  readonly #pool: ScanPool;
  #chunks: Chunk[] = [];
  #bits = new WeakMap<RowFilter, { readonly layout: number; readonly bits: Uint32Array }>();
  #layout = 0;

  constructor(pool: ScanPool, dim: number) {
    this.#pool = pool;
    this.dim = dim;
    this.stride = Math.ceil(dim / 16) * 16;
  }

  /** Rows that are not deleted. */
  get size(): number {
    return this.#chunks.reduce((sum, chunk) => sum + chunk.liveCount, 0);
  }

  /** Slots of all chunks, used or not: a multiple of 32. */
  get slots(): number {
    return this.#chunks.reduce((sum, chunk) => sum + chunk.capacity, 0);
  }

  get chunkCount(): number {
    return this.#chunks.length;
  }

  /** Appends unit vectors [n, dim] f32 under ascending rows above `lastRow`, checked by the caller.
   *  @throws AppError "internal" when memory is full; then nothing was added. */
  add(rows: readonly number[], vectors: Float32Array): void {
    this.#makeRoom(rows.length);
    const staging = this.#pool.heap.alloc(BATCH * this.dim * 4 + this.stride * 4);
    for (let done = 0; done < rows.length; ) {
      const chunk = this.#chunks[this.#tail()]!;
      const batch = Math.min(BATCH, chunk.capacity - chunk.count, rows.length - done);
      this.#write(chunk, staging, vectors.subarray(done * this.dim, (done + batch) * this.dim));
      for (let i = 0; i < batch; i++) setLive(chunk, rows[done + i]!);
      done += batch;
    }
    this.#pool.heap.free(staging);
    this.lastRow = rows.at(-1) ?? this.lastRow;
    this.version++;
    this.#layout++;
  }

  /** Deletes rows and returns how many were there. Compacts chunks that became a quarter dead. */
  delete(rows: readonly number[]): number {
    let deleted = 0;
    for (const row of rows) if (this.#deleteRow(row)) deleted++;
    for (let i = this.#chunks.length - 1; i >= 0; i--) {
      const chunk = this.#chunks[i];
      if (chunk && (chunk.count - chunk.liveCount) * 4 > chunk.capacity) this.#compact(i);
    }
    if (deleted > 0) this.version++;
    return deleted;
  }

  has(row: number): boolean {
    const place = this.#place(row);
    return place !== undefined && isLive(place.chunk, place.slot);
  }

  /** Rows that are not deleted, ascending. */
  liveRows(): Float64Array {
    const rows = new Float64Array(this.size);
    let count = 0;
    for (const chunk of this.#chunks) {
      for (let slot = 0; slot < chunk.count; slot++) {
        if (isLive(chunk, slot)) rows[count++] = chunk.rows[slot]!;
      }
    }
    return rows;
  }

  /** The chunks as they are now. They stay in memory, unchanged, until `release`. */
  hold(): readonly HeldChunk[] {
    let firstSlot = 0;
    return this.#chunks.map((chunk) => {
      chunk.readers++;
      const held = { chunk, count: chunk.count, firstSlot };
      firstSlot += chunk.capacity;
      return held;
    });
  }

  release(held: readonly HeldChunk[]): void {
    for (const { chunk } of held) {
      chunk.readers--;
      this.#freeIfUnused(chunk);
    }
  }

  /** Bitmap over the current slots of the given rows; kept until an add or a compaction.
   *  O(rows). */
  bitsOf(filter: RowFilter & { kind: "rows" }): Uint32Array {
    const known = this.#bits.get(filter);
    if (known?.layout === this.#layout) return known.bits;
    const bits = new Uint32Array(this.slots / 32);
    let firstSlot = 0;
    let next = 0;
    for (const chunk of this.#chunks) {
      next = markRows(chunk, filter.rows, next, bits.subarray(firstSlot / 32));
      firstSlot += chunk.capacity;
    }
    this.#bits.set(filter, { layout: this.#layout, bits });
    return bits;
  }

  /** An empty chunk outside the matrix, for a loader to fill. Give it to `adopt`, or to
   *  `discard`. */
  open(capacity: number): Chunk {
    const rounded = Math.ceil(capacity / 32) * 32;
    const codes = this.#pool.heap.alloc(rounded * (this.stride + 4));
    return {
      codes,
      scales: codes + rounded * this.stride,
      capacity: rounded,
      rows: new Float64Array(rounded),
      live: new Uint32Array(rounded / 32),
      count: 0,
      liveCount: 0,
      readers: 0,
      isRetired: false,
    };
  }

  /** View of i8[count, stride]; the bytes, as Uint8Array. */
  codesOf(chunk: Chunk): Uint8Array {
    const { buffer } = this.#pool.heap.memory;
    return new Uint8Array(buffer, chunk.codes, chunk.count * this.stride);
  }

  /** View of f32[count]. */
  scalesOf(chunk: Chunk): Float32Array {
    return new Float32Array(this.#pool.heap.memory.buffer, chunk.scales, chunk.count);
  }

  /** Takes filled chunks behind the present ones; their rows must be greater. */
  adopt(chunks: readonly Chunk[], lastRow: number, maxResidual: number): void {
    this.#chunks.push(...chunks);
    this.lastRow = lastRow;
    this.maxResidual = Math.max(this.maxResidual, maxResidual);
    this.version++;
    this.#layout++;
  }

  discard(chunks: readonly Chunk[]): void {
    for (const chunk of chunks) {
      chunk.isRetired = true;
      this.#freeIfUnused(chunk);
    }
  }

  /** Frees its memory, as soon as no scan reads it. */
  close(): void {
    this.discard(this.#chunks);
    this.#chunks = [];
    this.isClosed = true;
    this.version++;
    this.#layout++;
  }

  // All chunks first: when memory is full, an add must change nothing.
  #makeRoom(rows: number): void {
    const opened: Chunk[] = [];
    const tail = this.#chunks[this.#tail()];
    let missing = rows - (tail ? tail.capacity - tail.count : 0);
    let slots = this.slots;
    try {
      while (missing > 0) {
        const chunk = this.open(nextCapacity(slots));
        opened.push(chunk);
        slots += chunk.capacity;
        missing -= chunk.capacity;
      }
    } catch (error) {
      this.discard(opened);
      throw error;
    }
    this.#chunks.push(...opened);
  }

  // Rows ascend, so only the last chunk in use may grow, even where compaction left room before it.
  #tail(): number {
    const last = this.#chunks.findLastIndex((chunk) => chunk.count > 0);
    const chunk = this.#chunks[last];
    return chunk && chunk.count < chunk.capacity ? last : last + 1;
  }

  #write(chunk: Chunk, staging: number, vectors: Float32Array): void {
    const { heap, kernel } = this.#pool;
    new Float32Array(heap.memory.buffer, staging, vectors.length).set(vectors);
    const residual = kernel.quantise(
      staging,
      vectors.length / this.dim,
      this.dim,
      staging + BATCH * this.dim * 4,
      this.stride,
      chunk.codes + chunk.count * this.stride,
      chunk.scales + chunk.count * 4,
    );
    this.maxResidual = Math.max(this.maxResidual, residual);
  }

  #deleteRow(row: number): boolean {
    const place = this.#place(row);
    if (!place || !isLive(place.chunk, place.slot)) return false;
    const { chunk, slot } = place;
    chunk.live[slot >> 5]! &= ~(1 << (slot & 31));
    chunk.liveCount--;
    return true;
  }

  #place(row: number): { chunk: Chunk; slot: number } | undefined {
    const index = this.#chunks.findIndex((chunk) => row <= chunk.rows[chunk.count - 1]!);
    const chunk = this.#chunks[index];
    if (!chunk) return undefined;
    const slot = seek(chunk.rows, row, 0, chunk.count);
    return chunk.rows[slot] === row ? { chunk, slot } : undefined;
  }

  // Joins with the chunk before while both are small, else deletes would leave ever more, ever
  // smaller chunks.
  #compact(index: number): void {
    const chunk = this.#chunks[index]!;
    const before = this.#chunks[index - 1];
    const isJoined = before && before.liveCount + chunk.liveCount <= CHUNK_MAX / 2;
    const old = isJoined ? [before, chunk] : [chunk];
    const live = old.reduce((sum, { liveCount }) => sum + liveCount, 0);
    const canGrow = index === this.#chunks.length - 1 && chunk.count < chunk.capacity;
    const compacted = live > 0 ? [this.open(canGrow ? Math.max(live, chunk.capacity) : live)] : [];
    for (const from of old) {
      for (const to of compacted) this.#copyLive(from, to);
    }
    this.#chunks.splice(index + 1 - old.length, old.length, ...compacted);
    this.discard(old);
    this.#layout++;
  }

  #copyLive(from: Chunk, to: Chunk): void {
    const { kernel } = this.#pool;
    const scales = new Float32Array(this.#pool.heap.memory.buffer);
    for (let slot = 0; slot < from.count; slot++) {
      if (!isLive(from, slot)) continue;
      const at = to.count;
      kernel.copy(to.codes + at * this.stride, from.codes + slot * this.stride, this.stride);
      scales[to.scales / 4 + at] = scales[from.scales / 4 + slot]!;
      setLive(to, from.rows[slot]!);
    }
  }

  #freeIfUnused(chunk: Chunk): void {
    if (chunk.isRetired && chunk.readers === 0) this.#pool.heap.free(chunk.codes);
  }
}
