// A sample of the collection -> what pictures are like there that nobody picked: their mean and how they differ. A concept
// is what tells its examples from that.
import type { Pause } from "./pause.ts";

/** How much directions in which the background hardly varies are held back, as a multiple of its mean variance: of 0.1
 *  to 30 this ranks best with 1 to 20 examples (docs/decisions/0018-custom-concepts.md). */
const RIDGE = 3;
const STEPS = 20;
/** Squared length of the remainder, as a share of that of the beginning. */
const TOLERANCE = 1e-4;

export type Background = {
  readonly dim: number;
  readonly count: number;
  /** [dim] f64. */
  readonly mean: Float64Array;
  /** [count, dim] f32, rows without the mean. */
  readonly centred: Float32Array;
  /** Mean over the dimensions. */
  readonly variance: number;
};

/** `rows`: [count, dim] f32, at least one. */
export function createBackground(rows: Float32Array, dim: number): Background {
  const count = rows.length / dim;
  const mean = new Float64Array(dim);
  for (let i = 0; i < rows.length; i++) mean[i % dim]! += rows[i]! / count;
  const centred = rows.map((value, i) => value - mean[i % dim]!);
  const variance = centred.reduce((sum, value) => sum + value ** 2, 0) / rows.length;
  return { dim, count, mean, centred, variance };
}

/** How the background's rows score, around 0: [count] f64. */
export function scoresIn({ dim, count, centred }: Background, w: Float64Array): Float64Array {
  const scores = new Float64Array(count);
  for (let i = 0, at = 0; i < count; i++) {
    let sum = 0;
    for (let d = 0; d < dim; d++, at++) sum += centred[at]! * w[d]!;
    scores[i] = sum;
  }
  return scores;
}

/** How a picture scores beside the background. `x`: [dim]. */
export function scoreOf(
  { mean }: Background,
  w: Float64Array,
  x: Float32Array | Float64Array,
): number {
  let sum = 0;
  for (let d = 0; d < w.length; d++) sum += w[d]! * (x[d]! - mean[d]!);
  return sum;
}

/** `w` with scores of standard deviation 1; as it is where all score the same. */
export function toUnitSpread(background: Background, w: Float64Array): Float64Array {
  const squares = scoresIn(background, w).reduce((sum, score) => sum + score ** 2, 0);
  const spread = Math.sqrt(squares / background.count);
  return spread > 0 ? w.map((value) => value / spread) : w;
}

/** Solves (covariance + ridge) x = b by conjugate gradients, without making the matrix: in x, directions in which all
 *  pictures differ count less. That is linear discriminant analysis; examples among the background only make x shorter
 *  (Sherman and Morrison). Costs 4 * count * dim multiplications a step. */
export async function whiten(
  background: Background,
  b: Float64Array,
  pause: Pause,
): Promise<Float64Array> {
  const x = new Float64Array(b.length);
  const rest = b.slice();
  const step = b.slice();
  let squared = squaredLength(rest);
  const enough = TOLERANCE * squared;
  for (let i = 0; i < STEPS && squared > enough; i++) {
    const product = multiply(background, step);
    const length = squared / step.reduce((sum, value, d) => sum + value * product[d]!, 0);
    for (let d = 0; d < b.length; d++) {
      x[d]! += length * step[d]!;
      rest[d]! -= length * product[d]!;
    }
    const next = squaredLength(rest);
    for (let d = 0; d < b.length; d++) step[d] = rest[d]! + (next / squared) * step[d]!;
    squared = next;
    await pause();
  }
  return x;
}

// (covariance + ridge) v
function multiply(background: Background, v: Float64Array): Float64Array {
  const { dim, count, centred, variance } = background;
  const scores = scoresIn(background, v);
  const product = v.map((value) => RIDGE * variance * value);
  for (let i = 0, at = 0; i < count; i++) {
    const share = scores[i]! / count;
    for (let d = 0; d < dim; d++, at++) product[d]! += share * centred[at]!;
  }
  return product;
}

function squaredLength(v: Float64Array): number {
  return v.reduce((sum, value) => sum + value ** 2, 0);
}
