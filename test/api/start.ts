// A real server on a free port over the fake engine, closed after each test.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type ServerOptions, startServer } from "../../src/api/server.ts";
import { type Config, loadConfig } from "../../src/config.ts";
import { openTestEngine, type TestEngine } from "../fixtures/engine.ts";
import { createFakeEngine, type FakeEngine } from "./fake-engine.ts";

export type Started = {
  readonly url: string;
  readonly port: number;
  readonly data: string;
  readonly engine: FakeEngine;
  close(): Promise<void>;
};

/** The fake engine's app. */
export const APP = { row: 1, userId: "me", id: "photos", baseWorkflow: "Universal" } as const;

export const KEY = "a-key-of-sixteen-or-more";

export type StartedReal = TestEngine & {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
};

/** A server over a real engine in a folder of its own, for what only a store can answer. To be closed. */
export async function startReal(config: Partial<Config> = {}): Promise<StartedReal> {
  const { detector } = config;
  const opened = await openTestEngine(detector ? { detector } : {});
  const { data, engine } = opened;
  const settings = { ...loadConfig({ data, port: 0 }, {}), ...config };
  const server = await startServer(engine, settings, { logLevel: "silent" });
  const close = async () => {
    await server.close();
    await engine.close();
    rmSync(data, { recursive: true, force: true });
  };
  return { ...opened, url: server.url, port: Number(new URL(server.url).port), close };
}

export async function start(
  config: Partial<Config> = {},
  options: ServerOptions = {},
): Promise<Started> {
  const data = mkdtempSync(join(tmpdir(), "semblance-api-"));
  const engine = createFakeEngine();
  const settings = {
    ...loadConfig({ data, port: 0, threads: 1 }, {}),
    model: "/nowhere",
    ...config,
  };
  const server = await startServer(engine, settings, {
    webRoot: join(data, "web"),
    logLevel: "silent",
    ...options,
  });
  onTestFinished(async () => {
    await server.close();
    rmSync(data, { recursive: true, force: true });
  });
  return { ...server, port: Number(new URL(server.url).port), data, engine };
}

/** Sends JSON and reads JSON. `body` undefined: none is sent. */
export async function call(
  url: string,
  method = "GET",
  body?: unknown,
  headers: Record<string, string> = {},
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever shape the answer should have
): Promise<{ status: number; headers: Headers; json: any }> {
  const response = await fetch(url, {
    method,
    headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    json: text.startsWith("{") ? JSON.parse(text) : text,
  };
}
