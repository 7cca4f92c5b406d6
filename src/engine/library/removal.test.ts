import { afterAll, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/fixtures/engine.ts";
import { newSpace } from "../../../test/fixtures/spaces.ts";
import type { App } from "../engine.ts";
import { Store } from "../store.ts";
import { Turns } from "../turns.ts";
import { type Removal, removeAllInputs, removeApp, removeInputs } from "./removal.ts";

const store = Store.open(temporaryFolder());
afterAll(() => store.close());
const COUNT = 2500;

/** An app of its own with more inputs than one step deletes, and what deleting them does elsewhere. */
async function open(id: string) {
  const app = await store.apps.create("me", { id });
  const rows = Array.from({ length: COUNT }, (_, i) => ({
    id: `${i}`,
    name: "",
    size_bytes: 1,
    sha256: `${i}`,
  }));
  const inputs = await store.queue.add(app, rows);
  const space = await newSpace(store, "one", 1);
  const about = { sizeBytes: 1, widthPx: 1, heightPx: 1, format: "jpeg" };
  const encoded = [{ space, vector: Float32Array.of(1), predictions: [] }];
  await store.queue.complete(
    inputs.map((input) => ({ input, sha256: input.sha256 ?? "", encoded, ...about })),
  );
  const done = { keys: new Set<string>(), vectors: 0, aborted: 0, forgotten: [] as number[] };
  const removal: Removal = {
    store,
    turns: new Turns(),
    blobs: {
      put: async () => undefined,
      get: async () => undefined,
      delete: async (key) => void done.keys.add(key),
    },
    downloads: {
      abort: (rows) => {
        done.aborted += rows.length;
      },
    },
    indexes: {
      forget: async ({ row }) => void done.forgotten.push(row),
      remove: async (_app, rows) => {
        done.vectors += rows.length;
      },
      removeObjects: async () => undefined,
    },
    examples: { forget: async () => undefined },
  };
  return { app, removal, done };
}

const countOf = async (app: App) => (await store.countInputs(app)).processed;

test("deletes all inputs in steps, each with its vector and bytes", async () => {
  const { app, removal, done } = await open("all");
  let turns = 0;
  const others = setInterval(() => turns++, 1);
  expect(await removeAllInputs(removal, app)).toBe(COUNT);
  clearInterval(others);
  expect(turns).toBeGreaterThan(0);
  expect(await countOf(app)).toBe(0);
  expect(done).toMatchObject({ vectors: COUNT, aborted: COUNT });
  expect(done.keys.size).toBe(2 * COUNT); // thumbnail and original
  expect(await removeAllInputs(removal, app)).toBe(0);
});

test("deletes inputs by id and counts those that existed", async () => {
  const { app, removal, done } = await open("ids");
  const ids = Array.from({ length: 1500 }, (_, i) => `${2 * i}`);
  expect(await removeInputs(removal, app, ids)).toBe(COUNT / 2);
  expect(await countOf(app)).toBe(COUNT / 2);
  expect(done.vectors).toBe(COUNT / 2);
});

test("deletes an app but for the one that is kept", async () => {
  const { app, removal, done } = await open("gone");
  await expect(removeApp(removal, app, "gone")).rejects.toMatchObject({ code: "invalid_request" });
  expect(await countOf(app)).toBe(COUNT);
  await removeApp(removal, app, "kept");
  expect(await store.apps.get("me", "gone")).toBeUndefined();
  expect(await countOf(app)).toBe(0);
  expect(done.keys.size).toBe(2 * COUNT);
  expect(done.forgotten).toEqual([app.row]);
});
