// Examples of a concept -> its classifier, and how it judges examples that it has not seen.
import { type Background, createBackground, scoreOf, scoresIn } from "./background.ts";
import { type Examples, trainClassifier } from "./classifier.ts";
import { directionOf, type Labelled, trustIn } from "./direction.ts";
import type { Judged } from "./evaluation.ts";
import { type LinearClassifier, logit, sigmoid } from "./linear.ts";
import type { Pause } from "./pause.ts";
import { expectedScore, expectedShare, fitLine, type Line } from "./true-values.ts";

/** Without so many inputs that nobody labelled there is no background, and all examples have their say. */
const BACKGROUND_MIN = 50;
const FOLDS = 5;
/** Inputs of this value and more are likely to show it. Where it is so common, they are no part of what it is told from;
 *  of a rare one only the hardest others would go (docs/decisions/0018-custom-concepts.md). */
const LIKELY = 0.3;
const COMMON = 0.05;

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
  const all = { background, others: background, zeroShot, byName: meanValue(unlabelled, zeroShot) };
  const first = await learnAmong(all, labelled, pause);
  const others = toOthers(unlabelled, dim, first);
  if (others === undefined) return toLearned(background, first);
  return toLearned(background, await learnAmong({ ...all, others }, labelled, pause));
}

// Without those that the first look takes for positives: they would hide what makes them so.
function toOthers(
  unlabelled: Float32Array,
  dim: number,
  { scores, line }: Found,
): Background | undefined {
  const values = Array.from(scores, (score) => sigmoid(line.slope * score + line.bias));
  const share = values.reduce((sum, value) => sum + value, 0) / values.length;
  const rows = toRows(unlabelled, dim).filter((_, i) => values[i]! < LIKELY);
  if (share < COMMON || rows.length < BACKGROUND_MIN) return undefined;
  const kept = new Float32Array(rows.length * dim);
  rows.forEach((row, i) => {
    kept.set(row, i * dim);
  });
  return createBackground(kept, dim);
}

type Surroundings = {
  readonly background: Background;
  readonly others: Background;
  readonly zeroShot: LinearClassifier;
  readonly byName: number;
};
/** `scores`: of the background; `held`: of examples that were held out, none with one positive. */
type Found = {
  readonly w: Float64Array;
  readonly line: Line;
  readonly scores: Float64Array;
  readonly held: { readonly positives: readonly number[]; readonly negatives: readonly number[] };
};

async function learnAmong(
  { background, others, zeroShot, byName }: Surroundings,
  labelled: Labelled,
  pause: Pause,
): Promise<Found> {
  const name = zeroShot.vector;
  const directionFrom = (some: Labelled) => {
    const trust = trustIn(background, name, some.positives);
    return directionOf(background, others, some, name, trust, pause);
  };
  const w = await directionFrom(labelled);
  const held = await holdOut(background, labelled, directionFrom);
  const scores = scoresIn(background, w);
  const positive = expectedScore(held.positives);
  const trust = trustIn(background, name, labelled.positives);
  const clues = { byName, trust, examples: labelled.positives.length };
  const line = fitLine(scores, positive, expectedShare(scores, positive, clues));
  return { w, line, scores, held };
}

// Each example scored by a direction that has not seen it.
async function holdOut(
  background: Background,
  labelled: Labelled,
  directionFrom: (some: Labelled) => Promise<Float64Array>,
): Promise<Found["held"]> {
  const [positives, negatives]: [number[], number[]] = [[], []];
  const folds = Math.min(FOLDS, labelled.positives.length);
  if (folds < 2) return { positives, negatives };
  for (let fold = 0; fold < folds; fold++) {
    const w = await directionFrom(pick(labelled, (i) => i % folds !== fold));
    const unseen = pick(labelled, (i) => i % folds === fold);
    positives.push(...unseen.positives.map((x) => scoreOf(background, w, x)));
    negatives.push(...unseen.negatives.map((x) => scoreOf(background, w, x)));
  }
  return { positives, negatives };
}

function toLearned(background: Background, { w, line, scores, held }: Found): Learned {
  const judge = (some: readonly number[] | Float64Array, isPositive: boolean) =>
    Array.from(some, (score) => ({ logOdds: line.slope * score + line.bias, isPositive }));
  const labelled = [...judge(held.positives, true), ...judge(held.negatives, false)];
  return {
    classifier: toClassifier(w, line, background.mean),
    judged: held.positives.length > 0 ? { labelled, supposed: judge(scores, false) } : undefined,
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
