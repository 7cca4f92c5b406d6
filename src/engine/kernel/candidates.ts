// Bounded selection: the best slots of the tiles that one thread has scored, without a full sort.
import { Candidates, Job, Tile } from "./records";

/** Selects again from scores that `scan` has left, on one thread: slots of at least `minScore`. */
export function collect(job: Job, candidates: Candidates, minScore: f32): void {
  reset(candidates, minScore);
  for (let index: u32 = 0; index < job.tiles; index++) {
    select(changetype<Tile>(job.table + index * offsetof<Tile>()), candidates);
  }
}

/** Empties `candidates`; slots of at least `minScore` may enter, -Infinity never does. */
export function reset(candidates: Candidates, minScore: f32): void {
  candidates.count = 0;
  candidates.floor = keyOf(max(minScore, -f32.MAX_VALUE), 0xffffffff) - 1;
}

/** Greater key = better: score first, then the lower slot. */
@inline
export function keyOf(score: f32, slot: u32): u64 {
  const bits = reinterpret<i32>(score);
  const ordered = <u32>bits ^ (<u32>(bits >> 31) | 0x80000000);
  return (<u64>ordered << 32) | <u64>(0xffffffff - slot);
}

@inline
function scoreOf(key: u64): f32 {
  const ordered = <u32>(key >> 32);
  return reinterpret<f32>(ordered ^ (<u32>(<i32>(~ordered) >> 31) | 0x80000000));
}

/** Lets the slots of a scored tile enter. Almost none passes once the floor has risen: one compare
 *  per four slots is the common cost. */
export function select(tile: Tile, candidates: Candidates): void {
  let least = f32x4.splat(leastScore(candidates));
  for (let row: u32 = 0; row < tile.rows; row += 4) {
    const scores = v128.load(tile.scores + (row << 2));
    if (!v128.any_true(f32x4.ge(scores, least))) continue;
    for (let i: u32 = row; i < min(row + 4, tile.rows); i++) {
      enter(candidates, keyOf(load<f32>(tile.scores + (i << 2)), tile.firstSlot + i));
    }
    least = f32x4.splat(leastScore(candidates));
  }
}

@inline
function leastScore(candidates: Candidates): f32 {
  return scoreOf(candidates.floor);
}

function enter(candidates: Candidates, key: u64): void {
  if (key <= candidates.floor) return;
  store<u64>(candidates.keys + (candidates.count << 3), key);
  candidates.count++;
  if (candidates.count == 2 * candidates.keep) halve(candidates);
}

// Quickselect (Hoare): the `keep` greatest keys move to the front, the least of them is the floor.
function halve(candidates: Candidates): void {
  const keys = candidates.keys;
  const target = candidates.keep - 1;
  let low: i32 = 0;
  let high: i32 = candidates.count - 1;
  while (low < high) {
    const pivot = load<u64>(keys + (((low + high) >> 1) << 3));
    let i = low;
    let j = high;
    while (i <= j) {
      while (load<u64>(keys + (i << 3)) > pivot) i++;
      while (load<u64>(keys + (j << 3)) < pivot) j--;
      if (i > j) break;
      const swapped = load<u64>(keys + (i << 3));
      store<u64>(keys + (i << 3), load<u64>(keys + (j << 3)));
      store<u64>(keys + (j << 3), swapped);
      i++;
      j--;
    }
    if (<i32>target <= j) high = j;
    else if (<i32>target >= i) low = i;
    else break;
  }
  candidates.count = candidates.keep;
  candidates.floor = load<u64>(keys + (target << 3));
}
