// Unit vectors -> pairs that may be copies of one picture. |a - b|^2 = 2 - 2 cos, and a sum of squares only grows: most
// pairs are given up after a few dozen numbers. Quadratic, and exact: 10,000 vectors of 384 numbers take 6 s.
import { NearestOfEach } from "./nearest-of-each.ts";
import type { Work } from "./slices.ts";

/** Vectors compared with one another while they are in the processor's cache. */
const BLOCK = 128;
/** Numbers between two looks at the sum. */
const STRIDE = 16;

/** Pairs with a cosine of `least` or more, of the nearest of each: [a, b, a, b, ...]. `vectors`: [n, dim] f32, unit
 *  length. */
export function* exactPairs(vectors: Float32Array, dim: number, least: number): Work<Uint32Array> {
  return (yield* nearestNeighbours(vectors, dim, least)).pairs();
}

/** The nearest of each, with cosines of `least` or more. */
export function* nearestNeighbours(
  vectors: Float32Array,
  dim: number,
  least: number,
): Work<NearestOfEach> {
  const count = vectors.length / dim;
  const nearest = new NearestOfEach(count);
  for (let first = 0; first < count; first += BLOCK) {
    for (let second = 0; second <= first; second += BLOCK) {
      compareBlocks(vectors, dim, first, second, least, nearest);
      yield { done: first * first + 2 * BLOCK * second, total: count * count };
    }
  }
  return nearest;
}

function compareBlocks(
  vectors: Float32Array,
  dim: number,
  first: number,
  second: number,
  least: number,
  nearest: NearestOfEach,
): void {
  const count = vectors.length / dim;
  for (let b = first; b < Math.min(first + BLOCK, count); b++) {
    for (let a = second; a < Math.min(second + BLOCK, b); a++) {
      const farthest = 2 - 2 * Math.max(least, nearest.floor(a, b));
      const distance = squaredDistance(vectors, a * dim, b * dim, dim, farthest);
      if (distance <= farthest) nearest.add(a, b, 1 - distance / 2);
    }
  }
}

// Beyond `most` the sum may be too small.
function squaredDistance(
  vectors: Float32Array,
  a: number,
  b: number,
  dim: number,
  most: number,
): number {
  let sum = 0;
  for (let start = 0; start < dim && sum <= most; start += STRIDE) {
    const end = Math.min(start + STRIDE, dim);
    for (let i = start; i < end; i++) {
      const difference = vectors[a + i]! - vectors[b + i]!;
      sum += difference * difference;
    }
  }
  return sum;
}
