// Examples of a concept -> its classifier, and how it judges examples that it has not seen.
import { createBackground, scoreOf, scoresIn } from "./background.ts";
import { type Examples, trainClassifier } from "./classifier.ts";
import { directionOf, type Labelled, trustIn } from "./direction.ts";
import type { Judged } from "./evaluation.ts";
import { type LinearClassifier, logit, sigmoid } from "./linear.ts";
import type { Pause } from "./pause.ts";
import { expectedScore, expectedShare, fitLine, type Line } from "./true-values.ts";

/** Without so many inputs that nobody labelled there is no background, and all examples have their say. */
const BACKGROUND_MIN = 50;
const FOLDS = 5;

export type Learned = {
  readonly classifier: LinearClassifier;
  /** Labelled examples by classifiers that have not seen them, then the background; undefined where nobody was held out. */
  readonly judged: Judgements | undefined;
};
export type Judgements = {
  readonly labelled: readonly Judged[];
  readonly supposed: readonly Judged[];
};

/** Values are calibrated to the collection where there is a background, else 0.5 is the border between the two sides.
 *  Deterministic. 10 positives and a background of 1,000 of 384 numbers take about 0.1 s, in slices. */
export async function learnConcept(
  examples: Examples,
  zeroShot: LinearClassifier,
  pause: Pause,
): Promise<Learned> {
  const { dim, positives, negatives, negativeWeights } = examples;
  const sure = negativeWeights.filter((weight) => weight === 1).length;
  const hasBackground = negativeWeights.length - sure >= BACKGROUND_MIN;
  if (positives.length === 0 || !hasBackground) {
    return { classifier: await trainClassifier(examples, zeroShot, pause), judged: undefined };
  }
  const labelled = {
    positives: toRows(positives, dim),
    negatives: toRows(negatives.subarray(0, sure * dim), dim),
  };
  return learnBeside(negatives.subarray(sure * dim), labelled, zeroShot, pause);
}

async function learnBeside(
  unlabelled: Float32Array,
  labelled: Labelled,
  zeroShot: LinearClassifier,
  pause: Pause,
): Promise<Learned> {
  const dim = zeroShot.vector.length;
  const background = createBackground(unlabelled, dim);
  const directionFrom = async (some: Labelled) => {
    const trust = trustIn(background, zeroShot.vector, some.positives);
    return directionOf(background, some, zeroShot.vector, trust, pause);
  };
  const w = await directionFrom(labelled);
  const held = { positives: [] as number[], negatives: [] as number[] };
  const folds = Math.min(FOLDS, labelled.positives.length);
  for (let fold = 0; folds > 1 && fold < folds; fold++) {
    const seen = pick(labelled, (i) => i % folds !== fold);
    const without = await directionFrom(seen);
    const unseen = pick(labelled, (i) => i % folds === fold);
    const scores = (rows: readonly Float32Array[]) =>
      rows.map((x) => scoreOf(background, without, x));
    held.positives.push(...scores(unseen.positives));
    held.negatives.push(...scores(unseen.negatives));
  }
  const scores = scoresIn(background, w);
  const positive = expectedScore(held.positives);
  const byName = meanValue(unlabelled, zeroShot);
  const trust = trustIn(background, zeroShot.vector, labelled.positives);
  const line = fitLine(scores, positive, expectedShare(scores, positive, byName, trust));
  const judge = (some: readonly number[] | Float64Array, isPositive: boolean) =>
    Array.from(some, (score) => ({ logOdds: line.slope * score + line.bias, isPositive }));
  return {
    classifier: toClassifier(w, line, background.mean),
    judged:
      folds > 1
        ? {
            labelled: [...judge(held.positives, true), ...judge(held.negatives, false)],
            supposed: judge(scores, false),
          }
        : undefined,
  };
}

function toClassifier(w: Float64Array, line: Line, mean: Float64Array): LinearClassifier {
  const length = Math.hypot(...w);
  const middle = w.reduce((sum, value, d) => sum + value * mean[d]!, 0);
  return {
    vector: Float32Array.from(w, (value) => value / (length || 1)),
    scale: line.slope * length,
    bias: line.bias - line.slope * middle,
  };
}

function meanValue(rows: Float32Array, classifier: LinearClassifier): number {
  const all = toRows(rows, classifier.vector.length);
  return all.reduce((sum, x) => sum + sigmoid(logit(classifier, x)), 0) / all.length;
}

function pick({ positives, negatives }: Labelled, isIn: (i: number) => boolean): Labelled {
  return {
    positives: positives.filter((_, i) => isIn(i)),
    negatives: negatives.filter((_, i) => isIn(i)),
  };
}

function toRows(matrix: Float32Array, dim: number): readonly Float32Array[] {
  return Array.from({ length: matrix.length / dim }, (_, i) =>
    matrix.subarray(i * dim, (i + 1) * dim),
  );
}
