import { afterAll, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/fixtures/engine.ts";
import type { App } from "../engine.ts";
import { Store } from "../store.ts";

const store = Store.open(temporaryFolder());
afterAll(() => store.close());
const { datasets } = store;
const everything = { offset: 0, limit: 100 };

/** An app of its own with inputs of these ids. */
async function open(name: string, inputs: readonly string[] = []): Promise<App> {
  const app = await store.apps.create("me", { id: name });
  await store.queue.add(
    app,
    inputs.map((id) => ({ id, name: "", size_bytes: 1 })),
  );
  return app;
}

const idsOf = async (dataset: Parameters<typeof datasets.inputs>[0], page = everything) =>
  (await datasets.inputs(dataset, page)).map(({ input }) => input.id);

test("keeps details and tells apps apart", async () => {
  const [app, other] = [await open("keep"), await open("keep-other")];
  const dataset = await datasets.create(app, { id: "d", details: { description: "D" } });
  expect(await datasets.get(app, "d")).toEqual(dataset);
  expect(dataset.details).toEqual({ description: "D" });
  expect(await datasets.get(other, "d")).toBeUndefined();
  await datasets.create(other, { id: "d" });
  await expect(datasets.create(app, { id: "d" })).rejects.toMatchObject({
    code: "id_exists",
    details: { id: "d" },
  });
  await expect(datasets.create(app, { id: "a/b" })).rejects.toMatchObject({
    code: "invalid_request",
  });
});

test("creates all of a batch or none", async () => {
  const app = await open("atomic");
  await datasets.create(app, { id: "old" });
  await expect(datasets.createAll(app, [{ id: "new" }, { id: "old" }])).rejects.toThrow("old");
  expect(await datasets.size(app)).toBe(1);
});

test("lists by page and pattern", async () => {
  const app = await open("list");
  await datasets.createAll(app, [{ id: "train" }, { id: "test" }, { id: "valid" }]);
  const list = async (page: object) =>
    (await datasets.list(app, { ...everything, ...page })).map(({ id }) => id);
  expect(await list({ offset: 1, limit: 1 })).toEqual(["test"]);
  expect(await list({ pattern: "t*" })).toEqual(["train", "test"]);
});

test("says of each input whether it is new, known or unknown", async () => {
  const app = await open("add", ["a", "b", "c"]);
  const dataset = await datasets.create(app, { id: "d" });
  expect(await datasets.add(app, dataset, ["b", "nowhere", "a", "b"])).toEqual([
    true,
    undefined,
    true,
    false,
  ]);
  expect(await datasets.add(app, dataset, ["a", "c"])).toEqual([false, true]);
  expect(await idsOf(dataset)).toEqual(["a", "b", "c"]);
  expect(await idsOf(dataset, { offset: 1, limit: 1 })).toEqual(["b"]);
  expect(await datasets.count(dataset)).toBe(3);
  expect(await datasets.remove(app, dataset, ["a", "nowhere"])).toBe(1);
  expect(await datasets.remove(app, dataset, ["a"])).toBe(0);
  const [found] = await datasets.inputs(dataset, { ...everything, ids: ["c"] });
  expect(found?.input.id).toBe("c");
  expect(Math.abs((found?.addedAt.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
});

test("adds no input of another app", async () => {
  const [app, other] = [await open("own"), await open("foreign", ["a"])];
  const dataset = await datasets.create(app, { id: "d" });
  expect(await datasets.add(app, dataset, ["a"])).toEqual([undefined]);
  expect(await datasets.inputs(dataset, everything)).toEqual([]);
  expect(await store.countInputs(other)).toMatchObject({ pending: 1 });
});

test("knows the datasets of inputs, without versions", async () => {
  const app = await open("of", ["a", "b"]);
  const [one, two] = await datasets.createAll(app, [{ id: "one" }, { id: "two" }]);
  await datasets.add(app, one!, ["a"]);
  await datasets.add(app, two!, ["a"]);
  await datasets.versions.create(app, one!, [{ id: "v" }]);
  const inputs = await store.inputs(app, everything);
  const found = await datasets.of(inputs);
  expect(inputs.map(({ row }) => found.get(row))).toEqual([["one", "two"], undefined]);
});

test("forgets inputs that are deleted, and keeps inputs of a dataset that is deleted", async () => {
  const app = await open("cascade", ["a", "b"]);
  const dataset = await datasets.create(app, { id: "d" });
  await datasets.add(app, dataset, ["a", "b"]);
  await store.deleteInputs(app, ["a"]);
  expect(await idsOf(dataset)).toEqual(["b"]);
  expect(await datasets.delete(app, ["d", "nowhere"])).toBe(1);
  expect(await store.input(app, "b")).toBeDefined();
});

test("freezes what a dataset holds", async () => {
  const app = await open("freeze", ["a", "b"]);
  const dataset = await datasets.create(app, { id: "d" });
  await datasets.add(app, dataset, ["a"]);
  const [version] = await datasets.versions.create(app, dataset, [
    { id: "v1", details: { description: "first" } },
  ]);
  await datasets.add(app, dataset, ["b"]);
  expect(version).toMatchObject({ id: "v1", details: { description: "first" } });
  expect(await idsOf(version!)).toEqual(["a"]);
  expect(await idsOf(dataset)).toEqual(["a", "b"]);
  expect(await datasets.versions.get(app, dataset, "v1")).toEqual(version);
});

test("keeps versions out of the datasets, newest first", async () => {
  const app = await open("versions");
  const [dataset, like] = await datasets.createAll(app, [{ id: "d" }, { id: "d0" }]);
  await datasets.versions.create(app, dataset!, [{ id: "v1" }, { id: "v2" }]);
  await datasets.versions.create(app, like!, [{ id: "v1" }]);
  const list = async (page: object = {}) =>
    (await datasets.versions.list(app, dataset!, { ...everything, ...page })).map(({ id }) => id);
  expect(await list()).toEqual(["v2", "v1"]);
  expect(await list({ offset: 1 })).toEqual(["v1"]);
  expect(await datasets.list(app, everything)).toHaveLength(2);
  expect(await datasets.size(app)).toBe(2);
  expect(await datasets.get(app, "d/v1")).toBeUndefined();
  expect(await datasets.delete(app, ["d/v1"])).toBe(0);
  await expect(datasets.update(app, "d/v1", { details: {} })).rejects.toThrow("d/v1");
  await expect(datasets.versions.create(app, dataset!, [{ id: "v1" }])).rejects.toMatchObject({
    code: "id_exists",
    message: "Expected a new id for the dataset version but received v1, which exists.",
  });
});

test("changes and deletes versions", async () => {
  const app = await open("change-versions");
  const dataset = await datasets.create(app, { id: "d" });
  const { versions } = datasets;
  await versions.create(app, dataset, [{ id: "v1" }, { id: "v2" }]);
  const changes = [{ id: "v1", details: { a: 1 } }];
  expect(await versions.update(app, dataset, changes)).toMatchObject(changes);
  await expect(
    versions.update(app, dataset, [
      { id: "v1", details: {} },
      { id: "v3", details: {} },
    ]),
  ).rejects.toMatchObject({ code: "not_found", details: { id: "v3" } });
  expect(await versions.get(app, dataset, "v1")).toMatchObject({ details: { a: 1 } });
  expect(await versions.delete(app, dataset, ["v1", "v3"])).toBe(1);
  expect(await versions.list(app, dataset, everything)).toHaveLength(1);
});

test("deletes a dataset with its versions only, upper and lower case apart", async () => {
  const app = await open("delete");
  const all = await datasets.createAll(app, [{ id: "D" }, { id: "d" }, { id: "d%" }, { id: "d0" }]);
  for (const dataset of all) await datasets.versions.create(app, dataset, [{ id: "v" }]);
  expect(await datasets.delete(app, ["d"])).toBe(1);
  const versions = await Promise.all(
    all.map((dataset) => datasets.versions.list(app, dataset, everything)),
  );
  expect(versions.map(({ length }) => length)).toEqual([1, 0, 1, 1]);
});

test("renames a dataset with its versions", async () => {
  const app = await open("rename", ["a"]);
  const [dataset] = await datasets.createAll(app, [{ id: "old" }, { id: "taken" }]);
  await datasets.add(app, dataset!, ["a"]);
  await datasets.versions.create(app, dataset!, [{ id: "v" }]);
  const renamed = await datasets.update(app, "old", { id: "new name", details: { a: 1 } });
  expect(renamed).toMatchObject({ row: dataset!.row, id: "new name", details: { a: 1 } });
  const version = await datasets.versions.get(app, renamed, "v");
  expect(await idsOf(version!)).toEqual(["a"]);
  expect(await datasets.get(app, "old")).toBeUndefined();
  await expect(datasets.update(app, "new name", { id: "taken" })).rejects.toMatchObject({
    code: "id_exists",
  });
  await expect(datasets.update(app, "old", { details: {} })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("changes all of a batch or none", async () => {
  const app = await open("atomic-change");
  await datasets.create(app, { id: "d", details: { a: 1 } });
  const changes = [
    { id: "d", details: { a: 2 } },
    { id: "nowhere", details: {} },
  ];
  await expect(datasets.updateAll(app, changes)).rejects.toMatchObject({
    details: { id: "nowhere" },
  });
  expect(await datasets.get(app, "d")).toMatchObject({ details: { a: 1 } });
});

test("takes more ids than a statement takes variables", async () => {
  const app = await open("many-ids");
  const dataset = await datasets.create(app, { id: "d" });
  await datasets.versions.create(app, dataset, [{ id: "v" }]);
  const ids = [...Array.from({ length: 33_000 }, (_, i) => `${i}`), "v"];
  expect(await datasets.versions.delete(app, dataset, ids)).toBe(1);
  expect(await idsOf(dataset, { ...everything, ids } as typeof everything)).toEqual([]);
});
