import { expect, test } from "vitest";
import { areaUnderRoc, type Examples, trainClassifier } from "./classifier.ts";
import { learnConcept } from "./learn-concept.ts";
import { type LinearClassifier, logit, sigmoid } from "./linear.ts";

const DIM = 32;
const KINDS = 8;
const noPause = async () => undefined;

// Numbers between -1 and 1, the same every time.
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return (state / 2147483647) * 2 - 1;
  };
}

// Unit vectors around an axis; all kinds share a part, as embeddings of images do.
function kind(axis: number, count: number, seed: number, spread = 0.5): Float32Array[] {
  const next = noise(seed);
  return Array.from({ length: count }, () => {
    const x = Float32Array.from(
      { length: DIM },
      (_, d) => Number(d === axis) + 2 * Number(d === DIM - 1) + spread * next(),
    );
    const length = Math.hypot(...x);
    return x.map((value) => value / length);
  });
}

/** Kinds 1 and up, and `hidden` pictures of kind 0. */
function collection(hidden: number): Float32Array[] {
  const others = Array.from({ length: KINDS - 1 }, (_, i) => kind(i + 1, 40, 100 + i)).flat();
  return [...kind(0, hidden, 50), ...others];
}

function toExamples(
  positives: readonly Float32Array[],
  unlabelled: readonly Float32Array[],
  negatives: readonly Float32Array[] = [],
): Examples {
  const rows = [...negatives, ...unlabelled];
  const matrix = (some: readonly Float32Array[]) => Float32Array.from(some.flatMap((x) => [...x]));
  return {
    dim: DIM,
    positives: matrix(positives),
    negatives: matrix(rows),
    negativeWeights: new Float32Array(rows.length).fill(0.1).fill(1, 0, negatives.length),
  };
}

function named(axis: number): LinearClassifier {
  const vector = Float32Array.from({ length: DIM }, (_, d) => Number(d === axis));
  return { vector, scale: 12, bias: -12 * 0.35 };
}

const unseen = { positives: kind(0, 60, 7), negatives: collection(0) };

function area(classifier: LinearClassifier): number {
  const odds = (rows: readonly Float32Array[]) => rows.map((x) => logit(classifier, x));
  return areaUnderRoc(odds(unseen.positives), odds(unseen.negatives));
}

async function learned(examples: Examples, name: LinearClassifier): Promise<LinearClassifier> {
  return (await learnConcept(examples, name, noPause)).classifier;
}

test("one example of a concept with a good name ranks no worse than the name", async () => {
  const one = await learned(toExamples(kind(0, 1, 3), collection(30)), named(0));
  expect(area(one)).toBeGreaterThanOrEqual(area(named(0)) - 0.005);
});

test("a few examples outweigh a name that says something else", async () => {
  expect(area(named(3))).toBeLessThan(0.6);
  const five = await learned(toExamples(kind(0, 5, 3), collection(30)), named(3));
  expect(area(five)).toBeGreaterThan(0.9);
});

test("examples that hide in the collection hardly spoil it", async () => {
  const without = await learned(toExamples(kind(0, 10, 3), collection(0)), named(0));
  const among = await learned(toExamples(kind(0, 10, 3), collection(70)), named(0));
  expect(area(among)).toBeGreaterThan(area(without) - 0.02);
});

test("values add up to about how many pictures show it, and most of those have 0.5 or more", async () => {
  const pictures = collection(35); // of 315
  const classifier = await learned(toExamples(kind(0, 8, 3), pictures), named(0));
  const values = pictures.map((x) => sigmoid(logit(classifier, x)));
  const sum = values.reduce((total, value) => total + value, 0);
  expect(sum).toBeGreaterThan(20);
  expect(sum).toBeLessThan(55);
  expect(values.slice(0, 35).filter((value) => value >= 0.5).length).toBeGreaterThan(20);
  expect(values.slice(35).filter((value) => value >= 0.5).length).toBeLessThan(15);
});

test("a picture that was refused counts less from then on", async () => {
  const [refused] = kind(0, 1, 9, 1.2);
  const positives = kind(0, 5, 3);
  const before = await learned(toExamples(positives, collection(30)), named(0));
  const after = await learned(toExamples(positives, collection(30), [refused!]), named(0));
  expect(logit(after, refused!)).toBeLessThan(logit(before, refused!));
});

test("examples are judged by what has not seen them", async () => {
  const positives = kind(0, 6, 3);
  const { judged } = await learnConcept(
    toExamples(positives, collection(30), kind(1, 3, 4)),
    named(0),
    noPause,
  );
  expect(judged?.labelled.filter(({ isPositive }) => isPositive)).toHaveLength(6);
  expect(judged?.labelled.filter(({ isPositive }) => !isPositive)).toHaveLength(3);
  expect(judged?.supposed).toHaveLength(collection(30).length);
  const one = await learnConcept(toExamples(kind(0, 1, 3), collection(30)), named(0), noPause);
  expect(one.judged).toBeUndefined();
});

test("comes out the same every time", async () => {
  const examples = toExamples(kind(0, 5, 3), collection(30), kind(1, 2, 4));
  expect(await learned(examples, named(0))).toEqual(await learned(examples, named(0)));
});

test("survives a collection of copies of one picture", async () => {
  const [x] = kind(0, 1, 3);
  const copies = Array.from({ length: 60 }, () => x!);
  const { vector, scale, bias } = await learned(toExamples([x!], copies), named(0));
  expect([...vector, scale, bias].every(Number.isFinite)).toBe(true);
});

test("without a collection all examples have their say", async () => {
  const examples = toExamples(kind(0, 5, 3), kind(1, 49, 4));
  const plain = await trainClassifier(examples, named(0), noPause);
  expect(await learned(examples, named(0))).toEqual(plain);
});
