// Scores of the collection, and how examples score that were held out -> values that are meant to be true: of the pictures
// with value 0.8, four of five should show the concept. Nobody labelled the collection: it is a mixture, and from mixtures alone
// learn du Plessis et al. 2015, "Convex formulation for learning from positive and unlabeled data" (ICML).

/** What a positive scores before anybody looks, in standard deviations of the collection, and how many examples that is
 *  worth. */
const EXPECTED = { score: 2.5, examples: 3 } as const;
/** Share of the collection that shows a concept, where a name says nothing. */
const RARE = 0.02;
const MOST = 0.4;
/** With so many examples the name counts half as much as with none. */
const NAME_EXAMPLES = 4;
/** Log odds per standard deviation before anybody looks, and how many inputs that is worth. */
const SLOPE = { prior: 2, weight: 5, least: 0.2 } as const;
const STEPS = 60;
/** Log odds of a share that no collection is large enough for. */
const BIAS_REACH = 30;

/** log odds = slope * score + bias */
export type Line = { readonly slope: number; readonly bias: number };

/** What scores of positives come to, by those that were held out. */
export function expectedScore(held: readonly number[]): number {
  const sum = held.reduce((total, score) => total + score, EXPECTED.score * EXPECTED.examples);
  return sum / (held.length + EXPECTED.examples);
}

/** What is known of how many pictures show a concept. */
export type ShareClues = {
  /** Mean value of the name alone, 0..1. */
  readonly byName: number;
  /** In the name, 0..1. */
  readonly trust: number;
  readonly examples: number;
};

/** The share of the collection that shows the concept. Half of the positives are above their mean, and others as many as
 *  lie as far below the middle; and there is what the name's values add up to, which counts less with each example. */
export function expectedShare(
  scores: Float64Array,
  positive: number,
  { byName, trust, examples }: ShareClues,
): number {
  const within = (share: number) => Math.min(MOST, Math.max(1 / scores.length, share));
  const above = scores.filter((score) => score >= positive).length;
  const below = scores.filter((score) => score <= -positive).length;
  const counted = Math.log(within((2 * (above - below)) / scores.length));
  const said = trust * Math.log(within(byName)) + (1 - trust) * Math.log(RARE);
  const weight = NAME_EXAMPLES / (NAME_EXAMPLES + examples);
  return within(Math.exp((weight * said + counted) / (weight + 1)));
}

/** The line whose values add up to `share` of the scores, and lie where positives do. Newton's method on a convex
 *  function of two numbers. */
export function fitLine(scores: Float64Array, positive: number, share: number): Line {
  let slope: number = SLOPE.prior;
  let bias = Math.log(share / (1 - share)) - slope;
  const held = SLOPE.weight / scores.length;
  for (let step = 0; step < STEPS; step++) {
    const sums = sumUp(scores, { slope, bias });
    const onSlope = sums.first + held * (slope - SLOPE.prior) - share * positive;
    const onBias = sums.zeroth - share;
    const [aa, ab, bb] = [sums.bend2 + held, sums.bend1, sums.bend0 + 1e-9];
    const determinant = aa * bb - ab * ab;
    const down = (bb * onSlope - ab * onBias) / determinant;
    const aside = (aa * onBias - ab * onSlope) / determinant;
    const length = Math.min(1, 1 / Math.max(Math.abs(down), Math.abs(aside) / 3));
    slope -= length * down;
    bias -= length * aside;
    if (Math.abs(down) + Math.abs(aside) < 1e-6) break;
  }
  return withShare(scores, Math.max(SLOPE.least, slope), share);
}

// Where examples score as too few others do, Newton's method stops on its way: the sum is what must hold.
function withShare(scores: Float64Array, slope: number, share: number): Line {
  const reach = slope * Math.max(...scores.map(Math.abs)) + BIAS_REACH;
  let [low, high] = [-reach, reach];
  for (let step = 0; step < STEPS; step++) {
    const bias = (low + high) / 2;
    if (sumUp(scores, { slope, bias }).zeroth < share) low = bias;
    else high = bias;
  }
  return { slope, bias: (low + high) / 2 };
}

// Means of the values, of values times scores, and of how fast they rise.
function sumUp(scores: Float64Array, { slope, bias }: Line) {
  const sums = { zeroth: 0, first: 0, bend0: 0, bend1: 0, bend2: 0 };
  for (const score of scores) {
    const value = 1 / (1 + Math.exp(-slope * score - bias)) / scores.length;
    const bend = value * (1 - value * scores.length);
    sums.zeroth += value;
    sums.first += value * score;
    sums.bend0 += bend;
    sums.bend1 += bend * score;
    sums.bend2 += bend * score * score;
  }
  return sums;
}
