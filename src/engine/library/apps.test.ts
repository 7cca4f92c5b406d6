import { afterAll, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/fixtures/engine.ts";
import { LIMITS } from "../../limits.ts";
import { Store } from "../store.ts";

const store = Store.open(temporaryFolder());
afterAll(() => store.close());
const { apps } = store;
const everything = { offset: 0, limit: 100 };

test("keeps what it is given, and is Universal unless told otherwise", async () => {
  const details = { name: "Trip", metadata: { a: [1, { b: "ü" }] } };
  const app = await apps.create("keeper", { id: "trip", details });
  expect(app).toMatchObject({ userId: "keeper", id: "trip", baseWorkflow: "Universal", details });
  expect(await apps.get("keeper", "trip")).toEqual(app);
  const general = await apps.create("keeper", { id: "general", baseWorkflow: "General" });
  expect(general.baseWorkflow).toBe("General");
  expect(await apps.get("another", "trip")).toBeUndefined();
});

test("refuses an id that exists, and then creates none of the batch", async () => {
  await apps.create("batch", { id: "old" });
  await expect(apps.createAll("batch", [{ id: "new" }, { id: "old" }])).rejects.toMatchObject({
    code: "id_exists",
    details: { id: "old" },
  });
  expect((await apps.list("batch", everything)).map(({ id }) => id)).toEqual(["old"]);
});

test.each(["", "a/b", "a\nb", "x".repeat(LIMITS.idLength + 1)])(
  "refuses %j as an id",
  async (id) => {
    await expect(apps.create("ids", { id })).rejects.toMatchObject({
      code: "invalid_request",
      message: expect.stringContaining("the id of the app"),
    });
  },
);

test("takes the longest id, and every other character", async () => {
  const id = "x".repeat(LIMITS.idLength);
  expect((await apps.create("ids", { id })).id).toBe(id);
  expect((await apps.create("ids", { id: "Ä 1% \\_'\"" })).id).toBe("Ä 1% \\_'\"");
});

test("lists the oldest first, by page and by pattern of the id", async () => {
  for (const id of ["cats", "dogs", "Catalog", "c%ts", "c_t"]) await apps.create("lister", { id });
  const list = async (page: object) =>
    (await apps.list("lister", { ...everything, ...page })).map(({ id }) => id);
  expect(await list({ offset: 1, limit: 2 })).toEqual(["dogs", "Catalog"]);
  expect(await list({ pattern: "cat*" })).toEqual(["cats", "Catalog"]);
  expect(await list({ pattern: "*T*" })).toEqual(["cats", "Catalog", "c%ts", "c_t"]);
  expect(await list({ pattern: "c%*" })).toEqual(["c%ts"]);
  expect(await list({ pattern: "c_t" })).toEqual(["c_t"]);
  expect(await list({ pattern: "dog" })).toEqual([]);
});

test("changes what is given and nothing else", async () => {
  const app = await apps.create("changer", { id: "a", details: { name: "A" } });
  await apps.create("changer", { id: "b" });
  const renamed = await apps.update(app, { id: "c" });
  expect(renamed).toMatchObject({ id: "c", details: { name: "A" }, baseWorkflow: "Universal" });
  const changed = await apps.update(app, { baseWorkflow: "Empty", details: { notes: "n" } });
  expect(changed).toMatchObject({ id: "c", baseWorkflow: "Empty", details: { notes: "n" } });
  expect(changed.modifiedAt.getTime()).toBeGreaterThanOrEqual(app.modifiedAt.getTime());
  await expect(apps.update(app, { id: "b" })).rejects.toMatchObject({ code: "id_exists" });
  await expect(apps.update(app, { id: "" })).rejects.toMatchObject({ code: "invalid_request" });
  expect(await apps.update(app, { id: "c" })).toMatchObject({ id: "c" });
});

test("finds no app to change once it is deleted", async () => {
  const app = await apps.create("deleter", { id: "gone" });
  await store.deleteApp(app);
  await expect(apps.update(app, { details: {} })).rejects.toMatchObject({ code: "not_found" });
});

test("a row is never used again, so that late work for a deleted app finds nothing", async () => {
  const app = await apps.create("late", { id: "gone" });
  const dataset = await store.datasets.create(app, { id: "d" });
  await store.queue.add(app, [{ id: "a", name: "", size_bytes: 1 }]);
  await store.deleteApp(app);
  const other = await apps.create("late", { id: "other" });
  await store.queue.add(other, [{ id: "a", name: "", size_bytes: 1 }]);
  expect(other.row).toBeGreaterThan(app.row);
  expect((await store.datasets.create(other, { id: "d" })).row).toBeGreaterThan(dataset.row);
  const late: readonly Promise<unknown>[] = [
    store.queue.add(app, [{ id: "b", name: "", size_bytes: 1 }]),
    store.datasets.create(app, { id: "e" }),
    store.datasets.add(other, dataset, ["a"]),
    store.jobs.open(app, "job"),
    store.records.create(app, { kind: "search", id: "s" }, {}),
  ];
  for (const each of late) await expect(each).rejects.toMatchObject({ code: "not_found" });
  expect(await store.concepts.create(app, [{ id: "c" }])).toMatchObject([{ code: "not_found" }]);
});
