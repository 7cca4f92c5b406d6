// Where the good matches of a query end, as a cosine. A single concept that was learnt from examples has values that mean
// something by themselves. Any other query is compared with its own background, the cosines of a sample of the app: a good match stands out
// from it by some spreads (the z-score of outlier detection; median and quantiles, because matches are in the sample,
// too: Iglewicz and Hoaglin 1993, How to Detect and Handle Outliers). A caption is a text like a concept's prompts, and
// both are cut alike: what their calibration says surely is there counts, and what it says surely is not does not, whatever the
// background; an app of nothing but dogs has many good matches for "a dog".
// The numbers are round ones near the best on 867 photographs with captions and labels: `npm run eval` prints how good.
import { type Calibration, cosineOf } from "./calibration.ts";
import type { Rank } from "./query.ts";
import type { Term } from "./rank.ts";

/** "mixed": several ranks, or one that is not wanted. */
export type QueryKind = "concept" | "image" | "text" | "mixed";

/** Vectors that the background is read from: its quantiles are good to a hundredth of the spread, at 0.1 ms. */
export const BACKGROUND_SIZE = 2048;

/** Spreads above the background. */
const LEAST_Z: Readonly<Record<Exclude<QueryKind, "concept">, number>> = {
  image: 2.6,
  text: 2.3,
  mixed: 2.5,
};
/** A concept is there from this value on. */
const PRESENT_VALUE = 0.5;
/** Of a caption: below the first no match is good, from the second on every one. */
const CAPTION_VALUES = [0.2, PRESENT_VALUE] as const;
/** A standard deviation above the median of a normal distribution. */
const UPPER_QUANTILE = 0.8413;
/** Of an app whose pictures are all the same. */
const LEAST_SPREAD = 1e-3;

export function queryKind(ranks: readonly Rank[], terms: readonly Term[]): QueryKind {
  const [rank, ...others] = ranks;
  if (rank === undefined || others.length > 0) return "mixed";
  const isByWords = terms[0]?.value && !terms[0].isLearnt && rank.weight > 0;
  if (terms[0]?.value) return isByWords ? "text" : "concept";
  if (rank.weight <= 0) return "mixed";
  return rank.kind === "text" || rank.kind === "concept" ? "text" : "image";
}

/** The cosine from which a hit is a good match. `background`: cosines of the query with a sample of the app. */
export function leastRelevant(
  kind: Exclude<QueryKind, "concept">,
  background: Float32Array,
  calibration: Calibration,
): number {
  const sorted = background.slice().sort();
  const median = quantile(sorted, 0.5);
  const spread = Math.max(LEAST_SPREAD, quantile(sorted, UPPER_QUANTILE) - median);
  const outstanding = median + LEAST_Z[kind] * spread;
  if (kind !== "text") return outstanding;
  const [least, sure] = CAPTION_VALUES.map((value) => cosineOf(calibration, value));
  return Math.min(Math.max(outstanding, least!), sure!);
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
