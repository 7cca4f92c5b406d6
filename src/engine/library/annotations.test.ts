import { setTimeout } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/fixtures/engine.ts";
import { newSpace } from "../../../test/fixtures/spaces.ts";
import type { App, Input } from "../engine.ts";
import { Store } from "../store.ts";
import type { Annotation } from "./annotations.ts";
import type { NewLabel } from "./labels.ts";

const store = Store.open(temporaryFolder());
afterAll(() => store.close());
const { annotations } = store;
const everything = { offset: 0, limit: 100 };
const indexedOrNot = { kind: "status", statuses: ["pending"] } as const;

/** An app of its own with inputs of these ids. */
async function open(name: string, inputs: readonly string[] = ["a", "b"]): Promise<App> {
  const app = await store.apps.create("me", { id: name });
  await store.queue.add(
    app,
    inputs.map((id) => ({ id, name: "", size_bytes: 1 })),
  );
  return app;
}

async function create(app: App, annotation: Parameters<typeof annotations.create>[1][number]) {
  const [created] = await annotations.create(app, [annotation]);
  if (created === undefined || created instanceof Error) throw created;
  return created;
}

const wholeOf = async (app: App, inputId: string) =>
  (await annotations.list(app, { ...everything, inputIds: [inputId] })).find(
    ({ isInputLevel }) => isInputLevel,
  ) as Annotation;
const input = async (app: App, id: string) => (await store.input(app, id)) as Input;
const yes = (...names: string[]): NewLabel[] => names.map((name) => ({ name, value: 1 }));
const namesOf = (labels: readonly { readonly name: string }[]) => labels.map(({ name }) => name);

test("every input has one that is about all of it", async () => {
  const app = await open("whole");
  const all = await annotations.list(app, everything);
  expect(all.map(({ inputId, isInputLevel }) => [inputId, isInputLevel])).toEqual([
    ["b", true],
    ["a", true],
  ]);
  expect(all[0]).toMatchObject({
    statusCode: 24150,
    userId: "me",
    isTrusted: true,
    labels: [],
    metadata: {},
    place: null,
    body: {},
  });
});

test("keeps all that is given, one result each", async () => {
  const app = await open("create");
  const given = {
    inputId: "a",
    id: "box",
    statusCode: 24151,
    userId: "ann",
    taskId: "t",
    modelVersionId: "v",
    workflowVersionId: "w",
    isTrusted: false,
    info: { a: 1 },
    metadata: { b: [2] },
    place: { latitude: 1.5, longitude: -2 },
    body: { data: { regions: [{ id: "r" }] } },
  };
  const results = await annotations.create(app, [
    { ...given, labels: [{ name: "Palm Tree", value: 0.7, region: "r" }] },
    { ...given, inputId: "missing" },
    given,
    { ...given, id: "b/c" },
    { ...given, id: "place", place: { latitude: 91, longitude: 0 } },
    { ...given, id: "label", labels: [{ value: 1 }] },
    { inputId: "b", id: "box" },
  ]);
  const { inputId: _, ...kept } = given;
  expect(results[0]).toMatchObject({
    ...kept,
    inputId: "a",
    isInputLevel: false,
    labels: [{ id: "palm-tree", name: "Palm Tree", value: 0.7, region: "r" }],
  });
  expect(
    results.map((result) => (result instanceof Error ? Reflect.get(result, "code") : "ok")),
  ).toEqual([
    "ok",
    "not_found",
    "id_exists",
    "invalid_request",
    "invalid_request",
    "invalid_request",
    "ok",
  ]);
  expect(await annotations.get(app, "a", "box")).toEqual(results[0]);
  expect(await annotations.get(app, "b", "place")).toBeUndefined();
  expect(await annotations.list(app, everything)).toHaveLength(4);
});

