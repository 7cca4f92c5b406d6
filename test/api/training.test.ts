// Own models over our own API: one concept trained by its name, measured, and compared with the labels of now.
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { settled } from "../fixtures/engine.ts";
import { drawEmoji } from "../fixtures/pictures.ts";
import { call, type StartedReal, startReal } from "./start.ts";

let started: StartedReal;
let url: string;
const emoji = await drawEmoji(16);

beforeAll(async () => {
  started = await startReal();
  url = `${started.url}/semblance`;
  const { engine, app } = started;
  await engine.addInputs(
    app,
    emoji.map(({ bytes }, i) => ({ id: `e${i}`, bytes })),
  );
  await settled(started);
  await label("mine", { e0: 1, e2: 1, e4: 1, e1: 0 });
  await engine.concepts.create(app, [{ id: "bare" }]);
});
afterAll(() => started.close());

async function label(name: string, values: Readonly<Record<string, number>>): Promise<void> {
  const patches = Object.entries(values).map(([id, value]) => ({ id, labels: [{ name, value }] }));
  await started.engine.annotations.patchInputs(started.app, patches, "merge");
}

async function train(body: object) {
  const { json } = await call(`${url}/training`, "POST", body);
  const modelId: string = json.model_id;
  for (;;) {
    const { model } = (await call(`${url}/models/${modelId}`)).json;
    const version = model.versions.find(({ id }: { id: string }) => id === json.version.id);
    if (version.state !== "queued" && version.state !== "training") return { model, version };
    await setTimeout(10);
  }
}

describe("training a concept", () => {
  test("makes a model of its own, and measures it with precision and recall", async () => {
    const { model, version } = await train({ concept: "Mine" });
    expect(model).toMatchObject({
      name: "mine",
      current: { id: version.id },
      latest: { id: version.id },
      examples: [{ id: "mine", positives: 3, negatives: 1, changes: 0 }],
    });
    expect(version).toMatchObject({
      state: "trained",
      inputs: 4,
      labelled_only: false,
      concepts: [
        {
          id: "mine",
          positives: 3,
          negatives: 1,
          metrics: { positives: 3, has_supposed_negatives: true },
        },
      ],
    });
    const { precision, recall } = version.concepts[0].metrics;
    for (const value of [precision, recall]) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
  });

  test("again uses the same model, and labels from then on are new to it", async () => {
    const { model } = await train({ concept: "mine" });
    await label("mine", { e6: 1, e3: 0 });
    const listed = (await call(`${url}/models`)).json.models;
    expect(listed).toHaveLength(1);
    expect(listed[0].examples).toMatchObject([{ positives: 4, negatives: 2, changes: 2 }]);
    const again = await train({ concept: "mine", labelled_only: true });
    expect(again.model.id).toBe(model.id);
    expect(again.version).toMatchObject({ labelled_only: true, inputs: 6 });
    expect(again.version.concepts[0].metrics.has_supposed_negatives).toBe(false);
    expect(again.model.examples[0].changes).toBe(0);
    expect(again.model.versions.length).toBeGreaterThan(2);
  });

  test("one that changed sides is one change", async () => {
    await label("mine", { e6: 0 });
    const [model] = (await call(`${url}/models`)).json.models;
    expect(model.examples).toMatchObject([{ positives: 3, negatives: 3, changes: 1 }]);
  });

  test("is an activity that names the concept and ends with the version", async () => {
    const { model, version } = await train({ concept: "mine" });
    const { activities } = (await call(`${url}/activities`)).json;
    expect(activities[0]).toMatchObject({
      kind: "training",
      about: "mine",
      state: "done",
      done: 1,
      total: 1,
      result: { model_id: model.id, version_id: version.id },
    });
  });

  test("without an example says so, and has no measures", async () => {
    const { version } = await train({ concept: "bare" });
    expect(version).toMatchObject({ state: "trained", concepts: [{ id: "bare", positives: 0 }] });
    expect(version.concepts[0].metrics).toBeUndefined();
    expect(version.description).toContain("without an example");
  });

  test("is refused for a concept that the app does not have", async () => {
    const { status, json } = await call(`${url}/training`, "POST", { concept: "nobody's" });
    expect(status).toBe(404);
    expect(json.status.details).toContain("nobody's");
    expect((await call(`${url}/training`, "POST", {})).status).toBe(400);
    expect((await call(`${url}/models/nothing`)).status).toBe(404);
  });
});

test("examples are listed by side, newest first, a page at a time", async () => {
  await label("sides", { e0: 1, e1: 1, e2: 1, e5: 0 });
  const list = async (query: string) =>
    (await call(`${url}/training/examples?concept=sides&${query}`)).json;
  expect(await list("side=present")).toMatchObject({ ids: ["e2", "e1", "e0"], total: 3 });
  expect(await list("side=absent")).toMatchObject({ ids: ["e5"], total: 1 });
  expect(await list("per_page=1&page=1")).toMatchObject({ ids: ["e1"], total: 3 });
  const unknown = await call(`${url}/training/examples?concept=nothing`);
  expect(unknown.json).toMatchObject({ ids: [], total: 0 });
  expect((await call(`${url}/training/examples?concept=sides&side=left`)).status).toBe(400);
});
