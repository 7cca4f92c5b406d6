// How good is a classifier of these examples? k-fold cross-validation: every example is judged by a classifier that
// has not seen it.
import { areaUnderRoc, type Examples, trainClassifier } from "./classifier.ts";
import { type Judgements, learnConcept } from "./learn-concept.ts";
import { type LinearClassifier, logit } from "./linear.ts";
import { createPause, type Pause } from "./pause.ts";

const FOLDS = 5;
/** Examples on either side without which a number would say nothing. */
const EXAMPLES_MIN = 2;

/** Of one concept, at the border value 0.5; all 0..1. */
export type Metrics = {
  /** Examples that were judged. */
  readonly positives: number;
  readonly negatives: number;
  readonly rocAuc: number;
  readonly averagePrecision: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
};

/** Log odds of a held-out example, and whether the concept is there. */
export type Judged = { readonly logOdds: number; readonly isPositive: boolean };

export type Studied = {
  readonly classifier: LinearClassifier;
  readonly metrics: Metrics | undefined;
};

/** Learns a concept and says how well. No metrics with fewer than 2 positives or 2 negatives. Negatives that are only
 *  supposed to be such are judged where no others are. Trains up to 6 classifiers. */
export async function study(
  examples: Examples,
  zeroShot: LinearClassifier,
  pause: Pause = createPause(),
): Promise<Studied> {
  const { classifier, judged } = await learnConcept(examples, zeroShot, pause);
  const metrics = judged ? measure(judgedOf(judged)) : await evaluate(examples, zeroShot, pause);
  return { classifier, metrics };
}

function judgedOf({ labelled, supposed }: Judgements): readonly Judged[] {
  const negatives = labelled.filter(({ isPositive }) => !isPositive);
  const positives = labelled.filter(({ isPositive }) => isPositive);
  return negatives.length >= EXAMPLES_MIN ? labelled : [...positives, ...supposed];
}

/** As `study`, where there is no background to learn beside. */
export async function evaluate(
  examples: Examples,
  zeroShot: LinearClassifier,
  pause: Pause = createPause(),
): Promise<Metrics | undefined> {
  const { dim, negativeWeights } = examples;
  const positives = examples.positives.length / dim;
  const sure = negativeWeights.filter((weight) => weight === 1).length;
  const least = sure >= EXAMPLES_MIN ? 1 : 0;
  const judgedNegatives = least === 1 ? sure : negativeWeights.length;
  if (Math.min(positives, judgedNegatives) < EXAMPLES_MIN) return undefined;
  const folds = Math.min(FOLDS, positives, judgedNegatives);
  const judged: Judged[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const classifier = await trainClassifier(
      pick(examples, (i) => i % folds !== fold),
      zeroShot,
      pause,
    );
    const held = pick(examples, (i) => i % folds === fold);
    judged.push(...judge(classifier, held, least));
  }
  return measure(judged);
}

function pick(examples: Examples, isIn: (i: number) => boolean): Examples {
  const { dim } = examples;
  const rows = (matrix: Float32Array) => {
    const kept = Array.from({ length: matrix.length / dim }, (_, i) => i).filter(isIn);
    const picked = new Float32Array(kept.length * dim);
    kept.forEach((from, to) => {
      picked.set(matrix.subarray(from * dim, (from + 1) * dim), to * dim);
    });
    return picked;
  };
  return {
    dim,
    positives: rows(examples.positives),
    negatives: rows(examples.negatives),
    negativeWeights: examples.negativeWeights.filter((_, i) => isIn(i)),
  };
}

function judge(classifier: LinearClassifier, held: Examples, leastWeight: number): Judged[] {
  const { dim, positives, negatives, negativeWeights } = held;
  const logOdds = (matrix: Float32Array) =>
    Array.from({ length: matrix.length / dim }, (_, i) =>
      logit(classifier, matrix.subarray(i * dim, (i + 1) * dim)),
    );
  return [
    ...logOdds(positives).map((odds) => ({ logOdds: odds, isPositive: true })),
    ...logOdds(negatives)
      .filter((_, i) => negativeWeights[i]! >= leastWeight)
      .map((odds) => ({ logOdds: odds, isPositive: false })),
  ];
}

/** What judged examples amount to; there must be positives and negatives. */
export function measure(judged: readonly Judged[]): Metrics {
  const positives = judged.filter(({ isPositive }) => isPositive).map(({ logOdds }) => logOdds);
  const negatives = judged.filter(({ isPositive }) => !isPositive).map(({ logOdds }) => logOdds);
  const hits = positives.filter((odds) => odds >= 0).length;
  const falseHits = negatives.filter((odds) => odds >= 0).length;
  const precision = hits + falseHits === 0 ? 0 : hits / (hits + falseHits);
  const recall = hits / positives.length;
  return {
    positives: positives.length,
    negatives: negatives.length,
    rocAuc: areaUnderRoc(positives, negatives),
    averagePrecision: averagePrecision(judged),
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  };
}

// The mean, over positives, of the share of positives among what ranks at least as high.
function averagePrecision(judged: readonly Judged[]): number {
  const ranked = [...judged].sort(
    (a, b) => b.logOdds - a.logOdds || Number(a.isPositive) - Number(b.isPositive),
  );
  let [hits, sum] = [0, 0];
  ranked.forEach(({ isPositive }, i) => {
    if (!isPositive) return;
    hits++;
    sum += hits / (i + 1);
  });
  return sum / hits;
}
