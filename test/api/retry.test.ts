// Failed inputs go back into the queue: POST /semblance/inputs/retry.
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningServer, startServer } from "../../src/api/server.ts";
import { loadConfig } from "../../src/config.ts";
import { createFetchImage } from "../../src/engine/fetch/fetch-image.ts";
import { openTestEngine, settled, type TestEngine } from "../fixtures/engine.ts";
import { type ImageServer, startImageServer } from "../fixtures/image-server.ts";
import { call } from "./start.ts";

let images: ImageServer;
let opened: TestEngine;
let server: RunningServer;
let isThere = false;

beforeAll(async () => {
  const create = { width: 32, height: 24, channels: 3, background: "red" } as const;
  const red = await sharp({ create }).png().toBuffer();
  images = await startImageServer({
    "/later.png": (_request, response) =>
      isThere ? response.end(red) : response.writeHead(404).end(),
  });
  const urlAllow = [{ hostname: "127.0.0.1", port: images.port }];
  opened = await openTestEngine({ fetchImage: createFetchImage({ urlAllow, urlMirror: [] }) });
  const config = loadConfig({ data: opened.data, port: 0 }, {});
  server = await startServer(opened.engine, config, { logLevel: "silent" });
});
afterAll(async () => {
  await server.close();
  await opened.engine.close();
  await images.close();
});

const retry = (body: unknown) => call(`${server.url}/semblance/inputs/retry`, "POST", body);

async function statusOf(id: string): Promise<string | undefined> {
  await settled(opened);
  return (await opened.engine.input(opened.app, id))?.status;
}

test("an address that did not answer is fetched again, a broken file fails again", async () => {
  const { engine, app } = opened;
  const url = `${images.url}/later.png`;
  await engine.addInputs(app, [
    { id: "late", url },
    { id: "broken", bytes: Buffer.from("no image") },
  ]);
  expect(await statusOf("late")).toBe("failed");
  isThere = true;
  expect((await retry({ ids: ["late", "nobody"] })).json.retried).toBe(1);
  expect(await statusOf("late")).toBe("processed");
  expect((await retry({})).json.retried).toBe(1);
  expect(await statusOf("broken")).toBe("failed");
  expect((await engine.input(app, "broken"))?.failure?.message).toMatch(/Expected JPEG/);
});

test("what did not fail is left alone", async () => {
  expect((await retry({ ids: ["late"] })).json.retried).toBe(0);
});

test("ids are checked", async () => {
  expect((await retry({ ids: "late" })).status).toBe(400);
});
