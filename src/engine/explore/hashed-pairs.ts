// Signatures of very many vectors -> pairs that may be nearly the same, by locality-sensitive hashing (Indyk and
// Motwani 1998): vectors that agree in all bits of one of the tables are compared in all their bits.
import { NearestOfEach } from "./nearest-of-each.ts";
import { BITS, hamming, WORDS } from "./signatures.ts";
import type { Work } from "./slices.ts";

/** In one bucket each is compared with so many behind it: a bucket of one scene's thousand shots would be quadratic. */
const COMPARED_MAX = 128;
/** Standard deviations that the number of differing bits may lie above what is expected. */
const MARGIN = 3;

/** Bits that make up a table's key: as many buckets as vectors. */
function keyBits(count: number): number {
  return Math.min(20, Math.max(12, Math.round(Math.log2(Math.max(1, count)))));
}

/** How many of the pairs at `angle` share a bucket of at least one table: 1 - (1 - p^b)^t, p = 1 - angle / pi. */
export function expectedRecall(angle: number, count: number): number {
  const key = keyBits(count);
  const inOne = (1 - angle / Math.PI) ** key;
  return 1 - (1 - inOne) ** Math.floor(BITS / key);
}

/** Pairs that are as near as `angle` (radians, seen from the mean), of the nearest of each: [a, b, a, b, ...].
 *  `signatures`: [n, WORDS]. */
export function* hashedPairs(signatures: Uint32Array, angle: number): Work<Uint32Array> {
  const count = signatures.length / WORDS;
  const key = keyBits(count);
  const tables = Math.floor(BITS / key);
  const nearest = new NearestOfEach(count);
  const most = mostDiffering(angle);
  const keys = new Uint32Array(count);
  for (let table = 0; table < tables; table++) {
    for (let i = 0; i < count; i++) keys[i] = bitsAt(signatures, i * WORDS, table * key, key);
    const { order, starts } = bucketsOf(keys, key);
    for (let bucket = 0; bucket + 1 < starts.length; bucket++) {
      const places = order.subarray(starts[bucket]!, starts[bucket + 1]!);
      if (places.length > 1) compare(places, { signatures, most, nearest });
      if (bucket % 256 === 0)
        yield { done: table * count + starts[bucket]!, total: tables * count };
    }
  }
  return nearest.pairs();
}

// Compares each with those behind it in its bucket.
function compare(bucket: Uint32Array, comparison: Comparison): void {
  const { signatures, most, nearest } = comparison;
  bucket.forEach((a, i) => {
    for (const b of bucket.subarray(i + 1, i + COMPARED_MAX)) {
      const differing = hamming(signatures, a * WORDS, b * WORDS);
      if (differing <= most) nearest.add(a, b, -differing);
    }
  });
}

type Comparison = {
  readonly signatures: Uint32Array;
  readonly most: number;
  readonly nearest: NearestOfEach;
};

// The number of differing bits of a pair at this angle is binomial.
function mostDiffering(angle: number): number {
  const p = angle / Math.PI;
  return BITS * p + MARGIN * Math.sqrt(BITS * p * (1 - p));
}

// `length` bits (at most 20) from bit `from` on.
function bitsAt(signatures: Uint32Array, at: number, from: number, length: number): number {
  const word = at + (from >> 5);
  const shift = from & 31;
  const low = signatures[word]! >>> shift;
  const high = shift + length > 32 ? signatures[word + 1]! << (32 - shift) : 0;
  return (low | high) & (2 ** length - 1);
}

// Counting sort: places by key, ascending within one, and where each key's begin.
function bucketsOf(keys: Uint32Array, bits: number) {
  const starts = new Uint32Array(2 ** bits + 1);
  for (const key of keys) starts[key + 1]!++;
  for (let i = 1; i < starts.length; i++) starts[i]! += starts[i - 1]!;
  const next = starts.slice();
  const order = new Uint32Array(keys.length);
  keys.forEach((key, place) => {
    order[next[key]!++] = place;
  });
  return { order, starts };
}
