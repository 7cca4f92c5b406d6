// An embedding -> the coarse cell of the vector space that it falls into. Planes lie between pairs of sections of the
// vocabulary: "more like mammals, or more like buildings?" The middle of images lies far from the origin, so that
// planes drawn at random would leave most of them on one side.
import type { Concepts } from "./concepts.ts";
import { dot } from "./training/linear.ts";

/** 2 ** 10 cells. */
const PLANES = 10;

export type Cluster = {
  /** The sides of all planes as three hexadecimal digits. */
  readonly id: string;
  /** The distances to the first two planes, -1 .. 1: a place on a map. */
  readonly projection: readonly [number, number];
};

export class Clusters {
  /** [dim] f32 each, unit length. */
  readonly #normals: readonly Float32Array[];

  constructor(concepts: Concepts) {
    const centres = concepts.categories().map((category) => centreOf(concepts, category));
    const others = centres.slice(centres.length >> 1); // sections of one kind stand together
    this.#normals = centres
      .slice(0, PLANES)
      .map((centre, i) => toUnit(subtract(centre, others[i] as Float32Array)));
  }

  /** `vector`: [dim] f32, unit length. */
  of(vector: Float32Array): Cluster {
    const distances = this.#normals.map((normal) => dot(normal, vector));
    const cell = distances.reduce((bits, distance) => bits * 2 + (distance > 0 ? 1 : 0), 0);
    const [x = 0, y = 0] = distances;
    return { id: cell.toString(16).padStart(3, "0"), projection: [x, y] };
  }
}

function centreOf(concepts: Concepts, category: string): Float32Array {
  const vectors = concepts.indicesIn(new Set([category])).map((i) => concepts.embedding(i));
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) {
    for (let d = 0; d < sum.length; d++) sum[d]! += vector[d]!;
  }
  return toUnit(sum);
}

function subtract(one: Float32Array, other: Float32Array): Float32Array {
  return one.map((value, d) => value - other[d]!);
}

function toUnit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / (length || 1));
}
