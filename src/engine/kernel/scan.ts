// AssemblyScript, runs in WebAssembly over the one shared memory. In: int8 rows and an int16
// query. Out: one approximate cosine per slot, and the keys of the best slots. Nothing here
// allocates: every address comes from scan.ts of the engine, which writes the records.
import { select } from "./candidates";
import { Candidates, Job, Tile } from "./records";

export { collect, reset } from "./candidates";
export { quantise, rotate } from "./quantise";
export { rank } from "./rank";

// Below this many set bits per word of 32 rows, gathering rows is faster than scoring whole words
// (384 bytes a row, EPYC, 22 Nov 2026: 20 % set 0.43 ms against 1.45, 35 % 1.3, 40 % 2.2).
const DENSE_BITS: u32 = 11;

/** Scores tiles until none is left, and keeps the best candidates (none when `keep` is 0). */
export function scan(job: Job, candidates: Candidates): void {
  while (true) {
    const index = atomic.add<u32>(changetype<usize>(job), 1);
    if (index >= job.tiles) return;
    const tile = changetype<Tile>(job.table + index * offsetof<Tile>());
    if (tile.mask == 0) scoreAll(job, tile);
    else scoreMasked(job, tile, candidates.picks);
    if (candidates.keep != 0) select(tile, candidates);
  }
}

// Scores are written in fours; the last four may read rows behind the tile, which are inside its
// chunk.
function scoreAll(job: Job, tile: Tile): void {
  for (let row: usize = 0; row < tile.rows; row += 4) {
    v128.store(tile.scores + (row << 2), scoreFour(job, tile, row));
  }
  fillBehind(tile);
}

function fillBehind(tile: Tile): void {
  for (let row = tile.rows; (row & 3) != 0; row++) {
    store<f32>(tile.scores + (row << 2), f32.NEGATIVE_INFINITY);
  }
}

// A tile with many set bits is scored by whole words and then cut, one with few is gathered.
function scoreMasked(job: Job, tile: Tile, picks: usize): void {
  let set: u32 = 0;
  let words: u32 = 0;
  for (let row: u32 = 0; row < tile.rows; row += 32) {
    const word = load<u32>(tile.mask + (row >> 3));
    set += popcnt(word);
    words += u32(word != 0);
  }
  if (set >= words * DENSE_BITS) scoreWords(job, tile);
  else scorePicks(job, tile, picks, pick(tile, picks));
}

function scoreWords(job: Job, tile: Tile): void {
  for (let row: u32 = 0; row < tile.rows; row += 32) {
    const word = load<u32>(tile.mask + (row >> 3));
    if (word == 0) clearWord(tile, row);
    else scoreWord(job, tile, row, word);
  }
}

function scoreWord(job: Job, tile: Tile, row: u32, word: u32): void {
  const none = f32x4.splat(f32.NEGATIVE_INFINITY);
  const bits = i32x4(1, 2, 4, 8);
  for (let i: u32 = 0; i < 32; i += 4) {
    const isSet = i32x4.ne(v128.and(i32x4.splat(word >> i), bits), i32x4.splat(0));
    const scores = v128.bitselect(scoreFour(job, tile, row + i), none, isSet);
    v128.store(tile.scores + ((row + i) << 2), scores);
  }
}

function clearWord(tile: Tile, row: u32): void {
  const none = f32x4.splat(f32.NEGATIVE_INFINITY);
  for (let i: usize = 0; i < 128; i += 16) v128.store(tile.scores + (row << 2) + i, none);
}

// The set bits of a tile as u32 row numbers; returns how many. Every score becomes -Infinity.
function pick(tile: Tile, picks: usize): u32 {
  let picked: u32 = 0;
  for (let row: u32 = 0; row < tile.rows; row += 32) {
    clearWord(tile, row);
    for (let rest = load<u32>(tile.mask + (row >> 3)); rest != 0; rest &= rest - 1) {
      store<u32>(picks + (picked << 2), row + ctz(rest));
      picked++;
    }
  }
  return picked;
}

// Four at once, because the rows are far apart and memory latency would dominate one by one.
function scorePicks(job: Job, tile: Tile, picks: usize, picked: u32): void {
  const stride: usize = job.stride;
  for (let i: u32 = picked; (i & 3) != 0; i++) {
    store<u32>(picks + (i << 2), load<u32>(picks + ((picked - 1) << 2)));
  }
  for (let i: u32 = 0; i < picked; i += 4) {
    const at = picks + (i << 2);
    const a = <usize>load<u32>(at);
    const b = <usize>load<u32>(at, 4);
    const c = <usize>load<u32>(at, 8);
    const d = <usize>load<u32>(at, 12);
    const codes = tile.codes;
    const sums = v128.convert<i32>(
      dotFour(codes + a * stride, codes + b * stride, codes + c * stride, codes + d * stride, job.query, stride),
    );
    scoreOne(job, tile, a, f32x4.extract_lane(sums, 0));
    scoreOne(job, tile, b, f32x4.extract_lane(sums, 1));
    scoreOne(job, tile, c, f32x4.extract_lane(sums, 2));
    scoreOne(job, tile, d, f32x4.extract_lane(sums, 3));
  }
}

