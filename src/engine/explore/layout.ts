// Unit vectors -> places on a map: UMAP (McInnes et al. 2018, arXiv:1802.03426) by umap-js, from exact neighbours and
// the two principal components, so that far apart on the map means something, too.
import { UMAP } from "umap-js";
import { nearestNeighbours } from "./exact-pairs.ts";
import { dotAt } from "./k-means.ts";
import { randomFraction } from "./random.ts";
import { scaled, type Work } from "./slices.ts";

const SEED = 3_141_592;
const NEIGHBOURS = 15;
const MIN_DISTANCE = 0.15;
/** Side of the square that the first layout fills: what UMAP's own starts have. */
const START_SIDE = 20;
const POWER_ROUNDS = 12;
/** The neighbours take about two fifths of the time. */
const BEFORE_EPOCHS = { done: 2, total: 5 };

type Neighbours = {
  /** [n][k] places, the nearest first; the vector itself is the first. */
  readonly indices: number[][];
  readonly distances: number[][];
};

/** [n, 2] f32. `vectors`: [n, dim] f32, unit length, n at least 4. The same result every time. */
export function* layOut(vectors: Float32Array, dim: number): Work<Float32Array> {
  const count = vectors.length / dim;
  const nNeighbors = Math.min(NEIGHBOURS, count - 1);
  const { indices, distances } = yield* exactNeighbours(vectors, dim, nNeighbors);
  const random = randomFraction(SEED);
  const umap = new UMAP({ nNeighbors, minDist: MIN_DISTANCE, random });
  umap.setPrecomputedKNN(indices, distances);
  // It reads nothing but their number, given the neighbours.
  const epochs = umap.initializeFit(Array.from({ length: count }, () => []));
  spreadOut(umap.getEmbedding(), yield* principalPlaces(vectors, dim), random);
  for (let epoch = 0; epoch < epochs; epoch++) {
    umap.step();
    yield { done: 0.4 * epochs + 0.6 * epoch, total: epochs };
  }
  return evenedOut(Float32Array.from(umap.getEmbedding().flat()));
}

/** The k nearest of each by cosine distance, itself the first of them. `k`: 16 at most. */
function* exactNeighbours(vectors: Float32Array, dim: number, k: number): Work<Neighbours> {
  const count = vectors.length / dim;
  const nearest = yield* scaled(nearestNeighbours(vectors, dim, -1), 0, 0.4);
  const [indices, distances]: [number[][], number[][]] = [[], []];
  for (let i = 0; i < count; i++) {
    const { neighbours, scores } = nearest.of(i);
    indices.push([i, ...neighbours.slice(0, k - 1)]);
    distances.push([0, ...scores.slice(0, k - 1).map((score) => Math.max(0, 1 - score))]);
  }
  return { indices, distances };
}

/** Places of the k greatest scores, the greatest first. */
export function greatest(scores: Float32Array, k: number): number[] {
  const best: number[] = [];
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (best.length === k && score <= scores[best[k - 1]!]!) continue;
    let at = best.length;
    while (at > 0 && scores[best[at - 1]!]! < score) at--;
    best.splice(at, 0, i);
    if (best.length > k) best.pop();
  }
  return best;
}

// [n, 2] f32: projections on the first two principal components.
function* principalPlaces(vectors: Float32Array, dim: number): Work<Float32Array> {
  const count = vectors.length / dim;
  const mean = new Float32Array(dim);
  for (let i = 0; i < vectors.length; i++) mean[i % dim]! += vectors[i]! / count;
  const centred = vectors.map((value, i) => value - mean[i % dim]!);
  yield BEFORE_EPOCHS;
  const first = yield* principal(centred, dim, []);
  const second = yield* principal(centred, dim, [first]);
  const places = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) {
    places[2 * i] = dotAt(centred, i * dim, first, 0, dim);
    places[2 * i + 1] = dotAt(centred, i * dim, second, 0, dim);
  }
  return places;
}

// Power iteration on the covariance, perpendicular to the components before.
function* principal(
  centred: Float32Array,
  dim: number,
  before: readonly Float32Array[],
): Work<Float32Array> {
  const count = centred.length / dim;
  const random = randomFraction(SEED + before.length);
  let direction = Float32Array.from({ length: dim }, () => random() - 0.5);
  for (let round = 0; round < POWER_ROUNDS; round++) {
    const next = new Float32Array(dim);
    for (let i = 0; i < count; i++) {
      const score = dotAt(centred, i * dim, direction, 0, dim);
      for (let d = 0; d < dim; d++) next[d]! += score * centred[i * dim + d]!;
    }
    for (const known of before) {
      const score = dotAt(next, 0, known, 0, dim);
      for (let d = 0; d < dim; d++) next[d]! -= score * known[d]!;
    }
    const length = Math.hypot(...next);
    if (length > 0) direction = next.map((value) => value / length);
    yield BEFORE_EPOCHS;
  }
  return direction;
}

// A few pictures unlike all others make UMAP leave most of the map empty. Half of what counts along each side is the
// order of the points alone: nothing changes sides, and the voids shrink.
function evenedOut(places: Float32Array): Float32Array {
  const count = places.length / 2;
  const evened = new Float32Array(places.length);
  for (const side of [0, 1]) {
    const order = Uint32Array.from({ length: count }, (_, i) => i);
    order.sort((a, b) => places[2 * a + side]! - places[2 * b + side]! || a - b);
    const low = places[2 * order[0]! + side]!;
    const range = places[2 * order[count - 1]! + side]! - low || 1;
    order.forEach((i, rank) => {
      evened[2 * i + side] = (places[2 * i + side]! - low) / range + rank / count;
    });
  }
  return evened;
}

// UMAP keeps the places in this very array; equal ones would never part.
function spreadOut(embedding: number[][], places: Float32Array, random: () => number): void {
  const farthest = places.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const scale = START_SIDE / 2 / farthest;
  embedding.forEach((point, i) => {
    point[0] = places[2 * i]! * scale + (random() - 0.5) / 100;
    point[1] = places[2 * i + 1]! * scale + (random() - 0.5) / 100;
  });
}
