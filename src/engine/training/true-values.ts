// Scores of the collection, and how examples score that were held out -> values that mean what they say: of the pictures
// with value 0.8, four of five show the concept. Nobody labelled the collection: it is a mixture, and from mixtures alone
// learn du Plessis et al. 2015, "Convex formulation for learning from positive and unlabeled data" (ICML).

/** What a positive scores before anybody looks, in standard deviations of the collection, and how many examples that is
 *  worth. */
const EXPECTED = { score: 2.5, examples: 3 } as const;
/** Share of the collection that shows a concept, where a name says nothing. */
const RARE = 0.02;
const MOST = 0.4;
/** Log odds per standard deviation before anybody looks, and how many inputs that is worth. */
const SLOPE = { prior: 2, weight: 5, least: 0.2 } as const;
const STEPS = 60;

/** log odds = slope * score + bias */
export type Line = { readonly slope: number; readonly bias: number };

/** What scores of positives come to, by those that were held out. */
export function expectedScore(held: readonly number[]): number {
  const sum = held.reduce((total, score) => total + score, EXPECTED.score * EXPECTED.examples);
  return sum / (held.length + EXPECTED.examples);
}

/** The share of the collection that shows the concept, by what the name's values add up to and by how many score as
 *  positives do: half of the positives are above their mean, and few others. `byName`: mean value of the name alone, 0..1;
 *  `trust` in it: 0..1. */
export function expectedShare(
  scores: Float64Array,
  positive: number,
  byName: number,
  trust: number,
): number {
  const within = (share: number) => Math.min(MOST, Math.max(1 / scores.length, share));
  const above = scores.filter((score) => score >= positive).length / scores.length;
  const said = trust * Math.log(within(byName)) + (1 - trust) * Math.log(RARE);
  return within(Math.exp((said + Math.log(within(2 * above))) / 2));
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
  return { slope: Math.max(SLOPE.least, slope), bias };
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
