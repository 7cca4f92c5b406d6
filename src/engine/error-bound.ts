// How far the int8 score of a row can be from its exact one.

/** How far the length of a unit vector may be from 1. */
export const UNIT_TOLERANCE = 1e-4;
// Float32 rounding of int8 scores and scales, with room to spare.
const ROUNDING = 2e-6;

/** The approximate score below which no row has an exact score of `score` or more. By bisection.
 *  What the guarantee costs for k = 50: 84 to 114 reads of 100k vectors of 384, 144 to 173 of
 *  1M. */
export function leastApproximate(score: number, queryError: number, maxResidual: number): number {
  let low = -2;
  let high = 1;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (greatestExact(middle, queryError, maxResidual) < score) low = middle;
    else high = middle;
  }
  return low;
}

/** The greatest exact score of a row with this approximate score. A guarantee, not an estimate.
 *  With v = c + r (c the quantised vector, r what it lost) and q = p + e likewise, the approximate
 *  score is a = p.c and the exact one q.v = a + e.c + q.r. |e.c| <= |e| as |c| <= 1. The scale of
 *  c is its least-squares one, so r is orthogonal to c, and only the part of q beside c counts:
 *  |q.r| <= sqrt(1 - cos(q, c)^2) |r|, where |cos(q, c)| >= |q.c| >= |a| - |e|. */
function greatestExact(approximate: number, queryError: number, maxResidual: number): number {
  const cosine = Math.max(0, Math.abs(approximate) * (1 - UNIT_TOLERANCE) - queryError);
  const beside = Math.sqrt(Math.max(0, 1 - cosine * cosine));
  return approximate + queryError + beside * maxResidual + ROUNDING;
}
