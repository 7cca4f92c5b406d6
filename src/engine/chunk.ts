// A block of up to 16,384 quantised vectors in shared memory, and the rows they belong to.

// An app of 100 images costs 256 rows; a large one wastes less than one chunk of 16,384.
const CHUNK_MIN = 256;
/** The most rows of a chunk. */
export const CHUNK_MAX = 16_384;

export type Chunk = {
  /** Address of i8[capacity, stride]. */
  readonly codes: number;
  /** Address of f32[capacity]. */
  readonly scales: number;
  /** A multiple of 32. */
  readonly capacity: number;
  /** Row keys, ascending, [count]. */
  readonly rows: Float64Array;
  /** Bit i = slot i is not deleted, u32[capacity / 32]. */
  readonly live: Uint32Array;
  count: number;
  liveCount: number;
  /** Scans and saves that still read it; retired chunks are freed after the last. */
  readers: number;
  isRetired: boolean;
};

/** A chunk as it was when it was held: only its first `count` rows. */
export type HeldChunk = {
  readonly chunk: Chunk;
  readonly count: number;
  /** Slots number the capacity of all chunks through; always a multiple of 32. */
  readonly firstSlot: number;
};

/** The first index from `from` on whose row is not below `row`. Galloping: O(log distance). */
export function seek(rows: Float64Array, row: number, from: number, count: number): number {
  let step = 1;
  let low = from;
  while (low + step < count && rows[low + step]! < row) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, count);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]! < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether the row in this slot is not deleted. */
export function isLive(chunk: Chunk, slot: number): boolean {
  return (chunk.live[slot >> 5]! & (1 << (slot & 31))) !== 0;
}

/** Appends a row whose codes are already written. */
export function setLive(chunk: Chunk, row: number): void {
  const slot = chunk.count++;
  chunk.rows[slot] = row;
  chunk.live[slot >> 5]! |= 1 << (slot & 31);
  chunk.liveCount++;
}

/** Sets the bits of those of the ascending `rows`, from index `next` on, that are in the chunk;
 *  returns the index behind them. */
export function markRows(
  chunk: Chunk,
  rows: Float64Array,
  next: number,
  bits: Uint32Array,
): number {
  const last = chunk.rows[chunk.count - 1] ?? 0;
  let slot = 0;
  let index = next;
  for (; index < rows.length && rows[index]! <= last; index++) {
    slot = seek(chunk.rows, rows[index]!, slot, chunk.count);
    if (chunk.rows[slot] === rows[index]) bits[slot >> 5]! |= 1 << (slot & 31);
  }
  return index;
}

/** Rows of the next chunk behind `slots` slots: 256, 1024, 4096, 16384, 16384 ... */
export function nextCapacity(slots: number): number {
  const wanted = 2 ** Math.ceil(Math.log2(Math.max(slots * 3, 1)));
  return Math.min(CHUNK_MAX, Math.max(CHUNK_MIN, wanted));
}
