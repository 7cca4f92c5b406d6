// Where the good matches of a query end, as a cosine.
// - A concept that was learnt from examples has values that mean something by themselves.
// - For words, a good match is nearly as likely as the nearest one, or surely there by the calibration. None is if nothing in the
//   app answers to the words better than to words in general: evidence.ts.
// - For a picture, good matches are nearly as near as the nearest one that is another, and nearer than the background.
// - Several ranks together are compared with their background, the cosines of a sample of the app: a good match stands out from it
//   (the z-score of outlier detection, by median and quantile because matches are in the sample, too: Iglewicz and
//   Hoaglin 1993).
// The numbers are round ones near the best on 867 photographs with captions and labels and on Flickr8k's test split: `npm run eval`
// prints how good.
import { type Calibration, cosineOf } from "./calibration.ts";
import { evidenceOf, type Near } from "./evidence.ts";
import type { Rank } from "./query.ts";
import type { Term } from "./rank.ts";

/** "concept": learnt from examples; "vocabulary": known by words; "mixed": several ranks, or one that is not wanted. */
export type QueryKind = "concept" | "vocabulary" | "image" | "text" | "mixed";

/** Vectors that the background is read from: its quantiles are good to a hundredth of the spread, at 0.1 ms. */
export const BACKGROUND_SIZE = 2048;

/** A concept is there from this value on. */
const PRESENT_VALUE = 0.5;
/** From here on it is a good match whatever else there is: an app of nothing but dogs has many for "a dog". */
const SURE_VALUE = 0.7;
/** Log odds that a good match may lack to the nearest one: about 4 to 1. */
const NEAR_LOG_ODDS = 1.4;
/** What evidence for words may lack to the usual one. Who picks a concept has seen that it exists. */
const LACKING = { text: 0, vocabulary: 0.5 } as const;
/** The usual evidence, while nobody knows it: of photographs. */
const USUAL_EVIDENCE = -0.5;
/** Of several ranks: spreads above the background. */
const LEAST_Z = 2.5;
/** Of the way from the nearest picture down to the background. */
const NEAR_PART = 1 / 6;
/** The picture itself, or a copy. */
const SAME_COSINE = 0.999;
/** A standard deviation above the median of a normal distribution. */
const UPPER_QUANTILE = 0.8413;
/** Of an app whose pictures are all the same. */
const LEAST_SPREAD = 1e-3;

/** Where the cosines of a query with nothing in particular lie. */
export type Background = { readonly median: number; readonly spread: number };

export function queryKind(ranks: readonly Rank[], terms: readonly Term[]): QueryKind {
  const [rank, ...others] = ranks;
  const [term] = terms;
  if (rank === undefined || others.length > 0) return "mixed";
  if (term?.value) return term.isLearnt || rank.weight <= 0 ? "concept" : "vocabulary";
  if (rank.weight <= 0) return "mixed";
  return rank.kind === "text" || rank.kind === "concept" ? "text" : "image";
}

/** `cosines`: of the query with a sample of the app. */
export function readBackground(cosines: Float32Array): Background {
  const sorted = cosines.slice().sort();
  const median = quantile(sorted, 0.5);
  return { median, spread: Math.max(LEAST_SPREAD, quantile(sorted, UPPER_QUANTILE) - median) };
}

/** The cosine from which a hit is a good match. `nearest`: pictures of the app, whatever filters say, nearest first; `usual`:
 *  evidence of words in general. */
export function leastRelevant(
  kind: Exclude<QueryKind, "concept">,
  { median, spread }: Background,
  nearest: readonly Near[],
  calibration: Calibration,
  usual: number = USUAL_EVIDENCE,
): number {
  if (kind === "mixed") return median + LEAST_Z * spread;
  if (kind === "image") {
    const best = nearest.find(({ cosine }) => cosine < SAME_COSINE)?.cosine ?? 1;
    return Math.max(median + spread, best - NEAR_PART * (best - median));
  }
  const best = nearest[0]?.cosine ?? 1;
  const evidence = evidenceOf(nearest, calibration) ?? usual;
  if (evidence < usual - LACKING[kind]) return best + Number.EPSILON;
  return Math.min(best - NEAR_LOG_ODDS / calibration.slope, cosineOf(calibration, SURE_VALUE));
}

/** The cosine from which a single concept is there. `score` rises with the cosine. By bisection. */
export function leastPresent(score: (cosine: number) => number): number {
  let [low, high] = [-1, 1];
  if (score(high) < PRESENT_VALUE) return Number.POSITIVE_INFINITY;
  if (score(low) >= PRESENT_VALUE) return Number.NEGATIVE_INFINITY;
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (score(middle) >= PRESENT_VALUE) high = middle;
    else low = middle;
  }
  return high;
}

// `sorted` ascends; 0 if it is empty.
function quantile(sorted: Float32Array, part: number): number {
  return sorted[Math.round(part * (sorted.length - 1))] ?? 0;
}
