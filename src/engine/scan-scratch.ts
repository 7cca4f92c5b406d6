// The records of one scan in shared memory, as kernel/records.ts reads them.
import type { HeldChunk } from "./chunk.ts";
import type { ScanPool } from "./scan-pool.ts";
import type { VectorMatrix } from "./vector-matrix.ts";

const TILE_ROWS = 1024;

/** Addresses inside one block. */
export type Scratch = {
  readonly block: number;
  readonly job: number;
  /** f32[stride], then i16[stride]. */
  readonly query: number;
  readonly tiles: number;
  readonly masks: number;
  /** f32[slots]: every matching slot has its cosine here until close. */
  readonly scores: number;
  readonly lanes: readonly number[];
};

/** A block for one scan of the matrix as it is now; free `block` afterwards. */
export function allocate(pool: ScanPool, matrix: VectorMatrix, keep: number): Scratch {
  const { slots, stride } = matrix;
  const sizes = {
    job: 32,
    query: stride * 6,
    tiles: 24 * (slots / TILE_ROWS + matrix.chunkCount),
    masks: slots / 8,
    scores: slots * 4,
  };
  const at = { job: 0, query: 0, tiles: 0, masks: 0, scores: 0 };
  let bytes = 0;
  for (const name of ["job", "query", "tiles", "masks", "scores"] as const) {
    at[name] = bytes;
    bytes += align(sizes[name]);
  }
  const block = pool.heap.alloc(bytes + pool.threads * laneBytes(keep));
  return {
    block,
    job: block + at.job,
    query: block + at.query,
    tiles: block + at.tiles,
    masks: block + at.masks,
    scores: block + at.scores,
    lanes: Array.from({ length: pool.threads }, (_, i) => block + bytes + i * laneBytes(keep)),
  };
}

/** A Candidates record, its picks and its keys. */
export function laneBytes(keep: number): number {
  return 64 + TILE_ROWS * 4 + 64 + align(keep * 16);
}

function align(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}

/** An empty Candidates record of `keep` slots; the kernel's `reset` or `collect` sets its floor. */
export function writeLane(words: Uint32Array, lane: number, keep: number): void {
  const picks = lane + 64;
  words.set([0, 0, picks + TILE_ROWS * 4 + 64, keep, 0, picks], lane / 4);
}

/** Tiles without a matching row are left out. Masks are copies: deletes during the scan do not
 *  reach it. */
export function writeTiles(
  words: Uint32Array,
  scratch: Scratch,
  held: readonly HeldChunk[],
  stride: number,
  bits: Uint32Array | undefined,
): { matched: number; tiles: number } {
  let matched = 0;
  let tiles = 0;
  for (const { chunk, count, firstSlot } of held) {
    const isWhole = !bits && chunk.liveCount === count;
    for (let start = 0; start < count; start += TILE_ROWS) {
      const rows = Math.min(TILE_ROWS, count - start);
      const slot = firstSlot + start;
      const mask = isWhole ? 0 : scratch.masks + slot / 8;
      const set = isWhole ? rows : writeMask(words, mask / 4, chunk.live, start, rows, bits, slot);
      if (set === 0) continue;
      const codes = chunk.codes + start * stride;
      const scores = scratch.scores + slot * 4;
      const tile = [codes, chunk.scales + start * 4, mask, scores, rows, slot];
      words.set(tile, scratch.tiles / 4 + tiles * 6);
      matched += set;
      tiles++;
    }
  }
  return { matched, tiles };
}

// Returns how many bits are set.
function writeMask(
  words: Uint32Array,
  at: number,
  live: Uint32Array,
  start: number,
  rows: number,
  bits: Uint32Array | undefined,
  slot: number,
): number {
  let set = 0;
  for (let i = 0; i < rows / 32; i++) {
    const word = live[start / 32 + i]! & (bits ? bits[slot / 32 + i]! : -1);
    words[at + i] = word;
    set += popCount(word);
  }
  return set;
}

// Hacker's Delight, figure 5-2.
function popCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The rotated query as i16[stride] behind f32[stride] at `at`, the factor that undoes its scale,
 *  and the norm of what it lost. int16, so that practically only the rows lose precision. */
export function writeQuery(
  pool: ScanPool,
  at: number,
  stride: number,
  query: Float32Array,
): { scale: number; error: number } {
  const { buffer } = pool.heap.memory;
  const rotated = new Float32Array(buffer, at, stride);
  rotated.fill(0);
  rotated.set(query);
  pool.kernel.rotate(at, stride);
  const greatest = rotated.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const length1 = rotated.reduce((sum, x) => sum + Math.abs(x), 0);
  // The greatest sum of products, 127 * |query|_1, must stay below 2^31.
  const sumMax = Math.floor((2 ** 31 - 1) / 127);
  const factor = Math.min(32_767 / greatest, (sumMax - stride) / length1);
  const codes = new Int16Array(buffer, at + stride * 4, stride);
  let squares = 0;
  for (let i = 0; i < stride; i++) {
    codes[i] = Math.round(rotated[i]! * factor);
    squares += (rotated[i]! - codes[i]! / factor) ** 2;
  }
  return { scale: 1 / factor, error: Math.sqrt(squares) };
}
