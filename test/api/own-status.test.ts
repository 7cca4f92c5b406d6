// GET /semblance/status, POST /semblance/reindex, and what a change of the base workflow means.
import { resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { settled } from "../fixtures/engine.ts";
import { drawEmoji } from "../fixtures/pictures.ts";
import { call, type StartedReal, startReal } from "./start.ts";

let server: StartedReal;
let keptBytes = 0;

beforeAll(async () => {
  server = await startReal();
  const pictures = await drawEmoji(8);
  keptBytes = pictures.reduce((sum, { bytes }) => sum + bytes.length, 0);
  await server.engine.addInputs(server.app, pictures);
  await settled(server);
});
afterAll(() => server.close());

test("tells how server, app and disk are doing", async () => {
  const { status, json } = await call(`${server.url}/semblance/status`);
  expect(status).toBe(200);
  expect(json).toMatchObject({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    model: server.engine.model,
    base_workflow: "Universal",
    inputs: { processed: 8, pending: 0, failed: 0, duplicate: 0 },
  });
  expect(Date.now() - Date.parse(json.started_at)).toBeLessThan(60_000);
  const { storage } = json;
  expect(storage.originals_bytes).toBe(keptBytes);
  expect(storage.vectors_bytes).toBe(8 * server.engine.model.dim * 4);
  expect(storage.thumbnails_bytes).toBeGreaterThan(8 * 1000);
  expect(storage.database_bytes).toBeGreaterThan(10_000);
  expect(storage.free_bytes).toBeGreaterThan(0);
  expect(storage.data_folder).toBe(resolve(server.data));
});

test("counts each app by itself", async () => {
  await server.engine.apps.create("me", { id: "empty" });
  const { json } = await call(`${server.url}/semblance/status?app_id=empty`);
  expect(json.inputs.processed).toBe(0);
  expect(json.storage).toMatchObject({ originals_bytes: 0, thumbnails_bytes: 0, vectors_bytes: 0 });
});

test("reindexes as an activity", async () => {
  const { json } = await call(`${server.url}/semblance/reindex`, "POST");
  expect(json.activity).toMatchObject({ kind: "reindex", state: "running" });
  await expect
    .poll(async () => (await call(`${server.url}/semblance/activities`)).json.activities[0])
    .toMatchObject({ id: json.activity.id, state: "done", result: { renewed: 8, kept: 0 } });
});

test("searches follow a change of the base workflow", async () => {
  const change = (id: string) =>
    call(`${server.url}/v2/users/me/apps`, "PATCH", {
      action: "overwrite",
      apps: [{ id: "photos", default_workflow: { id, user_id: "clarifai", app_id: "main" } }],
    });
  const search = async (rank: object) =>
    (await call(`${server.url}/semblance/search`, "POST", { ranks: [rank] })).status;
  const caption = { kind: "text", text: "a smiling face" };
  const concept = { kind: "concept", name: "dog" };
  const tried: unknown[] = [];
  for (const workflow of ["General", "Empty", "Universal"]) {
    expect((await change(workflow)).status).toBe(200);
    const { json } = await call(`${server.url}/semblance/status`);
    tried.push([json.base_workflow, await search(concept), await search(caption)]);
  }
  expect(tried).toEqual([
    ["General", 200, 400],
    ["Empty", 400, 400],
    ["Universal", 200, 200],
  ]);
});

test("a refused deletion of the default app stops none of its work", async () => {
  const { engine, app } = server;
  const { id } = engine.activities.start(app, "map", "", (_, signal) =>
    setTimeout(60_000, undefined, { signal, ref: false }),
  );
  expect((await call(`${server.url}/v2/users/me/apps/photos`, "DELETE")).status).toBe(400);
  expect(engine.activities.running(app, "map")?.id).toBe(id);
  await engine.activities.cancel(app, id);
});