describe("labels", () => {
  test("name the concept of their id, else of their name, else a new one", async () => {
    const app = await open("concepts");
    await store.concepts.create(app, [{ id: "1", name: "Dog" }]);
    store.concepts.nameOf = (id) => (id === "ai_cat" ? "cat" : undefined);
    const { labels } = await create(app, {
      inputId: "a",
      labels: [
        { name: "DOG", value: 1 },
        { id: "1", name: "not its name", value: 0 }, // again: the last value counts
        { id: "new", value: 1 },
        { id: "2", name: "Dog", value: 1 },
        { id: "ai_cat", value: 1 },
        { name: "Golden  Retriever ", value: 1 },
        { name: "golden retriever", value: 1 },
        { name: "海", value: 1 },
      ],
    });
    store.concepts.nameOf = () => undefined;
    expect(labels.map(({ id, name, value }) => [id, name, value])).toEqual([
      ["1", "Dog", 0],
      ["new", "new", 1],
      ["2", "Dog", 1],
      ["ai_cat", "cat", 1],
      ["golden-retriever", "Golden  Retriever ", 1],
      ["golden-retriever-2", "golden retriever", 1],
      ["海", "海", 1],
    ]);
  });

  test.each([-0.01, 1.01, Number.NaN])("of value %d are refused", async (value) => {
    const app = await open(`value ${value}`);
    const [refused, good] = await annotations.patchInputs(
      app,
      [
        { id: "a", labels: [...yes("x"), { name: "dog", value }], metadata: { k: 1 } },
        { id: "b", labels: [{ name: "dog", value: 1 }] },
      ],
      "merge",
    );
    expect(refused).toMatchObject({
      code: "invalid_request",
      message: `Expected 0 to 1 for the value of concept dog but received ${value}.`,
    });
    expect(good).toMatchObject({ id: "b" });
    expect((await wholeOf(app, "a")).labels).toEqual([]);
    expect((await input(app, "a")).metadata).toEqual({});
  });

  test("merge behind the others, overwrite them or go", async () => {
    const app = await open("actions");
    const patch = async (labels: NewLabel[], action: "merge" | "overwrite" | "remove") => {
      await annotations.patchInputs(app, [{ id: "a", labels }], action);
      return namesOf((await wholeOf(app, "a")).labels);
    };
    expect(await patch(yes("one", "two"), "merge")).toEqual(["one", "two"]);
    expect(await patch([{ name: "one", value: 0 }, ...yes("three")], "merge")).toEqual([
      "one",
      "two",
      "three",
    ]);
    expect((await wholeOf(app, "a")).labels[0]?.value).toBe(0);
    expect(await patch([{ id: "two", value: 0 }, ...yes("THREE", "unknown")], "remove")).toEqual([
      "one",
    ]);
    expect(await store.concepts.find(app, "unknown")).toBeUndefined();
    expect(await patch(yes("four", "one"), "overwrite")).toEqual(["four", "one"]);
    expect(await patch([], "overwrite")).toEqual([]);
  });

  test("of whole inputs are read together, without those of regions", async () => {
    const app = await open("labelsOf", ["a", "b", "c"]);
    const labels = [...yes("z", "y"), { name: "x", value: 1, region: "r" }];
    await annotations.patchInputs(app, [{ id: "a", labels }], "merge");
    await create(app, { inputId: "b", labels: yes("part") });
    const [a, b] = [await input(app, "a"), await input(app, "b")];
    const found = await annotations.labelsOf([a, b]);
    expect(namesOf(found.get(a.row) ?? [])).toEqual(["z", "y"]);
    expect(found.get(b.row)).toEqual([]);
  });
});

