import { describe, expect, test } from "vitest";
import { centred, combine, combineLifts, needsCentring, scorer, type Term } from "./rank.ts";

const term = (x: number, y: number, weight = 1): Term => ({
  vector: Float32Array.of(x, y),
  weight,
  modality: "picture",
});
const concept = (weight: number): Term => ({ ...term(1, 0, weight), value: (cos) => cos ** 2 });

test("adds terms with their weights to a unit vector", () => {
  expect([...combine([term(1, 0, 3), term(0, 1, 4)])]).toEqual([0.6, 0.8].map(Math.fround));
  expect([...combine([term(1, 0, -2)])]).toEqual([-1, 0]);
  expect(() => combine([term(1, 0), term(1, 0, -1)])).toThrow(
    "Expected ranks that leave something to search for but they cancel each other out.",
  );
});

test("scores similarity as (1 + cos) / 2, within 0 to 1", () => {
  const score = scorer([term(1, 0)]);
  expect([-1, 0, 0.5, 1, 1.0000001].map(score)).toEqual([0, 0.5, 0.75, 1, 1]);
});

test("scores one concept by its value, one that is not wanted by the rest to 1", () => {
  expect(scorer([concept(2)])(0.5)).toBe(0.25);
  expect(scorer([concept(-1)])(0.5)).toBe(0.75); // the query points the other way: its cosine is -0.5
  expect(scorer([concept(1), term(0, 1)])(0.5)).toBe(0.75);
});

describe("words and pictures", () => {
  const words = (x: number, y: number, weight = 1): Term => ({
    ...term(x, y, weight),
    modality: "words",
  });
  const learnt: Term = { ...term(0.6, 0.8), modality: "direction", isLearnt: true };

  test("are centred where they meet, and where words are not wanted", () => {
    expect(needsCentring([words(1, 0)])).toBe(false);
    expect(needsCentring([term(1, 0), term(0, 1, -1)])).toBe(false);
    expect(needsCentring([words(1, 0), words(0, 1)])).toBe(false);
    expect(needsCentring([words(1, 0), learnt])).toBe(false);
    expect(needsCentring([words(1, 0), words(0, 1, -1)])).toBe(true);
    expect(needsCentring([words(1, 0), term(0, 1)])).toBe(true);
  });

  test("lose what their kind shares, and words count more beside pictures", () => {
    const means = { words: Float32Array.of(1, 0), picture: Float32Array.of(0, 1) };
    const [picture, word, direction] = centred([term(1, 1), words(1, -2), learnt], means);
    expect([...picture!.vector]).toEqual([1, 0]);
    expect([...word!.vector]).toEqual([0, -1]);
    expect([picture!.weight, word!.weight]).toEqual([1, 1.5]);
    expect(direction).toBe(learnt);
    const [alone] = centred([words(1, -2), words(0, 1, -1)], means);
    expect(alone!.weight).toBe(1);
  });

  test("stay as they are where nothing is left of them", () => {
    const means = { words: Float32Array.of(1, 0), picture: Float32Array.of(0, 1) };
    expect(centred([term(0, 1), words(1, 0)], means)[0]!.vector).toEqual(Float32Array.of(0, 1));
  });
});

test("lifts of wanted terms count as their terms do", () => {
  const lift = (bonus: number, window: number) => ({ window, of: () => new Map([[7, bonus]]) });
  const terms: Term[] = [
    { ...term(3, 0), lift: lift(0.5, 10) },
    { ...term(0, 4), lift: lift(1, 20) },
    { ...term(0, 0, -1), lift: lift(9, 99) },
  ];
  const combined = combineLifts(terms)!;
  expect(combined.window).toBe(20);
  expect(combined.of([], { spread: 1, size: 1 }).get(7)).toBeCloseTo(0.3, 9); // 1.5 / 5
  expect(combineLifts([term(1, 0)])).toBeUndefined();
});
