// What scan-scratch.ts of the engine writes and the kernel reads, field by field, 32-bit
// little-endian.

/** One query over `tiles` tiles; threads take the next tile from `next` until none is left. */
@unmanaged
export class Job {
  next: u32 = 0;
  tiles: u32 = 0;
  /** Address of Tile[tiles]. */
  table: usize = 0;
  /** Bytes per row, a multiple of 16. */
  stride: u32 = 0;
  /** Address of i16[stride]. */
  query: usize = 0;
  /** Turns an integer product into a cosine, before the scale of the row. */
  queryScale: f32 = 0;
}

/** Up to 1,024 rows of one chunk. */
@unmanaged
export class Tile {
  /** Address of i8[rows, stride]. */
  codes: usize = 0;
  /** Address of f32[rows]. */
  scales: usize = 0;
  /** Address of u32[rows / 32], bit i = row i may be returned; 0 when all rows may. */
  mask: usize = 0;
  /** Address of f32[rows rounded up to 32]; a row that may not be returned gets -Infinity. */
  scores: usize = 0;
  rows: u32 = 0;
  firstSlot: u32 = 0;
}

/** The best slots of one thread. Complete above `floor`: every greater key is in `keys`. */
@unmanaged
export class Candidates {
  /** Keys above this enter; it rises when `keys` overflows. */
  floor: u64 = 0;
  /** Address of u64[2 * keep]; see `keyOf`. */
  keys: usize = 0;
  keep: u32 = 0;
  count: u32 = 0;
  /** Address of u32[1024]: the set bits of one tile. */
  picks: usize = 0;
}

