// A started server and a Chromium page for browser tests and for the README's screenshot.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { startServer } from "../../src/api/server.ts";
import { type Config, loadConfig } from "../../src/config.ts";
import { createFetchImage } from "../../src/engine/fetch/fetch-image.ts";
import { openTestEngine, settled, type TestEngine, temporaryFolder } from "../fixtures/engine.ts";
import type { TestPicture } from "../fixtures/pictures.ts";

export const CHROMIUM = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => existsSync(path));

export const CHROMIUM_ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** As after "Not now". */
const NOT_OFFERED = 'localStorage.setItem("semblance.encoder-offer-answered", "true")';

export type Portal = TestEngine & {
  readonly url: string;
  newPage(options?: {
    width?: number;
    height?: number;
    colorScheme?: "light" | "dark";
    /** Fingers instead of a mouse. */
    isTouch?: boolean;
    /** A better model may be offered, over the tiles in the corner. */
    isOffered?: boolean;
  }): Promise<Page>;
  /** Stops the server, runs `meanwhile`, starts it again on the same port. */
  whileAway(meanwhile: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
};

/** `key`: the server asks for it. `urlAllow`: hosts of this machine that image URLs may lead to. `detector`: a folder. */
type PortalOptions = Partial<Pick<Config, "key" | "urlAllow" | "detector">>;

/** The real server on a free port, with `pictures` indexed in this order. */
export async function openPortal(
  pictures: readonly TestPicture[],
  { key, urlAllow = [], detector }: PortalOptions = {},
): Promise<Portal> {
  const fetchImage = createFetchImage({ urlAllow, urlMirror: [] });
  const opened = await openTestEngine({ fetchImage, ...(detector && { detector }) });
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
  const config = { ...loadConfig({ data, port: 0 }, {}), key };
  const open = (port: number) =>
    startServer(engine, { ...config, port }, webRoot ? { webRoot } : {});
  let server = await open(0);
  const browser: Browser = await chromium.launch({
    executablePath: CHROMIUM!,
    args: CHROMIUM_ARGS,
  });
  return {
    ...opened,
    url: server.url,
    async newPage({
      width = 1280,
      height = 800,
      colorScheme = "light",
      isTouch = false,
      isOffered = false,
    } = {}) {
      const viewport = { width, height };
      const touch = { hasTouch: isTouch, isMobile: isTouch };
      const context = await browser.newContext({ viewport, colorScheme, ...touch });
      if (!isOffered) await context.addInitScript(NOT_OFFERED);
      return context.newPage();
    },
    async whileAway(meanwhile) {
      await server.close();
      try {
        await meanwhile();
      } finally {
        server = await open(Number(new URL(server.url).port));
      }
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