describe("a patch", () => {
  test("of an input changes its metadata and place, not when the queue thinks it changed", async () => {
    const app = await open("inputs");
    const before = await input(app, "a");
    const place = { latitude: 1, longitude: 2 };
    await setTimeout(5);
    const patch = async (
      change: object,
      action: "merge" | "overwrite" | "remove",
    ): Promise<Input> => {
      const [result] = await annotations.patchInputs(app, [{ id: "a", ...change }], action);
      return result as Input;
    };
    expect(await patch({ metadata: { a: { b: 1 } }, place }, "merge")).toMatchObject({
      metadata: { a: { b: 1 } },
      place,
    });
    expect(await patch({ metadata: { a: { c: 2 } } }, "merge")).toMatchObject({
      metadata: { a: { b: 1, c: 2 } },
      place,
    });
    expect(await patch({ metadata: { a: { b: 0 } }, place }, "remove")).toMatchObject({
      metadata: { a: { c: 2 } },
      place: null,
    });
    expect(await patch({ metadata: { d: 1 }, place }, "overwrite")).toMatchObject({
      metadata: { d: 1 },
      place,
    });
    expect(await patch({ place: null }, "merge")).toMatchObject({ place: null });
    const after = await input(app, "a");
    expect(after.modifiedAt.getTime()).toBeGreaterThan(before.modifiedAt.getTime());
    const whole = await wholeOf(app, "a");
    expect(whole.modifiedAt).toEqual(after.modifiedAt);
    expect(whole.metadata).toEqual({ d: 1 });
    const [missing] = await annotations.patchInputs(app, [{ id: "missing" }], "merge");
    expect(missing).toMatchObject({ code: "not_found" });
  });

  test("of the input-level annotation is one of its input", async () => {
    const app = await open("input-level");
    const { id } = await wholeOf(app, "a");
    const metadata = { k: 1 };
    const [patched] = await annotations.patch(
      app,
      [{ id, inputId: "a", metadata, place: { latitude: 3, longitude: 4 } }],
      "merge",
    );
    expect(patched).toMatchObject({ isInputLevel: true, metadata });
    expect(await input(app, "a")).toMatchObject({ metadata, place: { latitude: 3, longitude: 4 } });
  });

  test("of a part leaves its input alone", async () => {
    const app = await open("part");
    const { id } = await create(app, { inputId: "a", metadata: { a: 1 }, labels: yes("x") });
    const [patched] = await annotations.patch(
      app,
      [{ id, inputId: "a", metadata: { b: 2 }, statusCode: 24151, info: { i: 1 } }],
      "merge",
    );
    expect(patched).toMatchObject({
      metadata: { a: 1, b: 2 },
      statusCode: 24151,
      info: { i: 1 },
      labels: [{ name: "x" }],
    });
    expect((await input(app, "a")).metadata).toEqual({});
    const results = await annotations.patch(
      app,
      [
        { id, inputId: "b", statusCode: 1 },
        { id: "missing", inputId: "a" },
      ],
      "merge",
    );
    expect(results).toMatchObject([{ code: "not_found" }, { code: "not_found" }]);
  });

  test("leaves an input its place in the queue", async () => {
    const app = await open("in-the-queue");
    const { row } = await input(app, "a");
    const taken = (await store.queue.next(1000)).find((pending) => pending.input.row === row);
    await setTimeout(2);
    await annotations.patchInputs(app, [{ id: "a", labels: yes("x") }], "merge");
    const about = { sha256: "", sizeBytes: 1, widthPx: 1, heightPx: 1, format: "jpeg" };
    const vector = Float32Array.of(1);
    const space = await newSpace(store, "one", 1);
    const encoded = [{ space, vector, predictions: [] }];
    const processed = { input: taken?.input as Input, ...about, encoded };
    expect(await store.queue.complete([processed])).toHaveLength(1);
  });

  test("merges regions by their ids, overwrites all of them, removes those that are named", async () => {
    const app = await open("regions");
    const region = (id: string, top: number) => ({ id, box: { top } });
    const { id } = await create(app, {
      inputId: "a",
      body: { data: { regions: [region("r", 1)] } },
      shapes: ["bounding_box"],
      labels: [...yes("whole"), { name: "part", value: 1, region: "r" }],
    });
    const patch = async (change: object, action: "merge" | "overwrite" | "remove") => {
      const [result] = await annotations.patch(app, [{ id, inputId: "a", ...change }], action);
      const { body, labels } = result as Annotation;
      return [body, namesOf(labels)];
    };
    const [s2, r3] = [region("s", 2), region("r", 3)];
    const labels = [{ name: "more", value: 1, region: "s" }];
    const both = { data: { regions: [r3, s2] } };
    const merged = { body: { data: { regions: [s2, r3] } }, labels };
    expect(await patch(merged, "merge")).toEqual([both, ["whole", "part", "more"]]);
    const only = { data: { regions: [s2] } };
    const named = (...ids: string[]) => ({ data: { regions: ids.map((each) => ({ id: each })) } });
    const part = [{ name: "part", value: 1, region: "r" }];
    expect(await patch({ body: named("r"), labels: part }, "remove")).toEqual([
      both,
      ["whole", "more"],
    ]);
    expect(await patch({ body: named("r", "x") }, "remove")).toEqual([only, ["whole", "more"]]);
    expect(await patch({ body: named("s") }, "remove")).toEqual([{ data: {} }, ["whole"]]);
    expect(await patch({ body: only, labels }, "overwrite")).toEqual([only, ["whole", "more"]]);
  });
});

