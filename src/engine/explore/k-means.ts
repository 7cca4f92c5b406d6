// Unit vectors -> k clusters by cosine: spherical k-means (Dhillon and Modha 2001) from k-means++ (Arthur and
// Vassilvitskii 2007).
import { randomFraction } from "./random.ts";
import type { Work } from "./slices.ts";

const SEED = 2_718_281;
const ROUNDS_MAX = 30;
/** Vectors between two looks at the clock. */
const STEP = 256;

export type Clustering = {
  /** [k, dim] f32, unit length. */
  readonly centres: Float32Array;
  /** [n] of 0 .. k - 1. */
  readonly clusters: Uint16Array;
};

/** Clusters that suit the size of a collection: sqrt(n / 2), 4 to 40, and none of fewer than two on average. */
export function clusterCount(count: number): number {
  const wanted = Math.min(40, Math.max(4, Math.round(Math.sqrt(count / 2))));
  return Math.max(1, Math.min(wanted, Math.floor(count / 2)));
}

/** `vectors`: [n, dim] f32, unit length, n at least k. The same result every time. */
export function* kMeans(vectors: Float32Array, dim: number, k: number): Work<Clustering> {
  const count = vectors.length / dim;
  const total = (k + ROUNDS_MAX) * count;
  const centres = yield* seedCentres(vectors, dim, k, total);
  const clusters = new Uint16Array(count);
  for (let round = 0; round < ROUNDS_MAX; round++) {
    let changed = 0;
    for (let i = 0; i < count; i++) {
      const nearest = nearestCentre(centres, vectors, i * dim, dim);
      if (nearest !== clusters[i]) changed++;
      clusters[i] = nearest;
      if (i % STEP === 0) yield { done: (k + round) * count + i, total };
    }
    if (changed === 0 && round > 0) break;
    moveCentres(centres, clusters, vectors, dim);
  }
  return { centres, clusters };
}

/** The centre with the greatest cosine to the vector at `from`. */
function nearestCentre(
  centres: Float32Array,
  vectors: Float32Array,
  from: number,
  dim: number,
): number {
  let best = 0;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (let centre = 0; centre * dim < centres.length; centre++) {
    const score = dotAt(centres, centre * dim, vectors, from, dim);
    if (score <= bestScore) continue;
    bestScore = score;
    best = centre;
  }
  return best;
}

/** Dot product of the vectors at `atX` and `atY`. */
export function dotAt(
  x: Float32Array,
  atX: number,
  y: Float32Array,
  atY: number,
  dim: number,
): number {
  let sum = 0;
  for (let i = 0; i < dim; i++) sum += x[atX + i]! * y[atY + i]!;
  return sum;
}

// Each next centre is drawn from the vectors, the likelier the farther it lies from those before.
function* seedCentres(
  vectors: Float32Array,
  dim: number,
  k: number,
  total: number,
): Work<Float32Array> {
  const count = vectors.length / dim;
  const fraction = randomFraction(SEED);
  const centres = new Float32Array(k * dim);
  const distances = new Float64Array(count).fill(2);
  let chosen = Math.floor(fraction() * count);
  for (let centre = 0; centre < k; centre++) {
    centres.set(vectors.subarray(chosen * dim, (chosen + 1) * dim), centre * dim);
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const distance = Math.max(0, 1 - dotAt(centres, centre * dim, vectors, i * dim, dim));
      distances[i] = Math.min(distances[i]!, distance);
      sum += distances[i]!;
      if (i % STEP === 0) yield { done: centre * count + i, total };
    }
    chosen = draw(distances, fraction() * sum);
  }
  return centres;
}

function draw(weights: Float64Array, place: number): number {
  let rest = place;
  for (let i = 0; i < weights.length; i++) {
    rest -= weights[i]!;
    if (rest < 0) return i;
  }
  return weights.length - 1;
}

// A centre that lost all its vectors stays where it was.
function moveCentres(
  centres: Float32Array,
  clusters: Uint16Array,
  vectors: Float32Array,
  dim: number,
): void {
  const sums = new Float32Array(centres.length);
  clusters.forEach((cluster, i) => {
    for (let d = 0; d < dim; d++) sums[cluster * dim + d]! += vectors[i * dim + d]!;
  });
  for (let start = 0; start < sums.length; start += dim) {
    const length = Math.hypot(...sums.subarray(start, start + dim));
    if (length === 0) continue;
    for (let d = 0; d < dim; d++) centres[start + d] = sums[start + d]! / length;
  }
}
