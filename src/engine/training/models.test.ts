// Models through the engine: labelled pictures in, trained classifiers out.
import { setTimeout } from "node:timers/promises";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestEngine, settled, type TestEngine } from "../../../test/fixtures/engine.ts";
import type { App, NewInput } from "../engine.ts";
import type { AppConcept } from "../library/app-concepts.ts";
import { MODEL_STATUS, type ModelVersion } from "./model-record.ts";

// Discs and stripes in many colours: two kinds of pictures that no colour tells apart.
async function draw(kind: "disc" | "stripes", i: number): Promise<Buffer> {
  const hue = (i * 67) % 360;
  const shape =
    kind === "disc"
      ? `<circle cx="${40 + ((i * 7) % 20)}" cy="${40 + ((i * 5) % 20)}" r="${20 + (i % 4) * 4}"/>`
      : [0, 1, 2, 3, 4].map((row) => `<rect y="${row * 22 + (i % 5)}" width="100" height="9"/>`);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="160" height="160">
    <rect width="100" height="100" fill="hsl(${(hue + 150) % 360}, 40%, 85%)"/>
    <g fill="hsl(${hue}, 80%, 40%)">${shape}</g></svg>`;
  return sharp(Buffer.from(svg)).jpeg().toBuffer();
}

async function pictures(kind: "disc" | "stripes", from: number, to: number) {
  const places = Array.from({ length: to - from }, (_, i) => from + i);
  return Promise.all(
    places.map(
      async (i): Promise<NewInput> => ({ id: `${kind}-${i}`, bytes: await draw(kind, i) }),
    ),
  );
}

async function finished({ engine }: TestEngine, app: App, model: string, version: ModelVersion) {
  const { queued, training, evaluating, evaluationQueued } = MODEL_STATUS;
  const busy: readonly number[] = [queued, training, evaluating, evaluationQueued];
  for (;;) {
    const now = (await engine.models.version(app, model, version.id)) as ModelVersion;
    if (!busy.includes(now.statusCode) && !busy.includes(now.metrics?.statusCode ?? 0)) return now;
    await setTimeout(10);
  }
}

describe("discs and stripes", () => {
  let opened: TestEngine;
  let app: App;
  beforeAll(async () => {
    opened = await openTestEngine();
    app = opened.app;
    const given = [
      ...(await pictures("disc", 0, 8)),
      ...(await pictures("stripes", 0, 8)),
      ...(await pictures("disc", 20, 26)),
      ...(await pictures("stripes", 20, 26)),
    ];
    await opened.engine.addInputs(app, given);
    const labels = given.slice(0, 16).map(({ id = "" }) => {
      const value = id.startsWith("disc") ? 1 : 0;
      return { id, labels: [{ id: "round", name: "qzx", value }] };
    });
    await opened.engine.annotations.patchInputs(app, labels, "merge");
    await settled(opened);
  });
  afterAll(() => opened.engine.close());

  const valueOn = async (input: string, model: string): Promise<number> => {
    const { engine } = opened;
    const classifier = await engine.models.classifier(app, model);
    const vector = await engine.predict.stored(app, input);
    return classifier.predict(vector as Float32Array)[0]!.value;
  };

  test("are told apart by a model that was trained on their labels", async () => {
    const { models } = opened.engine;
    await models.create(app, { id: "shapes", concepts: [{ id: "round" }] });
    const queued = await models.train(app, "shapes");
    expect(queued.statusCode).toBe(MODEL_STATUS.queued);
    const version = await finished(opened, app, "shapes", queued);
    expect(version).toMatchObject({
      statusCode: MODEL_STATUS.trained,
      inputCount: 16,
      description: "",
      concepts: [{ id: "round", name: "qzx" }],
    });
    expect(version.completedAt).toBeInstanceOf(Date);
    expect(version.metrics?.concepts[0]).toMatchObject({ id: "round", positives: 8, negatives: 8 });
    expect(version.metrics!.concepts[0]!.rocAuc).toBeGreaterThan(0.9);
    for (let i = 20; i < 26; i++) {
      expect(await valueOn(`disc-${i}`, "shapes")).toBeGreaterThan(
        await valueOn(`stripes-${i}`, "shapes"),
      );
    }
  });

  test("make the concept one that the app's models know, until the model goes", async () => {
    const { engine } = opened;
    const [concept] = await engine.models.trained(app);
    expect(concept).toMatchObject({ id: "round", name: "qzx", modelId: "shapes" });
    expect(Math.hypot(...concept!.vector)).toBeCloseTo(1, 5);
    expect(await engine.models.trained(app)).toBe(await engine.models.trained(app));
    expect((await engine.findConcepts(app, "q", 5))[0]).toEqual({
      id: "round",
      name: "qzx",
      source: "trained",
    });
    await engine.models.delete(app, ["shapes"]);
    expect(await engine.models.trained(app)).toEqual([]);
    expect((await engine.findConcepts(app, "q", 5))[0]).toMatchObject({ source: "own" });
    await expect(engine.models.classifier(app, "shapes")).rejects.toMatchObject({
      code: "model_not_found",
    });
  });

  test("are told apart by their labels alone, learned again when the labels change", async () => {
    const { engine } = opened;
    const concept = (await engine.concepts.find(app, "round")) as AppConcept;
    const one = await engine.models.fromLabels(app, concept);
    expect(one).toMatchObject({ id: "round", modelId: "" });
    expect(await engine.models.fromLabels(app, concept)).toBe(one);
    await engine.annotations.patchInputs(
      app,
      [{ id: "disc-20", labels: [{ id: "round", value: 1 }] }],
      "merge",
    );
    const other = await engine.models.fromLabels(app, concept);
    expect(other?.vector).not.toEqual(one?.vector);
  });

  test("say nothing of a concept that no label says is there", async () => {
    const { engine } = opened;
    const [concept] = await engine.concepts.create(app, [{ id: "unseen" }]);
    expect(await engine.models.fromLabels(app, concept as AppConcept)).toBeUndefined();
  });

  test("train a version without examples as zero-shot, and it says so", async () => {
    const { models } = opened.engine;
    await models.create(app, { id: "names", concepts: [{ id: "d", name: "circle" }] });
    const queued = await models.train(app, "names", { description: "A try." });
    const version = await finished(opened, app, "names", queued);
    expect(version).toMatchObject({ statusCode: MODEL_STATUS.trained, metrics: null });
    expect(version.description).toBe(
      "A try. Trained without an example of: circle. Their values come from the names alone.",
    );
    const [known] = await opened.engine.findConcepts(app, "circle", 1);
    expect(known).toEqual({ id: "d", name: "circle", source: "trained" });
    expect(await valueOn("disc-25", "names")).toBeGreaterThan(await valueOn("stripes-25", "names"));
  });

  test("fail to train a model without concepts, with the reason", async () => {
    const { models } = opened.engine;
    await models.create(app, { id: "nothing" });
    const version = await finished(opened, app, "nothing", await models.train(app, "nothing"));
    expect(version.statusCode).toBe(MODEL_STATUS.failed);
    expect(version.statusText).toContain("Expected concepts to learn");
    await expect(models.classifier(app, "nothing")).rejects.toMatchObject({ code: "untrained" });
  });

  test("give values that add up to 1 where concepts exclude each other", async () => {
    const { engine } = opened;
    await engine.annotations.patchInputs(
      app,
      [20, 21, 22].map((i) => ({ id: `stripes-${i}`, labels: [{ id: "striped", value: 1 }] })),
      "merge",
    );
    const concepts = [{ id: "round" }, { id: "striped" }];
    await engine.models.create(app, { id: "either", concepts, isMutuallyExclusive: true });
    await finished(opened, app, "either", await engine.models.train(app, "either"));
    const classifier = await engine.models.classifier(app, "either");
    const vector = (await engine.predict.stored(app, "stripes-25")) as Float32Array;
    const [first, second] = classifier.predict(vector);
    expect(first).toMatchObject({ id: "striped" });
    expect(first!.value + second!.value).toBeCloseTo(1, 6);
  });

  test("train on a dataset alone", async () => {
    const { engine } = opened;
    const dataset = await engine.datasets.create(app, { id: "few" });
    await engine.datasets.add(app, dataset, ["disc-0", "stripes-0", "stripes-1"]);
    await engine.models.create(app, { id: "of-few", concepts: [{ id: "round" }] });
    const queued = await engine.models.train(app, "of-few", { dataset: "few" });
    expect(await finished(opened, app, "of-few", queued)).toMatchObject({ inputCount: 3 });
    const missing = await engine.models.train(app, "of-few", { dataset: "none" });
    const failed = await finished(opened, app, "of-few", missing);
    expect(failed.statusCode).toBe(MODEL_STATUS.failed);
  });

  test("are evaluated again on demand", async () => {
    const { models } = opened.engine;
    await models.create(app, { id: "judged", concepts: [{ id: "round" }] });
    const trained = await finished(opened, app, "judged", await models.train(app, "judged"));
    const queued = await models.evaluate(app, "judged", trained.id);
    expect(queued.metrics?.statusCode).toBe(MODEL_STATUS.evaluationQueued);
    const judged = await finished(opened, app, "judged", trained);
    expect(judged.metrics).toEqual(trained.metrics);
    expect(opened.errors).toEqual([]);
  });
});

describe("a model", () => {
  let opened: TestEngine;
  let app: App;
  beforeAll(async () => {
    opened = await openTestEngine();
    app = opened.app;
  });
  afterAll(() => opened.engine.close());

  test("starts with an untrained version and takes names for ids", async () => {
    const { models, concepts } = opened.engine;
    const concept = await models.create(app, { id: "pets?", concepts: [{ name: "My Dog" }] });
    expect(concept.latest).toMatchObject({ statusCode: MODEL_STATUS.untrained });
    const own = (await concepts.find(app, "My Dog")) as AppConcept;
    expect(concept.latest?.concepts).toEqual([{ id: own.id, name: own.name }]);
    expect(await models.get(app, "pets?")).toEqual(concept);
    await expect(models.create(app, { id: "pets?" })).rejects.toMatchObject({ code: "id_exists" });
    await expect(models.create(app, { typeId: "visual-detector" })).rejects.toMatchObject({
      code: "model_argument",
    });
  });

  test("merges, overwrites and removes concepts in an open version, or else in a new one", async () => {
    const { models } = opened.engine;
    const ids = (of: { latest?: ModelVersion | undefined }) =>
      of.latest?.concepts.map(({ id }) => id);
    const made = await models.create(app, { id: "m", concepts: [{ id: "a" }, { id: "b" }] });
    const merged = await models.change(app, "m", { concepts: [{ id: "b" }, { id: "c" }] }, "merge");
    expect(ids(merged)).toEqual(["a", "b", "c"]);
    expect(merged.latest?.id).toBe(made.latest?.id);
    const removed = await models.change(app, "m", { concepts: [{ id: "a" }] }, "remove");
    expect(ids(removed)).toEqual(["b", "c"]);
    const trained = await finished(opened, app, "m", await models.train(app, "m"));
    const changed = await models.change(app, "m", { concepts: [{ id: "d" }] }, "overwrite");
    expect(ids(changed)).toEqual(["d"]);
    expect(changed.latest).toMatchObject({ statusCode: MODEL_STATUS.untrained });
    expect(changed.latest?.id).not.toBe(trained.id);
    const renamed = await models.change(app, "m", { name: "Letters" }, "merge");
    expect(renamed).toMatchObject({ name: "Letters", latest: { id: changed.latest?.id } });
    // The newest trained version answers until another one is trained.
    expect((await models.classifier(app, "m")).version.id).toBe(trained.id);
    expect(await models.versions(app, "m", { offset: 0, limit: 9 })).toHaveLength(3);
    expect(await models.deleteVersion(app, "m", trained.id)).toBe(true);
    expect(await models.deleteVersion(app, "m", trained.id)).toBe(false);
    await expect(models.classifier(app, "m")).rejects.toMatchObject({ code: "untrained" });
  });

  test("does not make concepts by removing them", async () => {
    const { models, concepts } = opened.engine;
    await models.create(app, { id: "r", concepts: [{ id: "x1" }] });
    await models.change(app, "r", { concepts: [{ id: "x2" }] }, "remove");
    expect(await concepts.find(app, "x2")).toBeUndefined();
  });

  test("of an app that was deleted is gone", async () => {
    const { engine } = opened;
    const other = await engine.apps.create("me", { id: "other" });
    await engine.models.create(other, { id: "m", concepts: [{ id: "a" }] });
    await finished(opened, other, "m", await engine.models.train(other, "m"));
    expect(await engine.models.trained(other)).toHaveLength(1);
    await engine.deleteApp(other);
    const again = await engine.apps.create("me", { id: "other" });
    expect(await engine.models.trained(again)).toEqual([]);
    expect(await engine.models.list(again, { offset: 0, limit: 9 })).toEqual([]);
  });
});

test("training waits for labelled inputs, and goes on after a restart", async () => {
  const image = await draw("disc", 1);
  const hang = (_url: string, signal?: AbortSignal) =>
    new Promise<Uint8Array>((_, reject) => signal?.addEventListener("abort", reject));
  const first = await openTestEngine({ fetchImage: hang });
  await first.engine.addInputs(first.app, [{ id: "d", url: "http://example.com/disc.jpg" }]);
  const patch = { id: "d", labels: [{ id: "round", value: 1 }] };
  await first.engine.annotations.patchInputs(first.app, [patch], "merge");
  await first.engine.models.create(first.app, { id: "m", concepts: [{ id: "round" }] });
  const { id } = await first.engine.models.train(first.app, "m");
  await setTimeout(400);
  const waiting = await first.engine.models.version(first.app, "m", id);
  expect(waiting?.statusCode).toBe(MODEL_STATUS.training);
  await first.engine.close();

  const second = await openTestEngine({ data: first.data, fetchImage: async () => image });
  const version = await finished(second, second.app, "m", waiting as ModelVersion);
  expect(version).toMatchObject({ statusCode: MODEL_STATUS.trained, inputCount: 1 });
  expect([...first.errors, ...second.errors]).toEqual([]);
  await second.engine.close();
});
