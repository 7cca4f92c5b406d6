import { expect, onTestFinished, test } from "vitest";
import { Activities } from "../activities.ts";
import type { App } from "../engine.ts";
import type { AppConcept } from "../library/app-concepts.ts";
import { AutomaticLabels, type AutomaticParts } from "./automatic-labels.ts";
import type { LabelRule } from "./label-rules.ts";

const APP: App = { row: 1, userId: "me", id: "photos", baseWorkflow: "Universal" };
const DOG = { row: 7, id: "dog", name: "dog" } as AppConcept;
const COUNT = 2000;

// Inputs 1 to 2,000 on a circle: those near the direction 0 show the dog.
function page(_app: unknown, _space: number, after: number, limit: number) {
  const rows = Array.from({ length: Math.min(limit, COUNT - after) }, (_, i) => after + i + 1);
  const vectors = Float32Array.from(
    rows.flatMap((row) => [Math.cos((row / COUNT) * Math.PI), Math.sin((row / COUNT) * Math.PI)]),
  );
  return { rows, inputs: rows, vectors };
}

// `onPage`: called before labels of a page are given.
function open(onPage: () => void = () => undefined) {
  const rules = new Map<string, LabelRule>();
  const looked: number[] = [];
  const given: number[] = [];
  const activities = new Activities();
  const parts = {
    rules: {
      get: async (_app: App, id: string) => rules.get(id),
      put: async (_app: App, rule: LabelRule) => void rules.set(rule.id, rule),
      delete: async (_app: App, id: string) => rules.delete(id),
      apps: async () => [],
      countBehind: async (_app: App, _space: number, row: number) => COUNT - row,
    },
    annotations: {
      put: async (_app: App, _row: number, _version: string, some: number[], labels: object[]) => {
        onPage();
        looked.push(...some);
        given.push(...labels.map((label) => (label as { input: number }).input));
        return labels.length;
      },
      count: async () => given.length,
      removeSome: async () => given.splice(0).length,
    },
    models: {
      trained: async () => [
        { id: "dog", name: "dog", modelId: "m", vector: Float32Array.of(1, 0), scale: 9, bias: 0 },
      ],
      current: async () => ({ id: "v1" }),
    },
    vectors: { page },
    concepts: { find: async () => DOG },
    activities,
    space: 1,
    onError: (error: Error) => expect.fail(error.message),
  } as unknown as AutomaticParts; // as much of each as it uses
  const labels = new AutomaticLabels(parts);
  onTestFinished(() => labels.close());
  return { labels, rules, looked, given, activities };
}

test("labels what reaches the value, and says how far it is", async () => {
  const { labels, given, looked, activities } = open();
  const { id } = await labels.set(APP, DOG, 0.9);
  const { state, result, done, total } = await activities.ended(APP, id);
  expect({ state, done, total }).toEqual({ state: "done", done: COUNT, total: COUNT });
  expect(result).toEqual({ looked: COUNT, labelled: given.length });
  expect(looked).toHaveLength(COUNT);
  expect(given).toEqual(Array.from({ length: given.length }, (_, i) => i + 1));
  expect(await labels.get(APP, DOG)).toEqual({
    threshold: 0.9,
    isStopped: false,
    labelled: given.length,
  });
});

test("stays where it was cancelled, and goes on from there", async () => {
  let pages = 0;
  const opened = open(() => {
    if (++pages === 3) void opened.activities.cancel(APP, opened.activities.list(APP)[0]!.id);
  });
  const { labels, rules, looked, activities } = opened;
  const first = await labels.set(APP, DOG, 0.9);
  expect((await activities.ended(APP, first.id)).state).toBe("cancelled");
  expect(rules.get("dog")).toMatchObject({ isStopped: true, lastVector: 3 * 256 });
  const second = await labels.set(APP, DOG, 0.9);
  expect((await activities.ended(APP, second.id)).state).toBe("done");
  expect(looked).toEqual(Array.from({ length: COUNT }, (_, i) => i + 1));
});

test("begins anew with another threshold", async () => {
  const { labels, looked, activities } = open();
  await activities.ended(APP, (await labels.set(APP, DOG, 0.9)).id);
  await activities.ended(APP, (await labels.set(APP, DOG, 0.6)).id);
  expect(looked).toHaveLength(2 * COUNT);
});

test("goes on after a restart", async () => {
  let pages = 0;
  const opened = open(() => {
    if (++pages === 2) void opened.labels.close();
  });
  const { id } = await opened.labels.set(APP, DOG, 0.9);
  await opened.activities.ended(APP, id);
  expect(opened.rules.get("dog")).toMatchObject({ isStopped: false, lastVector: 2 * 256 });
});