// The same order of products as in scoreAll: a score must not depend on the filter.
@inline
function scoreOne(job: Job, tile: Tile, row: usize, sum: f32): void {
  const scale = load<f32>(tile.scales + (row << 2)) * job.queryScale;
  store<f32>(tile.scores + (row << 2), sum * scale);
}

// Four neighbouring rows, one after the other: read in address order, memory gives 28 GB/s to one
// thread; four rows side by side get 10 (384 bytes a row, 100k rows, EPYC, 22 Nov 2026).
@inline
function scoreFour(job: Job, tile: Tile, row: usize): v128 {
  const stride: usize = job.stride;
  const query = job.query;
  const p = tile.codes + row * stride;
  const a = dot(p, query, stride);
  const b = dot(p + stride, query, stride);
  const c = dot(p + 2 * stride, query, stride);
  const d = dot(p + 3 * stride, query, stride);
  const scales = f32x4.mul(v128.load(tile.scales + (row << 2)), f32x4.splat(job.queryScale));
  return f32x4.mul(v128.convert<i32>(addAll(a, b, c, d)), scales);
}

// i8[stride] . i16[stride] as four partial sums. The caller's query scale keeps them below 2^31.
@inline
function dot(row: usize, query: usize, stride: usize): v128 {
  let sum0 = i32x4.splat(0);
  let sum1 = i32x4.splat(0);
  let sum2 = i32x4.splat(0);
  let sum3 = i32x4.splat(0);
  let p = row;
  let q = query;
  for (const end = row + (stride & ~31); p < end; p += 32) {
    const x = v128.load(p);
    const y = v128.load(p, 16);
    sum0 = i32x4.add(sum0, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_s(x), v128.load(q)));
    sum1 = i32x4.add(sum1, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_s(x), v128.load(q, 16)));
    sum2 = i32x4.add(sum2, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_s(y), v128.load(q, 32)));
    sum3 = i32x4.add(sum3, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_s(y), v128.load(q, 48)));
    q += 64;
  }
  if ((stride & 16) != 0) {
    const x = v128.load(p);
    sum0 = i32x4.add(sum0, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_s(x), v128.load(q)));
    sum1 = i32x4.add(sum1, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_s(x), v128.load(q, 16)));
  }
  return i32x4.add(i32x4.add(sum0, sum1), i32x4.add(sum2, sum3));
}

// Four scattered rows side by side -> i32x4. One load of the query serves all of them.
@inline
function dotFour(a: usize, b: usize, c: usize, d: usize, query: usize, stride: usize): v128 {
  let sumA = i32x4.splat(0);
  let sumB = i32x4.splat(0);
  let sumC = i32x4.splat(0);
  let sumD = i32x4.splat(0);
  for (let i: usize = 0; i < stride; i += 8) {
    const q = v128.load(query + (i << 1));
    sumA = i32x4.add(sumA, i32x4.dot_i16x8_s(v128.load_ext<i8>(a + i), q));
    sumB = i32x4.add(sumB, i32x4.dot_i16x8_s(v128.load_ext<i8>(b + i), q));
    sumC = i32x4.add(sumC, i32x4.dot_i16x8_s(v128.load_ext<i8>(c + i), q));
    sumD = i32x4.add(sumD, i32x4.dot_i16x8_s(v128.load_ext<i8>(d + i), q));
  }
  return addAll(sumA, sumB, sumC, sumD);
}

// The sums of four vectors of four, in one vector.
@inline
function addAll(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = addPairs(a, b);
  const cd = addPairs(c, d);
  return i32x4.add(
    v128.shuffle<i32>(ab, cd, 0, 1, 4, 5),
    v128.shuffle<i32>(ab, cd, 2, 3, 6, 7),
  );
}

@inline
function addPairs(x: v128, y: v128): v128 {
  return i32x4.add(v128.shuffle<i32>(x, y, 0, 4, 1, 5), v128.shuffle<i32>(x, y, 2, 6, 3, 7));
}

/** Moves bytes inside the shared memory; JavaScript's copyWithin on shared memory takes 3 times as
 *  long. */
export function copy(to: usize, from: usize, bytes: usize): void {
  memory.copy(to, from, bytes);
}
