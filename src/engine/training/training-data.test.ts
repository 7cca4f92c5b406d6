import { afterEach, beforeEach, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/fixtures/engine.ts";
import { newSpace } from "../../../test/fixtures/spaces.ts";
import type { App, Input } from "../engine.ts";
import type { AppConcept } from "../library/app-concepts.ts";
import { Store } from "../store.ts";
import { chooseExamples } from "./training-examples.ts";

let store: Store;
let app: App;
let space: number;
beforeEach(async () => {
  store = Store.open(temporaryFolder());
  app = await store.apps.create("me", { id: "a" });
  space = await newSpace(store, "encoder", 2);
});
afterEach(() => store.close());

async function addInputs(to: App, count: number, prefix = "i"): Promise<readonly Input[]> {
  const rows = Array.from({ length: count }, (_, i) => ({
    id: `${prefix}${i}`,
    name: "",
    size_bytes: 1,
  }));
  const inputs = (await store.queue.add(to, rows)) as readonly Input[];
  await store.queue.complete(
    inputs.map((input) => ({
      input,
      sha256: input.id,
      sizeBytes: 1,
      widthPx: 1,
      heightPx: 1,
      format: "png",
      encoded: [{ space, vector: Float32Array.from([1, 0]), predictions: [] }],
    })),
  );
  return inputs;
}

async function label(id: string, concept: string, value: number, region?: string) {
  const labels = [{ id: concept, value, ...(region !== undefined && { region }) }];
  const body = region === undefined ? {} : { regions: [{ id: region }] };
  await store.annotations.create(app, [{ inputId: id, labels, body }]);
}

const rowOf = async (id: string) => ((await store.concepts.find(app, id)) as AppConcept).row;

test("a sample holds inputs of the app only, all of them if they are few", async () => {
  const other = await store.apps.create("me", { id: "b" });
  await addInputs(other, 20, "o");
  const own = await addInputs(app, 30);
  await addInputs(other, 20, "p");
  const sample = await store.trainingData.sample({ app, space }, 1000);
  expect([...sample.keys()].sort((a, b) => a - b)).toEqual(own.map(({ row }) => row));
});

test("a sample is spread evenly, and the same every time", async () => {
  const inputs = await addInputs(app, 400);
  const sample = await store.trainingData.sample({ app, space }, 40);
  expect(sample.size).toBe(40);
  const middle = inputs[200]!.row;
  const before = [...sample.keys()].filter((row) => row < middle).length;
  expect(before).toBeGreaterThanOrEqual(18);
  expect(before).toBeLessThanOrEqual(22);
  expect(await store.trainingData.sample({ app, space }, 40)).toEqual(sample);
});

test("a sample of a dataset holds its inputs only", async () => {
  await addInputs(app, 50);
  const dataset = await store.datasets.create(app, { id: "d" });
  const ids = Array.from({ length: 20 }, (_, i) => `i${i * 2}`);
  await store.datasets.add(app, dataset, ids);
  const scope = { app, space, dataset: dataset.row };
  expect((await store.trainingData.sample(scope, 1000)).size).toBe(20);
  expect((await store.trainingData.sample(scope, 5)).size).toBe(5);
});

test("nothing is sampled of an empty app", async () => {
  expect((await store.trainingData.sample({ app, space }, 10)).size).toBe(0);
});

test("an input carries a concept if any of its labels says so, on the whole or in a region", async () => {
  const inputs = await addInputs(app, 4);
  await label("i0", "c", 1);
  await label("i0", "c", 0);
  await label("i1", "c", 0.5, "r1");
  await label("i2", "c", 0.49);
  const { positives, negatives } = await store.trainingData.labelled(
    { app, space },
    await rowOf("c"),
  );
  expect([...positives.keys()].sort()).toEqual([inputs[0]!.row, inputs[1]!.row]);
  expect([...negatives.keys()]).toEqual([inputs[2]!.row]);
});

test("labels that are under review do not count", async () => {
  await addInputs(app, 1);
  const labels = [{ id: "c", value: 1 }];
  await store.annotations.create(app, [{ inputId: "i0", labels, statusCode: 24152 }]);
  const { positives } = await store.trainingData.labelled({ app, space }, await rowOf("c"));
  expect(positives.size).toBe(0);
});

test("the fingerprint changes with labels and with inputs that are indexed", async () => {
  await addInputs(app, 2);
  await store.queue.add(app, [{ id: "late", name: "", size_bytes: 1 }]);
  await label("i0", "c", 1);
  await label("late", "c", 1);
  const row = await rowOf("c");
  const print = () => store.trainingData.fingerprint({ app, space }, row);
  const first = await print();
  expect(await print()).toBe(first);
  expect(await store.trainingData.pending({ app, space }, [row])).toBe(1);
  await label("i1", "c", 0);
  expect(await print()).not.toBe(first);
});

test("the fingerprint changes where labels change places", async () => {
  await addInputs(app, 3);
  for (const i of [0, 1, 2]) await label(`i${i}`, "c", i === 1 ? 0 : 1);
  const row = await rowOf("c");
  const print = () => store.trainingData.fingerprint({ app, space }, row);
  const first = await print();
  const say = async (id: string, value: number) => {
    const page = { inputIds: [id], offset: 0, limit: 10 };
    const annotation = (await store.annotations.list(app, page)).find((one) => !one.isInputLevel);
    const patch = { id: annotation?.id ?? "", inputId: id, labels: [{ id: "c", value }] };
    await store.annotations.patch(app, [patch], "merge");
  };
  await say("i0", 0);
  await say("i1", 1);
  expect(await print()).not.toBe(first);
  await say("i0", 1);
  await say("i1", 0);
  expect(await print()).toBe(first);
});

test("positives of exclusive concepts are negatives, and unlabelled inputs help only beside positives", () => {
  const labelled = (positives: number[], negatives: number[]) => ({
    positives: new Map(positives.map((input) => [input, input * 10])),
    negatives: new Map(negatives.map((input) => [input, input * 10])),
  });
  const sample = new Map([1, 2, 3, 9].map((input) => [input, input * 10]));
  const chosen = chooseExamples(labelled([1], [2]), [labelled([1, 3], [9])], sample);
  expect(chosen).toEqual({
    positives: [10],
    negatives: [20, 30],
    unlabelled: [90],
    inputs: [1, 2, 3],
  });
  expect(chooseExamples(labelled([], [2]), [], sample).unlabelled).toEqual([]);
});
