// A real server on a free port over the fake engine, closed after each test.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type ServerOptions, startServer } from "../../src/api/server.ts";
import type { Config } from "../../src/config.ts";
import { createFakeEngine, type FakeEngine } from "./fake-engine.ts";

export type Started = {
  readonly url: string;
  readonly port: number;
  readonly data: string;
  readonly engine: FakeEngine;
  close(): Promise<void>;
};

export const KEY = "a-key-of-sixteen-or-more";

export async function start(
  config: Partial<Config> = {},
  options: ServerOptions = {},
): Promise<Started> {
  const data = mkdtempSync(join(tmpdir(), "semblance-api-"));
  const engine = createFakeEngine();
  const settings: Config = {
    data,
    host: "127.0.0.1",
    port: 0,
    model: "/nowhere",
    key: undefined,
    threads: 1,
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
