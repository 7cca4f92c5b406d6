// A few examples, the words of the name and the background -> the direction in which pictures show a concept more.
import { type Background, scoreOf, scoresIn, toUnitSpread, whiten } from "./background.ts";
import { minimise, type Objective } from "./lbfgs.ts";
import type { Pause } from "./pause.ts";

// Chosen with the embedded encoder on labels and captions of 867 photographs, 1 to 20 positives, also with the name of
// another concept (docs/decisions/0018-custom-concepts.md).

/** So many examples say as much as a name that is to be trusted. */
const NAME_EXAMPLES = 6;
/** A name is believed before it is tried, as if so many positives had scored above this share of the background. */
const BELIEF = { examples: 4, share: 0.95 } as const;
/** Variance of the weights around what positives and the name say, where negatives are labelled, too: they are mostly
 *  refused suggestions, the hardest ones, and would turn it around. */
const VARIANCE = 2;
/** Log odds per standard deviation, log odds in the middle, and how sure that is: of the prior, before it is calibrated. */
const PRIOR = { slope: 2, bias: -4, biasDeviation: 3 } as const;
const STOP = { iterations: 60, tolerance: 1e-2 };

/** Rows of [dim] f32, unit length. */
export type Labelled = {
  readonly positives: readonly Float32Array[];
  readonly negatives: readonly Float32Array[];
};

/** [dim] f64: scores of standard deviation 1 in the background. `others`: those of the background that hardly show it.
 *  `name`: [dim] f32, the embedding of the name; `trust` in it: 0..1. There must be a positive. */
export async function directionOf(
  background: Background,
  others: Background,
  labelled: Labelled,
  name: Float32Array,
  trust: number,
  pause: Pause,
): Promise<Float64Array> {
  const { positives, negatives } = labelled;
  const said = toUnitSpread(background, Float64Array.from(name));
  const shown = toUnitSpread(
    background,
    await whiten(others, differenceOf(others, positives), pause),
  );
  const examples = NAME_EXAMPLES * trust;
  const share = examples / (examples + positives.length);
  const mixed = toUnitSpread(
    background,
    shown.map((value, d) => (1 - share) * value + share * said[d]!),
  );
  return negatives.length === 0 ? mixed : refine(background, labelled, mixed, pause);
}

/** How far the words of the name tell positives from the background: 1 fully, 0 not at all. */
export function trustIn(
  background: Background,
  name: Float32Array,
  positives: readonly Float32Array[],
): number {
  const w = Float64Array.from(name);
  const scores = scoresIn(background, w);
  const shares = positives.map((x) => {
    const own = scoreOf(background, w, x);
    return scores.filter((score) => score < own).length / scores.length;
  });
  const sum = shares.reduce((total, share) => total + share, BELIEF.examples * BELIEF.share);
  return Math.max(0, (2 * sum) / (positives.length + BELIEF.examples) - 1);
}

// From the mean of the background to that of the positives.
function differenceOf({ mean }: Background, positives: readonly Float32Array[]): Float64Array {
  const difference = mean.map((value) => -value);
  for (const x of positives) {
    for (let d = 0; d < x.length; d++) difference[d]! += x[d]! / positives.length;
  }
  return difference;
}

// Logistic regression on what is labelled, with a Gaussian prior around `w`.
async function refine(
  background: Background,
  labelled: Labelled,
  w: Float64Array,
  pause: Pause,
): Promise<Float64Array> {
  const start = new Float64Array(w.length + 1);
  const parameters = await minimise(loss(background, labelled, w), start, { ...STOP, pause });
  const factor = Math.sqrt(VARIANCE) / PRIOR.slope;
  return toUnitSpread(
    background,
    w.map((value, d) => value + factor * parameters[d]!),
  );
}

// Parameters are differences to the prior in standard deviations: [weights, bias].
function loss(background: Background, labelled: Labelled, w: Float64Array): Objective {
  const deviation = Math.sqrt(VARIANCE);
  const { dim, mean } = background;
  const examples = [...labelled.positives, ...labelled.negatives].map((x, i) => ({
    x: Float64Array.from(x, (value, d) => value - mean[d]!),
    prior: PRIOR.slope * scoreOf(background, w, x) + PRIOR.bias,
    sign: i < labelled.positives.length ? 1 : -1,
  }));
  return (parameters, gradient) => {
    gradient.set(parameters);
    let value = parameters.reduce((sum, parameter) => sum + parameter ** 2 / 2, 0);
    for (const { x, prior, sign } of examples) {
      let logOdds = prior + PRIOR.biasDeviation * parameters[dim]!;
      for (let d = 0; d < dim; d++) logOdds += deviation * parameters[d]! * x[d]!;
      const wrong = 1 / (1 + Math.exp(sign * logOdds)); // 0..1
      value -= Math.log1p(-Math.min(wrong, 1 - Number.EPSILON));
      for (let d = 0; d < dim; d++) gradient[d]! -= deviation * sign * wrong * x[d]!;
      gradient[dim]! -= PRIOR.biasDeviation * sign * wrong;
    }
    return value;
  };
}
