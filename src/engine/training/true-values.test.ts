import { expect, test } from "vitest";
import { expectedScore, expectedShare, fitLine } from "./true-values.ts";

// 900 scores around 0, 100 around 4, of a bell.
const bell = (count: number, middle: number) =>
  Array.from({ length: count }, (_, i) => {
    const part = (i + 0.5) / count;
    return middle + Math.log(part / (1 - part)) * 0.55; // logistic, deviation 1
  });
const scores = Float64Array.from([...bell(900, 0), ...bell(100, 4)]);

function valuesOf(score: Float64Array, positive: number, share: number): readonly number[] {
  const { slope, bias } = fitLine(score, positive, share);
  return Array.from(score, (one) => 1 / (1 + Math.exp(-slope * one - bias)));
}

test("values add up to the share that shows the concept", () => {
  for (const share of [0.02, 0.1, 0.3]) {
    const values = valuesOf(scores, 4, share);
    expect(values.reduce((sum, value) => sum + value, 0) / 1000).toBeCloseTo(share, 2);
  }
});

test("values tell the two sides apart where examples score as one of them does", () => {
  const values = valuesOf(scores, 4, 0.1);
  const right = values.filter((value, i) => value >= 0.5 === i >= 900).length;
  expect(right).toBeGreaterThan(980);
});

test("values are unsure where examples score as all do", () => {
  expect(Math.max(...valuesOf(scores, 0.5, 0.1))).toBeLessThan(0.75);
});

test("the share is found from how many score as examples do, and from the name", () => {
  const byBoth = expectedShare(scores, 4, { byName: 0.1, trust: 1, examples: 4 });
  expect(byBoth).toBeGreaterThan(0.07);
  expect(byBoth).toBeLessThan(0.13);
  const wrong = (trust: number, examples: number) =>
    expectedShare(scores, 4, { byName: 0.001, trust, examples });
  expect(wrong(1, 4)).toBeLessThan(byBoth);
  expect(wrong(0, 4)).toBeGreaterThan(wrong(1, 4));
  expect(wrong(1, 40)).toBeGreaterThan(wrong(1, 4));
});

test("few examples are not taken at their word", () => {
  expect(expectedScore([])).toBe(2.5);
  expect(expectedScore([10])).toBeLessThan(5);
  expect(expectedScore(Array(100).fill(4))).toBeCloseTo(4, 1);
});

test("equal scores have equal values", () => {
  const { slope, bias } = fitLine(new Float64Array(60), 2.5, 0.02);
  expect(Number.isFinite(slope) && Number.isFinite(bias)).toBe(true);
});
