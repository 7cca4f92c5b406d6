import { describe, expect, test } from "vitest";
import { randomVectors } from "../../bench/vectors.ts";
import type { Rank } from "./query.ts";
import { leastPresent, leastRelevant, queryKind } from "./relevance.ts";

const calibration = { slope: 20, threshold: 0.6 };
// Values 0.2 and 0.5 of a concept.
const [unlikely, sure] = [0.6 - Math.log(4) / 20, 0.6];

/** Cosines around `mean`, evenly spread to `reach` on both sides. */
const around = (mean: number, reach: number) =>
  Float32Array.from({ length: 1001 }, (_, i) => mean + reach * (i / 500 - 1));

describe("a good match", () => {
  test("of an image stands out from the background", () => {
    // The upper spread of an even distribution: 0.8413 lies 0.6826 of the way out.
    expect(leastRelevant("image", around(0.3, 0.1), calibration)).toBeCloseTo(
      0.3 + 2.6 * 0.06826,
      3,
    );
  });

  test("of a caption is neither below what is unlikely nor above what is sure", () => {
    expect(leastRelevant("text", around(0, 0.1), calibration)).toBeCloseTo(unlikely, 6);
    expect(leastRelevant("text", around(0.4, 0.1), calibration)).toBeCloseTo(
      0.4 + 2.3 * 0.06826,
      3,
    );
    expect(leastRelevant("text", around(0.7, 0.1), calibration)).toBeCloseTo(sure, 6);
  });

  test("is none of equal pictures, and nothing fails without any", () => {
    expect(leastRelevant("mixed", new Float32Array(10).fill(0.5), calibration)).toBeGreaterThan(
      0.5,
    );
    expect(leastRelevant("mixed", new Float32Array(), calibration)).toBeGreaterThan(0);
  });

  test("of a concept has a value of 0.5 or more", () => {
    expect(leastPresent((cosine) => (1 + cosine) / 2)).toBeCloseTo(0, 9);
    expect(leastPresent(() => 0.4)).toBe(Number.POSITIVE_INFINITY);
    expect(leastPresent(() => 0.9)).toBe(Number.NEGATIVE_INFINITY);
  });
});

test("the kind of a query is that of its only rank, if that is wanted", () => {
  const vector = randomVectors(1, 4, 1);
  const text = (weight: number): Rank => ({ kind: "text", text: "a", weight });
  const term = { vector, weight: 1 };
  expect(queryKind([text(1)], [term])).toBe("text");
  expect(queryKind([text(-1)], [term])).toBe("mixed");
  expect(queryKind([text(1), text(1)], [term, term])).toBe("mixed");
  expect(queryKind([{ kind: "input", inputId: "a", weight: 1 }], [term])).toBe("image");
  const concept: Rank = { kind: "concept", concept: "dog", weight: -1 };
  const value = (cosine: number) => cosine;
  expect(queryKind([concept], [{ ...term, value }])).toBe("concept");
  const wanted: Rank = { ...concept, weight: 1 };
  expect(queryKind([wanted], [{ ...term, value }])).toBe("text");
  expect(queryKind([wanted], [{ ...term, value, isLearnt: true }])).toBe("concept");
});
