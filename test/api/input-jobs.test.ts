// Inputs by URL and their jobs over the API, with a real engine and a web server of this machine.
import { createRequire } from "node:module";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type RunningServer, startServer } from "../../src/api/server.ts";
import { loadConfig } from "../../src/config.ts";
import { createFetchImage } from "../../src/engine/fetch/fetch-image.ts";
import { openTestEngine, type TestEngine } from "../fixtures/engine.ts";
import { type ImageServer, startImageServer } from "../fixtures/image-server.ts";
import { call } from "./start.ts";

// Clarifai's own client is CommonJS.
const require = createRequire(import.meta.url);
const grpc = require("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
const { V2Client } = require("clarifai-nodejs-grpc/proto/clarifai/api/service_grpc_pb");
const messages = require("clarifai-nodejs-grpc/proto/clarifai/api/service_pb");

function picture(background: string): Promise<Buffer> {
  return sharp({ create: { width: 32, height: 24, channels: 3, background } })
    .png()
    .toBuffer();
}

let images: ImageServer;
let opened: TestEngine;
let server: RunningServer;
beforeAll(async () => {
  images = await startImageServer({
    "/red.png": await picture("red"),
    "/green.png": await picture("green"),
    "/copy.png": await picture("red"),
    "/page.html": Buffer.from("<html>"),
    "/late": () => {},
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

function post(job: string, inputs: readonly object[]) {
  return call(`${server.url}/v2/inputs`, "POST", { inputs, inputs_add_job_id: job });
}

const byUrl = (path: string, id?: string) => ({ id, data: { image: { url: images.url + path } } });

async function finished(job: string) {
  return vi.waitFor(
    async () => {
      const { json } = await call(`${server.url}/v2/inputs/jobs/add/${job}`);
      expect(json.inputs_add_job.progress.pending_count ?? "0").toBe("0");
      return json.inputs_add_job;
    },
    { timeout: 20_000, interval: 50 },
  );
}

test("a job tells when its URLs are fetched and indexed", async () => {
  const posted = await post("good", [byUrl("/red.png", "red"), byUrl("/green.png", "green")]);
  expect(
    posted.json.inputs.map((input: { status: { code: number } }) => input.status.code),
  ).toEqual([30001, 30001]);
  expect(posted.json.inputs_add_job.id).toBe("good");
  const job = await finished("good");
  expect(job).toMatchObject({
    id: "good",
    progress: { success_count: "2" },
    status: { code: 64002 },
  });
  expect(Date.parse(job.modified_at)).toBeGreaterThanOrEqual(Date.parse(job.created_at));
  const { json } = await call(`${server.url}/v2/inputs/red`);
  expect(json.input.status.code).toBe(30000);
  expect(json.input.data.image.url).toBe(`${images.url}/red.png`);
});

test("a job counts what failed or was refused; a copy under another URL is an input of its own", async () => {
  const { json } = await post("mixed", [
    byUrl("/page.html", "page"),
    byUrl("/missing.png", "missing"),
    byUrl("/copy.png", "copy"),
    byUrl("/red.png"),
    { data: { image: { url: "ftp://example.com/a.png" } } },
    { data: {} },
  ]);
  const statuses = json.inputs.map((input: { status: { code: number } }) => input.status.code);
  expect(statuses).toEqual([30001, 30001, 30001, 30100, 30106, 11102]);
  expect(json.inputs[3].status.description).toContain("Duplicate URL in your application");
  const job = await finished("mixed");
  expect(job).toMatchObject({ progress: { success_count: "1", failed_count: "5" } });
  const { json: missing } = await call(`${server.url}/v2/inputs/missing`);
  expect(missing.input.status).toMatchObject({
    code: 30002,
    description: expect.stringContaining(
      `${images.url}/missing.png but its server answered with HTTP status 404`,
    ),
  });
});

test("Clarifai's gRPC client finds progress in every job, even an empty one", async () => {
  await post("refused", [{ data: { image: { url: "no URL" } } }]);
  const v2 = new V2Client(new URL(server.url).host, grpc.credentials.createInsecure());
  const asked = new messages.GetInputsAddJobRequest().setId("refused");
  const answer = await new Promise((resolve, reject) =>
    v2.getInputsAddJob(asked, (error: Error | null, response: { toObject(): object }) =>
      error ? reject(error) : resolve(response.toObject()),
    ),
  );
  v2.close();
  expect(answer).toMatchObject({
    inputsAddJob: {
      id: "refused",
      progress: { pendingCount: 0, inProgressCount: 0, successCount: 0, failedCount: 1 },
      status: { code: 64003 },
    },
  });
});

test("a job that is cancelled ends what is pending", async () => {
  await post("late", [byUrl("/late", "late")]);
  const path = `${server.url}/v2/inputs/jobs/add/late`;
  expect((await call(path)).json.inputs_add_job.status.code).toBe(64000);
  const { json } = await call(path, "PATCH", {});
  expect(json.inputs_add_job).toMatchObject({
    progress: { failed_count: "1" },
    status: { code: 64004 },
  });
  const { json: late } = await call(`${server.url}/v2/inputs/late`);
  expect(late.input.status).toMatchObject({ code: 30002, details: "cancelled" });
});

test("jobs are listed newest first, and an unknown one is not found", async () => {
  const { json } = await call(`${server.url}/v2/inputs/jobs/add?per_page=2`);
  expect(json.inputs_add_jobs.map(({ id }: { id: string }) => id)).toEqual(["late", "refused"]);
  const unknown = await call(`${server.url}/v2/inputs/jobs/add/unknown`);
  expect([unknown.status, unknown.json.status.code]).toEqual([404, 11101]);
  const cancelled = await call(`${server.url}/v2/inputs/jobs/add/unknown`, "PATCH", {});
  expect(cancelled.json.status.code).toBe(11101);
});