test("a region that is merged with another shape changes it", async () => {
  const app = await open("reshaped");
  const body = (regionInfo: object) => ({ data: { regions: [{ id: "r", regionInfo }] } });
  const { id } = await create(app, {
    inputId: "a",
    body: body({ boundingBox: { topRow: 1, leftCol: 1 } }),
    shapes: ["bounding_box"],
  });
  const point = { id, inputId: "a", body: body({ point: { row: 0.5 } }), shapes: ["point"] };
  const [merged] = await annotations.patch(app, [point], "merge");
  expect(merged).toMatchObject({ body: body({ point: { row: 0.5 } }) });
  expect((merged as Annotation).body).toEqual(point.body);
  const count = (shape: "bounding_box" | "none" | "point") =>
    store.matches.count(app, [{ anyOf: [indexedOrNot], annotation: { shape } }], "annotations");
  expect([await count("bounding_box"), await count("point")]).toEqual([0, 1]);
  await annotations.patch(app, [point], "remove");
  expect([await count("none"), await count("point")]).toEqual([3, 0]);
});

test("lists by ids, inputs, users, task and status, newest first", async () => {
  const app = await open("list");
  await create(app, { inputId: "b", id: "1", userId: "ann", taskId: "t" });
  await create(app, { inputId: "a", id: "2", userId: "ann", statusCode: 24151 });
  const ids = async (page: object) =>
    (await annotations.list(app, { ...everything, ...page })).map(({ id, isInputLevel }) =>
      isInputLevel ? "whole" : id,
    );
  expect(await ids({})).toEqual(["2", "1", "whole", "whole"]);
  expect(await ids({ ids: ["1", "2", "x"] })).toEqual(["2", "1"]);
  expect(await ids({ inputIds: ["b"] })).toEqual(["1", "whole"]);
  expect(await ids({ userIds: ["ann"] })).toEqual(["2", "1"]);
  expect(await ids({ taskId: "t" })).toEqual(["1"]);
  expect(await ids({ statusCodes: [24150], userIds: ["ann", "x"] })).toEqual(["1"]);
  expect(await ids({ offset: 1, limit: 2 })).toEqual(["1", "whole"]);
  expect(await annotations.list(await open("list-other", []), everything)).toEqual([]);
});

test("deletes by ids, by inputs and by pairs; whole ones are emptied", async () => {
  const app = await open("delete");
  for (const inputId of ["a", "b"]) {
    for (const id of ["1", "2", "3"]) await create(app, { inputId, id, labels: yes("x") });
  }
  const left = async () =>
    (await annotations.list(app, everything))
      .filter(({ isInputLevel }) => !isInputLevel)
      .map(({ inputId, id }) => inputId + id);
  expect(await annotations.delete(app, {})).toBe(0);
  expect(await annotations.delete(app, { ids: ["1"] })).toBe(2);
  expect(await annotations.delete(app, { inputIds: ["a", "b"], ids: ["2", "3"] })).toBe(2);
  expect(await left()).toEqual(["b2", "a3"]);
  await expect(annotations.delete(app, { inputIds: ["a"], ids: ["2", "3"] })).rejects.toMatchObject(
    {
      code: "invalid_request",
    },
  );
  const metadata = { keep: 1 };
  await annotations.patchInputs(app, [{ id: "a", labels: yes("y"), metadata }], "merge");
  expect(await annotations.delete(app, { inputIds: ["a"] })).toBe(2);
  expect(await left()).toEqual(["b2"]);
  expect(await wholeOf(app, "a")).toMatchObject({ labels: [], metadata });
  expect(await annotations.delete(await open("delete-other"), { ids: ["2"] })).toBe(0);
});

test("go with their input", async () => {
  const app = await open("cascade");
  await create(app, { inputId: "a", id: "1", labels: yes("x") });
  await store.deleteInputs(app, ["a"]);
  expect((await annotations.list(app, everything)).map(({ inputId }) => inputId)).toEqual(["b"]);
  expect(await store.concepts.counts(app)).toEqual(new Map([["x", { positive: 0, negative: 0 }]]));
});
