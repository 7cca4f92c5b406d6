import { expect, test } from "vitest";
import { areaUnderRoc, type Examples, trainClassifier } from "./classifier.ts";
import { evaluate, measure } from "./evaluation.ts";
import { type LinearClassifier, logit, sigmoid } from "./linear.ts";

const DIM = 32;

// Numbers between -1 and 1, the same every time.
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return (state / 2147483647) * 2 - 1;
  };
}

function unit(values: readonly number[]): number[] {
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

// Unit vectors around a direction; all clusters share a part, as embeddings of images do.
function cluster(axis: number, count: number, seed: number, spread = 0.6): number[][] {
  const next = noise(seed);
  return Array.from({ length: count }, () =>
    unit(
      Array.from(
        { length: DIM },
        (_, d) => (d === axis ? 1 : 0) + (d === DIM - 1 ? 1 : 0) + spread * next(),
      ),
    ),
  );
}

function matrix(rows: readonly (readonly number[])[]): Float32Array {
  return Float32Array.from(rows.flat());
}

function toExamples(positives: number[][], negatives: number[][], weight = 1): Examples {
  return {
    dim: DIM,
    positives: matrix(positives),
    negatives: matrix(negatives),
    negativeWeights: new Float32Array(negatives.length).fill(weight),
  };
}

// A name whose embedding points to `axis`, calibrated as the embedded encoder is.
function named(axis: number): LinearClassifier {
  const vector = Float32Array.from({ length: DIM }, (_, d) => (d === axis ? 1 : 0));
  return { vector, scale: 23, bias: -23 * 0.67 };
}

function odds(classifier: LinearClassifier, rows: number[][]): number[] {
  return rows.map((row) => logit(classifier, Float32Array.from(row)));
}

// The mean share of both sides that value 0.5 decides right.
function accuracy(classifier: LinearClassifier, positives: number[][], negatives: number[][]) {
  const right = odds(classifier, positives).filter((logOdds) => logOdds >= 0).length;
  const wrong = odds(classifier, negatives).filter((logOdds) => logOdds >= 0).length;
  return (right / positives.length + 1 - wrong / negatives.length) / 2;
}

const unseen = { positives: cluster(0, 100, 7), negatives: cluster(1, 100, 8) };

test("tells two clusters apart, with values above and below one half", async () => {
  const classifier = await trainClassifier(
    toExamples(cluster(0, 50, 1), cluster(1, 200, 2)),
    named(5),
  );
  const area = areaUnderRoc(odds(classifier, unseen.positives), odds(classifier, unseen.negatives));
  expect(area).toBeGreaterThan(0.99);
  expect(accuracy(classifier, unseen.positives, unseen.negatives)).toBeGreaterThan(0.95);
  expect(Math.hypot(...classifier.vector)).toBeCloseTo(1, 5);
  expect(classifier.scale).toBeGreaterThan(0);
});

test("decides better with two examples than with a good name alone", async () => {
  const two = toExamples(cluster(0, 2, 3), cluster(1, 40, 4), 0.1);
  const trained = await trainClassifier(two, named(0));
  const before = accuracy(named(0), unseen.positives, unseen.negatives);
  expect(accuracy(trained, unseen.positives, unseen.negatives)).toBeGreaterThan(before + 0.1);
});

test("ranks better with two examples than with a name that says nothing", async () => {
  const two = toExamples(cluster(0, 2, 3), cluster(1, 40, 4), 0.1);
  const area = (classifier: LinearClassifier) =>
    areaUnderRoc(odds(classifier, unseen.positives), odds(classifier, unseen.negatives));
  expect(area(named(5))).toBeLessThan(0.7);
  expect(area(await trainClassifier(two, named(5)))).toBeGreaterThan(0.9);
});

test("is the zero-shot classifier without examples", async () => {
  expect(await trainClassifier(toExamples([], []), named(0))).toEqual(named(0));
});

test("learns from positives alone and from negatives alone", async () => {
  const [x] = cluster(0, 1, 5);
  const value = (classifier: LinearClassifier) => sigmoid(logit(classifier, Float32Array.from(x!)));
  const before = value(named(0));
  expect(value(await trainClassifier(toExamples([x!], []), named(0)))).toBeGreaterThan(before);
  expect(value(await trainClassifier(toExamples([], [x!]), named(0)))).toBeLessThan(before);
});

test("comes out the same every time", async () => {
  const examples = toExamples(cluster(0, 20, 1), cluster(1, 50, 2), 0.1);
  const [one, other] = [
    await trainClassifier(examples, named(0)),
    await trainClassifier(examples, named(0)),
  ];
  expect(one).toEqual(other);
});

test("survives the same example on both sides", async () => {
  const [x] = cluster(0, 1, 5);
  const classifier = await trainClassifier(toExamples([x!], [x!]), named(0));
  expect([...classifier.vector, classifier.scale, classifier.bias].every(Number.isFinite)).toBe(
    true,
  );
});

test("leaves room for other work", async () => {
  const rows = cluster(0, 1000, 1).map((row) => [...row, ...Array(352).fill(0)]);
  const examples = {
    dim: 384,
    positives: matrix(rows.slice(0, 100)),
    negatives: matrix(rows),
    negativeWeights: new Float32Array(1000).fill(1),
  };
  const name = { ...named(0), vector: Float32Array.from({ length: 384 }, (_, d) => +(d === 0)) };
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const start = performance.now();
  await trainClassifier(examples, name);
  const tookMs = performance.now() - start;
  clearInterval(timer);
  expect(turns).toBeGreaterThanOrEqual(Math.floor(tookMs / 60));
});

test("measures by examples that were held out", async () => {
  const good = await evaluate(toExamples(cluster(0, 20, 1), cluster(1, 60, 2)), named(0));
  expect(good).toMatchObject({ positives: 20, negatives: 60 });
  expect(good?.rocAuc).toBeGreaterThan(0.98);
  expect(good?.f1).toBeGreaterThan(0.8);
  // What cannot be told apart must not look good: a classifier that saw the held-out ones could memorise them.
  const none = await evaluate(toExamples(cluster(0, 20, 1), cluster(0, 20, 9)), named(5));
  expect(none?.rocAuc).toBeLessThan(0.75);
  expect(none?.rocAuc).toBeGreaterThan(0.25);
});

test("measures nothing with fewer than two examples on a side", async () => {
  expect(await evaluate(toExamples(cluster(0, 1, 1), cluster(1, 60, 2)), named(0))).toBeUndefined();
  expect(await evaluate(toExamples(cluster(0, 60, 1), cluster(1, 1, 2)), named(0))).toBeUndefined();
  expect(await evaluate(toExamples(cluster(0, 2, 1), cluster(1, 2, 2)), named(0))).toBeDefined();
});

test("judges unlabelled negatives only where no others are", async () => {
  const examples = {
    ...toExamples(cluster(0, 4, 1), cluster(1, 10, 2)),
    negativeWeights: Float32Array.from([1, 1, 1, ...Array(7).fill(0.1)]),
  };
  expect(await evaluate(examples, named(0))).toMatchObject({ positives: 4, negatives: 3 });
  const unlabelled = { ...examples, negativeWeights: new Float32Array(10).fill(0.1) };
  expect(await evaluate(unlabelled, named(0))).toMatchObject({ positives: 4, negatives: 10 });
});

test("computes the known numbers of a small ranking", () => {
  const judged = [3, 2, -1, 1, -2].map((logOdds, i) => ({ logOdds, isPositive: i < 3 }));
  expect(measure(judged)).toEqual({
    positives: 3,
    negatives: 2,
    rocAuc: 5 / 6,
    averagePrecision: (1 + 1 + 3 / 4) / 3,
    precision: 2 / 3,
    recall: 2 / 3,
    f1: 2 / 3,
  });
});

test("counts ties as half", () => {
  expect(areaUnderRoc([1, 1], [1, 0])).toBe(0.75);
  expect(areaUnderRoc([], [1])).toBe(0.5);
});
