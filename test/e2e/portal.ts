// A started server and a Chromium page for browser tests and for the README's screenshot.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { startServer } from "../../src/api/server.ts";
import { loadConfig } from "../../src/config.ts";
import { openTestEngine, settled, type TestEngine, temporaryFolder } from "../fixtures/engine.ts";
import type { TestPicture } from "../fixtures/pictures.ts";

export const CHROMIUM = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => existsSync(path));

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export type Portal = TestEngine & {
  readonly url: string;
  newPage(options?: {
    width?: number;
    height?: number;
    colorScheme?: "light" | "dark";
  }): Promise<Page>;
  close(): Promise<void>;
};

/** The real server on a free port, with `pictures` indexed in this order. */
export async function openPortal(pictures: readonly TestPicture[]): Promise<Portal> {
  const opened = await openTestEngine();
  const { engine, app, data } = opened;
  for (let start = 0; start < pictures.length; start += 100) {
    const batch = pictures.slice(start, start + 100);
    await engine.addInputs(
      app,
      batch.map(({ name, bytes }) => ({ id: toId(name), name, bytes })),
    );
  }
  await settled(opened);
  const webRoot = process.env.SEMBLANCE_TEST_WEB;
  const config = loadConfig({ data, port: 0 }, {});
  const server = await startServer(engine, config, webRoot ? { webRoot } : {});
  const browser: Browser = await chromium.launch({ executablePath: CHROMIUM!, args: ARGS });
  return {
    ...opened,
    url: server.url,
    async newPage({ width = 1280, height = 800, colorScheme = "light" } = {}) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme });
      return context.newPage();
    },
    async close() {
      await browser.close();
      await server.close();
      await engine.close();
    },
  };
}

export function toId(name: string): string {
  return name.replace(/\W/g, "-");
}

/** Writes pictures into a folder of their own, for upload. */
export function toFolder(pictures: readonly TestPicture[]): string {
  const folder = join(temporaryFolder(), "photos");
  mkdirSync(folder);
  for (const { name, bytes } of pictures) writeFileSync(join(folder, name), bytes);
  return folder;
}
