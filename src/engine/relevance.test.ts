import { describe, expect, test } from "vitest";
import { randomVectors } from "../../bench/vectors.ts";
import type { Near } from "./evidence.ts";
import type { Rank } from "./query.ts";
import { leastPresent, leastRelevant, queryKind, readBackground } from "./relevance.ts";

const calibration = { slope: 20, threshold: 0.6 };
/** Cosines around `mean`, evenly spread to `reach` on both sides. */
const around = (mean: number, reach: number) =>
  Float32Array.from({ length: 1001 }, (_, i) => mean + reach * (i / 500 - 1));

// Log odds of 1 are 0.05.
const { EPSILON } = Number;
const text = (nearest: readonly Near[]) =>
  leastRelevant("text", readBackground(around(0.2, 0.1)), nearest, calibration);

describe("a good match", () => {
  test("of an image is near to the nearest that is another", () => {
    const background = readBackground(around(0.3, 0.1));
    const image = (...cosines: number[]) =>
      leastRelevant(
        "image",
        background,
        cosines.map((cosine) => ({ cosine })),
        calibration,
      );
    // The upper spread of an even distribution: 0.8413 lies 0.6826 of the way out.
    expect(image(1, 0.31)).toBeCloseTo(0.3 + 0.06826, 3);
    expect(image(1, 0.9, 0.8)).toBeCloseTo(0.9 - 0.6 / 6, 3);
    expect(image(1, 1)).toBeCloseTo(1 - 0.7 / 6, 3);
  });

  test("of a caption is nearly as near as the nearest", () => {
    expect(text([{ cosine: 0.5 }, { cosine: 0.3 }])).toBeCloseTo(0.5 - 1.4 / 20, 6);
  });

  test("of a caption is whatever is surely there", () => {
    expect(text([{ cosine: 0.9 }])).toBeCloseTo(0.6 + Math.log(7 / 3) / 20, 6);
  });

  test("is none where concepts describe all of the nearest better", () => {
    const described = 0.5 + 0.6 / 20;
    expect(text([{ cosine: 0.5, described }])).toBe(0.5 + EPSILON);
    expect(
      text([
        { cosine: 0.5, described },
        { cosine: 0.49, described: 0.5 },
      ]),
    ).toBeLessThan(0.5);
    // Somebody has picked the concept from a list.
    const background = readBackground(around(0.2, 0.1));
    const concept = leastRelevant(
      "vocabulary",
      background,
      [{ cosine: 0.5, described }],
      calibration,
    );
    expect(concept).toBeLessThan(0.5);
  });

  test("is none of equal pictures, and nothing fails without any", () => {
    const of = (cosines: Float32Array) =>
      leastRelevant("mixed", readBackground(cosines), [], calibration);
    expect(of(new Float32Array(10).fill(0.5))).toBeGreaterThan(0.5);
    expect(of(new Float32Array())).toBeGreaterThan(0);
    expect(text([])).toBeLessThan(1);
  });

  test("of a concept has a value of 0.5 or more", () => {
    expect(leastPresent((cosine) => (1 + cosine) / 2)).toBeCloseTo(0, 9);
    expect(leastPresent(() => 0.4)).toBe(Number.POSITIVE_INFINITY);
    expect(leastPresent(() => 0.9)).toBe(Number.NEGATIVE_INFINITY);
  });
});

test("the kind of a query is that of its only rank, if that is wanted", () => {
  const vector = randomVectors(1, 4, 1);
  const words = (weight: number): Rank => ({ kind: "text", text: "a", weight });
  const term = { vector, weight: 1, modality: "words" } as const;
  expect(queryKind([words(1)], [term])).toBe("text");
  expect(queryKind([words(-1)], [term])).toBe("mixed");
  expect(queryKind([words(1), words(1)], [term, term])).toBe("mixed");
  expect(queryKind([{ kind: "input", inputId: "a", weight: 1 }], [term])).toBe("image");
  const concept: Rank = { kind: "concept", concept: "dog", weight: -1 };
  const value = (cosine: number) => cosine;
  expect(queryKind([concept], [{ ...term, value }])).toBe("concept");
  const wanted: Rank = { ...concept, weight: 1 };
  expect(queryKind([wanted], [{ ...term, value }])).toBe("vocabulary");
  expect(queryKind([wanted], [{ ...term, value, isLearnt: true }])).toBe("concept");
});
