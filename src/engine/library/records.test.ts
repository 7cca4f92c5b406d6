import { afterAll, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/fixtures/engine.ts";
import { Store } from "../store.ts";

const store = Store.open(temporaryFolder());
afterAll(() => store.close());
const { records } = store;
const everything = { offset: 0, limit: 100 };
const open = (id: string) => store.apps.create("me", { id });

test("gives back body and weights", async () => {
  const app = await open("keep");
  const key = { kind: "model-version", parent: "m", id: "v" } as const;
  const record = await records.create(app, key, { a: [1, "ü"] }, Float32Array.of(0.5, -2));
  expect(record).toMatchObject({ id: "v", parent: "m", body: { a: [1, "ü"] } });
  expect(await records.get(app, key)).toEqual(record);
  expect(record.weights).toEqual(Float32Array.of(0.5, -2));
  const plain = await records.create(app, { kind: "search", id: "v" }, {});
  expect(plain).toMatchObject({ parent: "", weights: null });
  expect(await records.get(app, { kind: "search", id: "other" })).toBeUndefined();
});

test("an id is new in its app, kind and parent", async () => {
  const [app, other] = [await open("ids"), await open("ids-other")];
  const key = { kind: "model-version", parent: "m", id: "v" } as const;
  await records.create(app, key, {});
  await records.create(other, key, {});
  await records.create(app, { ...key, parent: "n" }, {});
  await records.create(app, { ...key, kind: "workflow-version" }, {});
  await expect(records.create(app, key, {})).rejects.toMatchObject({
    code: "id_exists",
    message: "Expected a new id for the model version but received v, which exists.",
  });
  await expect(records.create(app, { kind: "search", id: "a/b" }, {})).rejects.toMatchObject({
    code: "invalid_request",
    message: expect.stringContaining("the saved search"),
  });
});

test("replaces the body, and keeps weights that are not given", async () => {
  const app = await open("update");
  const key = { kind: "model", id: "m" } as const;
  await records.create(app, key, { a: 1 }, Float32Array.of(1));
  expect(await records.update(app, key, { b: 2 })).toMatchObject({
    body: { b: 2 },
    weights: Float32Array.of(1),
  });
  const updated = await records.update(app, key, {}, Float32Array.of(2));
  expect(updated.weights).toEqual(Float32Array.of(2));
  await expect(records.update(app, { ...key, id: "n" }, {})).rejects.toMatchObject({
    code: "not_found",
    message: "Expected a model that exists but received id n.",
  });
});

test("lists and counts by kind, parent and pattern, either end first", async () => {
  const app = await open("list");
  for (const [parent, id] of [
    ["m", "v1"],
    ["m", "v2"],
    ["n", "w1"],
  ] as const) {
    await records.create(app, { kind: "model-version", parent, id }, {});
  }
  const list = async (of: object, page: object = {}) => {
    const found = await records.list(
      app,
      { kind: "model-version", ...of },
      { ...everything, ...page },
    );
    return found.map(({ id }) => id);
  };
  expect(await list({})).toEqual(["v1", "v2", "w1"]);
  expect(await list({ parent: "m" }, { newestFirst: true })).toEqual(["v2", "v1"]);
  expect(await list({}, { offset: 1, limit: 1 })).toEqual(["v2"]);
  expect(await list({}, { pattern: "*1" })).toEqual(["v1", "w1"]);
  expect(await records.count(app, { kind: "model-version", parent: "m" })).toBe(2);
  expect(await records.count(app, { kind: "model" })).toBe(0);
});

test("deletes a model with its versions, and nothing of another kind", async () => {
  const app = await open("delete");
  await records.create(app, { kind: "model", id: "m" }, {});
  await records.create(app, { kind: "workflow", id: "m" }, {});
  await records.create(app, { kind: "model-version", parent: "m", id: "v" }, {});
  await records.create(app, { kind: "model-version", parent: "n", id: "v" }, {});
  await records.create(app, { kind: "workflow-version", parent: "m", id: "v" }, {});
  expect(await records.delete(app, { kind: "model" }, ["m", "nowhere"])).toBe(1);
  expect(await records.count(app, { kind: "model-version" })).toBe(1);
  expect(await records.count(app, { kind: "workflow-version" })).toBe(1);
  expect(await records.delete(app, { kind: "workflow" }, undefined)).toBe(1);
  expect(await records.count(app, { kind: "workflow-version" })).toBe(0);
  expect(await records.delete(app, { kind: "model-version", parent: "m" }, undefined)).toBe(0);
  expect(await records.delete(app, { kind: "model-version" }, [])).toBe(0);
  expect(await records.count(app, { kind: "model-version" })).toBe(1);
});
