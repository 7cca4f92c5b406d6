// Deleting an app takes everything that hangs on it, on disk as in memory, and nothing else.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import type { App } from "../src/engine/engine.ts";
import { openTestEngine, settled, type TestEngine } from "./fixtures/engine.ts";

async function picture(r: number): Promise<Uint8Array> {
  const background = { r, g: 90, b: 200 };
  return sharp({ create: { width: 8, height: 8, channels: 3, background } })
    .png()
    .toBuffer();
}

async function add({ engine }: TestEngine, app: App, ids: readonly string[]): Promise<void> {
  const given = await Promise.all(ids.map(async (id, i) => ({ id, bytes: await picture(50 * i) })));
  const results = await engine.addInputs(app, given);
  expect(results.filter((result) => result instanceof Error)).toEqual([]);
  await settled({ engine, app });
}

/** Files that belong to the app, whose name or folder starts with its row. */
function filesOf(data: string, app: App): string[] {
  const blobs = ["originals", "thumbnails"].flatMap((kind) => {
    const folder = join(data, "blobs", kind, String(app.row));
    if (!existsSync(folder)) return [];
    const found = readdirSync(folder, { recursive: true, withFileTypes: true });
    return found.filter((entry) => entry.isFile()).map(({ name }) => name);
  });
  const index = readdirSync(join(data, "index"));
  return [...blobs, ...index.filter((name) => name.startsWith(`${app.row}-`))];
}

const page = { offset: 0, limit: 10 };
const everything = { ranks: [], filters: [], ...page };

test("deletes inputs, bytes, index and snapshot", async () => {
  const first = await openTestEngine();
  const made = await first.engine.apps.create("me", { id: "trip" });
  await add(first, made, ["a", "b"]);
  await add(first, first.app, ["kept"]);
  await first.engine.close(); // writes the snapshots

  const { engine, app, data } = await openTestEngine({ data: first.data });
  expect((await engine.search(made, everything)).total).toBe(2);
  expect(filesOf(data, made)).toHaveLength(5);
  const dataset = await engine.datasets.create(made, { id: "d" });
  await engine.datasets.add(made, dataset, ["a"]);
  await engine.records.create(made, { kind: "search", id: "s" }, {});

  await engine.deleteApp(made);
  expect(await engine.app("me", "trip")).toBeUndefined();
  expect(filesOf(data, made)).toEqual([]);
  expect((await engine.search(app, everything)).total).toBe(1);
  expect(filesOf(data, app)).toHaveLength(3);

  const again = await engine.apps.create("me", { id: "trip" });
  expect(await engine.inputs(again, page)).toEqual([]);
  expect(await engine.datasets.size(again)).toBe(0);
  expect(await engine.records.count(again, { kind: "search" })).toBe(0);
  const rank = { kind: "image", weight: 1, bytes: await picture(0) } as const;
  expect((await engine.search(again, { ...everything, ranks: [rank] })).hits).toEqual([]);
  await engine.close();
});

test("keeps the default app", async () => {
  const opened = await openTestEngine();
  await expect(opened.engine.deleteApp(opened.app)).rejects.toMatchObject({
    code: "invalid_request",
    message: expect.stringContaining("default"),
  });
  expect(await opened.engine.app("me", "photos")).toBeDefined();
  await opened.engine.close();
});
