// All slots in the order of their scores, for deep paging.
import { keyOf } from "./candidates";
import { Job, Tile } from "./records";

/** Every slot that may be returned, as keys, best first. Radix sort, 3 passes over 8 bytes a slot.
 *  `spare` and `keys` are u64[matched], `counts` is u32[2048]. The result is in `keys`. */
export function rank(job: Job, spare: usize, keys: usize, counts: usize): u32 {
  const count = gatherKeys(job, spare);
  sortDigit(spare, keys, counts, count, 32, 11);
  sortDigit(keys, spare, counts, count, 43, 11);
  sortDigit(spare, keys, counts, count, 54, 10);
  return count;
}

function gatherKeys(job: Job, keys: usize): u32 {
  let count: u32 = 0;
  for (let index: u32 = 0; index < job.tiles; index++) {
    const tile = changetype<Tile>(job.table + index * offsetof<Tile>());
    for (let row: u32 = 0; row < tile.rows; row++) {
      const score = load<f32>(tile.scores + (row << 2));
      if (score == f32.NEGATIVE_INFINITY) continue;
      store<u64>(keys + (count << 3), keyOf(score, tile.firstSlot + row));
      count++;
    }
  }
  return count;
}

// Stable and descending, so that equal scores stay in slot order.
function sortDigit(from: usize, to: usize, counts: usize, count: u32, shift: u32, bits: u32): void {
  const mask: u64 = (1 << bits) - 1;
  memory.fill(counts, 0, 8192);
  for (let i: u32 = 0; i < count; i++) {
    const digit = ((load<u64>(from + (i << 3)) >> shift) & mask) as usize;
    store<u32>(counts + (digit << 2), load<u32>(counts + (digit << 2)) + 1);
  }
  let start: u32 = 0;
  for (let digit = mask as i32; digit >= 0; digit--) {
    const next = start + load<u32>(counts + (digit << 2));
    store<u32>(counts + (digit << 2), start);
    start = next;
  }
  for (let i: u32 = 0; i < count; i++) {
    const key = load<u64>(from + (i << 3));
    const digit = ((key >> shift) & mask) as usize;
    const at = load<u32>(counts + (digit << 2));
    store<u32>(counts + (digit << 2), at + 1);
    store<u64>(to + (at << 3), key);
  }
}
