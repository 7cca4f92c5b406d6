// Vectors that the layout has not seen -> their places among those it has: the mean of the nearest ones. Searched
// within the nearest clusters only, a tenth of the work: a few points lie a little beside where they would.
import { dotAt } from "./k-means.ts";
import { greatest } from "./layout.ts";

/** Fitted neighbours whose places are averaged. */
const NEIGHBOURS = 5;
/** Clusters that are searched. */
const CLUSTERS = 3;
/** Greater: the nearest neighbour counts more. */
const SHARPNESS = 24;

/** What the layout was made from, and where it put it. */
export type Fitted = {
  /** [n, dim] f32, unit length. */
  readonly vectors: Float32Array;
  readonly dim: number;
  /** [n, 2] f32. */
  readonly places: Float32Array;
  /** [k, dim] f32. */
  readonly centres: Float32Array;
  /** [n] of 0 .. k - 1. */
  readonly clusters: Uint16Array;
};

export type Placed = { readonly places: Float32Array; readonly clusters: Uint16Array };

export class Placement {
  readonly #fitted: Fitted;
  readonly #members: readonly Uint32Array[];

  constructor(fitted: Fitted) {
    this.#fitted = fitted;
    const k = fitted.centres.length / fitted.dim;
    const members = Array.from({ length: k }, (): number[] => []);
    fitted.clusters.forEach((cluster, i) => void members[cluster]?.push(i));
    this.#members = members.map((places) => Uint32Array.from(places));
  }

  /** `vectors`: [m, dim] f32, unit length. */
  place(vectors: Float32Array): Placed {
    const { dim } = this.#fitted;
    const count = vectors.length / dim;
    const places = new Float32Array(2 * count);
    const clusters = new Uint16Array(count);
    for (let i = 0; i < count; i++) {
      const nearest = this.#nearestClusters(vectors, i * dim);
      clusters[i] = nearest[0] ?? 0;
      places.set(this.#placeOf(vectors, i * dim, nearest), 2 * i);
    }
    return { places, clusters };
  }

  #nearestClusters(vectors: Float32Array, from: number): readonly number[] {
    const { centres, dim } = this.#fitted;
    const scores = Float32Array.from(this.#members, (_, centre) =>
      dotAt(centres, centre * dim, vectors, from, dim),
    );
    return greatest(scores, CLUSTERS);
  }

  #placeOf(vectors: Float32Array, from: number, clusters: readonly number[]): [number, number] {
    const { vectors: fitted, dim, places } = this.#fitted;
    const among = clusters.flatMap((cluster) => [...(this.#members[cluster] ?? [])]);
    const scores = Float32Array.from(among, (i) => dotAt(fitted, i * dim, vectors, from, dim));
    const nearest = greatest(scores, NEIGHBOURS);
    const best = scores[nearest[0] ?? 0] ?? 0;
    let [x, y, sum] = [0, 0, 0];
    for (const at of nearest) {
      const weight = Math.exp(SHARPNESS * (scores[at]! - best));
      x += weight * places[2 * among[at]!]!;
      y += weight * places[2 * among[at]! + 1]!;
      sum += weight;
    }
    return sum > 0 ? [x / sum, y / sum] : [0, 0];
  }
}
