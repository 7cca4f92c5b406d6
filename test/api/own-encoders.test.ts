// /semblance/encoders over HTTP: the list, the way to another model and back, and what is refused.
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { settled } from "../fixtures/engine.ts";
import { startHub } from "../fixtures/hub-server.ts";
import { CLIP_DIM, clipFiles, writeModel } from "../fixtures/model-folders.ts";
import { drawEmoji } from "../fixtures/pictures.ts";
import { writeTinyDetector } from "../fixtures/tiny-detector.ts";
import { call, type StartedReal, startReal } from "./start.ts";

const PATH = "/semblance/encoders";

let server: StartedReal;
beforeAll(async () => {
  server = await startReal();
  mkdirSync(join(server.data, "models"));
  cpSync(writeModel("tiny-clip", clipFiles()), join(server.data, "models/tiny-clip"), {
    recursive: true,
  });
  cpSync(writeTinyDetector("d_fine"), join(server.data, "models/tiny-detector"), {
    recursive: true,
  });
  await server.engine.addInputs(server.app, await drawEmoji(6));
  await settled(server);
});
afterAll(() => server.close());

const list = async () => (await call(server.url + PATH)).json;
const encoder = async (id: string) =>
  (await list()).encoders.find((one: { id: string }) => one.id === id);

async function use(body: object) {
  const { json } = await call(`${server.url}${PATH}/use`, "POST", body);
  return server.engine.activities.ended(server.app, json.activity.id);
}

test("lists the built-in encoder, the recommended one and what is installed", async () => {
  expect(await encoder("compact")).toMatchObject({ state: "built in", use: "in use" });
  expect(await encoder("tiny-clip")).toMatchObject({ state: "installed", use: "none" });
  const { encoders, spaces } = await list();
  expect(encoders[1]).toMatchObject({ state: "available", recommended: true, use: "none" });
  expect(spaces).toEqual([
    expect.objectContaining({ name: "compact", state: "current", vectors: 6, dim: 384 }),
  ]);
});

test("changes over, and back", async () => {
  expect(await use({ id: "tiny-clip" })).toMatchObject({ state: "done", about: "tiny-clip" });
  expect(await encoder("tiny-clip")).toMatchObject({ use: "in use" });
  expect(await encoder("compact")).toMatchObject({ use: "ready" });
  const status = (await call(`${server.url}/semblance/status`)).json;
  expect(status.model).toMatchObject({ name: "tiny-clip", dim: CLIP_DIM });
  const { spaces } = await list();
  const kept = spaces.find((space: { state: string }) => space.state === "kept");
  expect(await use({ space: kept.space })).toMatchObject({ state: "done", total: 0 });
  expect(await encoder("compact")).toMatchObject({ use: "in use" });
  expect(await encoder("tiny-clip")).toMatchObject({ use: "ready" });
});

test("shows the work among the activities of every app", async () => {
  const other = await server.engine.apps.create("me", { id: "other" });
  const kinds = server.engine.activities.list(other).map(({ kind }) => kind);
  expect(kinds).toContain("encoder");
});

test("deletes kept vectors and installed models, and nothing that is in use", async () => {
  const spaces = (await list()).spaces as { space: number; state: string }[];
  const [current, kept] = ["current", "kept"].map((of) => spaces.find(({ state }) => state === of));
  const refused = await call(`${server.url}${PATH}/spaces/${current!.space}`, "DELETE");
  expect(refused.status).toBe(400);
  expect(JSON.stringify(refused.json)).toContain("in use");
  expect((await call(`${server.url}${PATH}/spaces/${kept!.space}`, "DELETE")).status).toBe(200);
  expect((await list()).spaces).toHaveLength(1);
  expect((await call(`${server.url}${PATH}/tiny-clip`, "DELETE")).status).toBe(200);
  expect(await encoder("tiny-clip")).toBeUndefined();
  expect((await call(`${server.url}${PATH}/compact`, "DELETE")).status).toBe(400);
});

test.each([
  [{ id: "siglip2-base-patch32-256" }, 404, "semblance models pull siglip2-base-patch32-256"],
  [{ id: "../../etc" }, 404, "Expected an installed encoder"],
  [{ space: 999 }, 404, "Expected a vector space"],
  [{ folder: "/etc" }, 400, "Expected a valid value"],
  [{}, 400, "Expected a valid value"],
])("refuses to use %j", async (body, status, message) => {
  const refused = await call(`${server.url}${PATH}/use`, "POST", body);
  expect(refused.status).toBe(status);
  expect(JSON.stringify(refused.json)).toContain(message);
});

test.each(["tiny-detector", "dfine-s-coco"])("%s, a detector, is no encoder", async (id) => {
  expect(await encoder(id)).toBeUndefined();
  const refused = await call(`${server.url}${PATH}/use`, "POST", { id });
  expect(refused.status).toBe(400);
  expect(JSON.stringify(refused.json)).toContain(`Expected an encoder but received ${id}`);
  expect((await call(`${server.url}${PATH}/${id}`, "DELETE")).status).toBe(400);
  const { json } = await call(`${server.url}${PATH}/download`, "POST", { id });
  const ended = await server.engine.activities.ended(server.app, json.activity.id);
  expect(ended).toMatchObject({ state: "failed", failure: expect.stringContaining("a detector") });
});

test("a download that fails says why in its activity", async () => {
  const hub = await startHub({});
  process.env.HF_ENDPOINT = hub.hub.url;
  try {
    const body = { id: "clip-vit-base-patch32" };
    const { json } = await call(`${server.url}${PATH}/download`, "POST", body);
    const ended = await server.engine.activities.ended(server.app, json.activity.id);
    expect(ended).toMatchObject({ kind: "encoder-download", state: "failed" });
    expect(ended.failure).toContain(hub.hub.url);
  } finally {
    delete process.env.HF_ENDPOINT;
    await hub.close();
  }
  const unknown = await call(`${server.url}${PATH}/download`, "POST", { id: "nobody-knows" });
  const ended = await server.engine.activities.ended(server.app, unknown.json.activity.id);
  expect(ended.failure).toContain("nobody-knows");
});
