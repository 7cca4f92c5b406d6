// How much a term of a search may count: a few steps that people can tell apart.

export const WEIGHTS = [0.25, 0.5, 1, 2, 4] as const;

/** The next greater (`step` 1) or lesser (-1) weight of the same sign; the same one at the end. */
export function nextWeight(weight: number, step: 1 | -1): number {
  const size = Math.abs(weight);
  const next = step > 0 ? WEIGHTS.find((one) => one > size) : WEIGHTS.findLast((one) => one < size);
  return Math.sign(weight) * (next ?? size);
}

/** "2x", "" for 1. */
export function toWeightText(weight: number): string {
  const size = Math.abs(weight);
  return size === 1 ? "" : `${size}×`;
}
