// npm run bench portal: the built Portal in Chromium against a started server with 100,000 inputs, on one machine: what the
// first screen weighs and when it can be used, the list of concepts, search as you type, scrolling and its memory.
import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { type Browser, chromium, type Page } from "playwright-core";
import sharp from "sharp";
import { loadConfig } from "../src/config.ts";
import { openEngine } from "../src/engine/open-engine.ts";
import { thumbnailKey } from "../src/engine/thumbnail.ts";
import { CHROMIUM, CHROMIUM_ARGS } from "../test/e2e/portal.ts";
import { machine } from "./machine.ts";
import { fill, start } from "./search.bench.ts";

const INPUTS = 100_000;
const PICTURES = 200;
const LOADS = 10;
const TYPINGS = 20;
const SCROLL_SECONDS = 10;
/** Pixels per second: the wheel, turned fast. */
const WHEEL_SPEED = 3000;

const BOX = '[data-testid="search-box"]';
const FIRST_TILE = '[data-testid="tile"][data-index="0"]';
const LIST = '[role="listbox"]';
const CONCEPT = '[data-testid="concept-option"]';
const CAPTIONS = ["a red car", "two dogs", "the old house", "snow on a hill", "kids at play"];

/** Prints each figure beside what is aimed at. */
export async function portal(): Promise<void> {
  console.log(`the Portal in Chromium, ${INPUTS} inputs; browser and server share the machine`);
  console.log(machine());
  const data = mkdtempSync(join(tmpdir(), "semblance-bench-"));
  try {
    await fill(data, INPUTS);
    await drawThumbnails(data);
    await (await openEngine({ config: loadConfig({ data }, {}), onError: console.error })).close(); // writes the snapshot
    const server = await start(data);
    const browser = await chromium.launch({ executablePath: CHROMIUM!, args: CHROMIUM_ARGS });
    try {
      await measureLoads(browser, server.url);
      const page = await openPage(browser, server.url);
      await measureConcepts(page);
      await measureCaptions(page);
      await measureScrolling(page);
    } finally {
      await browser.close();
      server.stop();
    }
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

/** A JPEG for every input, as many as a disk should bear: the rest are links to these. */
async function drawThumbnails(data: string): Promise<void> {
  const files: string[] = [];
  for (let input = 1; input <= INPUTS; input++) {
    const file = join(data, "blobs", thumbnailKey(1, input));
    mkdirSync(dirname(file), { recursive: true });
    if (files.length < PICTURES) {
      writeFileSync(file, await drawThumbnail(input));
      files.push(file);
    } else linkSync(files[input % PICTURES]!, file);
  }
}

function drawThumbnail(seed: number): Promise<Buffer> {
  const circles = Array.from({ length: 40 }, (_, i) => {
    const at = (k: number) => (seed * 7919 + i * 104_729 * k) % 512;
    const [x, y, radius, hue] = [at(1), at(2), 20 + (at(3) % 60), at(4)];
    return `<circle cx="${x}" cy="${y}" r="${radius}" fill="hsl(${hue} 60% 50%)"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="384">${circles.join("")}</svg>`;
  return sharp(Buffer.from(svg)).flatten({ background: "#ccd" }).jpeg({ quality: 80 }).toBuffer();
}

/** In a context of its own: nothing is cached. */
async function openPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript({ path: join(import.meta.dirname, "portal-probes.js") });
  await page.goto(url);
  // Not waitForFunction: it polls by eval, which the page forbids.
  while (!(await page.evaluate("window.probes.marks.pictureMs"))) await page.waitForTimeout(20);
  return page;
}

async function measureLoads(browser: Browser, url: string): Promise<void> {
  const marks: { usableMs: number; pictureMs: number }[] = [];
  let scripts: readonly string[] = [];
  for (let load = 0; load < LOADS; load++) {
    const page = await openPage(browser, url);
    marks.push(await page.evaluate("window.probes.marks"));
    scripts = await page.evaluate(
      "performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.endsWith('.js'))",
    );
    await page.context().close();
  }
  const sizes = await Promise.all(scripts.map(gzipSize));
  const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1000;
  report("JavaScript of the first screen, gzip", `${kilobytes.toFixed(0)} kB`, "<= 250 kB");
  report("search box usable", spread(marks.map(({ usableMs }) => usableMs)), "< 1000 ms");
  report("first picture painted", spread(marks.map(({ pictureMs }) => pictureMs)), "");
}

async function gzipSize(url: string): Promise<number> {
  const response = await fetch(url);
  return gzipSync(Buffer.from(await response.arrayBuffer())).length;
}

async function measureConcepts(page: Page): Promise<void> {
  const times: number[] = [];
  for (const letter of "dabcefghilmnoprstuvw".slice(0, TYPINGS)) {
    await page.locator(BOX).fill("#");
    await page.locator(CONCEPT).first().waitFor();
    await page.waitForTimeout(200);
    const before = await page.locator(LIST).textContent();
    times.push(await keyToPaint(page, letter, LIST, "", before ?? ""));
  }
  report("#d typed to list painted", spread(times), "< 50 ms");
}

async function measureCaptions(page: Page): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < TYPINGS; i++) {
    await page.locator(BOX).fill("");
    await page.waitForTimeout(800);
    const text = `${CAPTIONS[i % CAPTIONS.length]} ${String.fromCharCode(97 + i)}`;
    await page.locator(BOX).pressSequentially(text.slice(0, -1), { delay: 80 });
    await page.waitForTimeout(80);
    const before = await page.locator(FIRST_TILE).getAttribute("data-id");
    times.push(await keyToPaint(page, text.at(-1)!, FIRST_TILE, "data-id", before ?? ""));
  }
  report("last key of a caption to results painted", spread(times), "< 150 ms");
}

async function keyToPaint(
  page: Page,
  key: string,
  selector: string,
  attribute: string,
  before: string,
): Promise<number> {
  const given = [selector, attribute, before].map((text) => JSON.stringify(text)).join(", ");
  await page.evaluate(`window.probes.watchKey(${given})`);
  await page.keyboard.press(key);
  return page.evaluate("window.probes.keyToPaint");
}

async function measureScrolling(page: Page): Promise<void> {
  await page.locator(BOX).fill("");
  await page.waitForTimeout(2000);
  const wheel = await scroll(page, `${SCROLL_SECONDS}, ${WHEEL_SPEED}`);
  report("frames per second, wheel", wheel.frames, ">= 50");
  report("heap after it", wheel.heap, "< 300 MB");
  const drag = await scroll(page, `${SCROLL_SECONDS}`);
  report("frames per second, top to bottom", drag.frames, ">= 50");
  report("heap after it", drag.heap, "< 300 MB");
}

async function scroll(page: Page, how: string): Promise<{ frames: string; heap: string }> {
  const timesMs: number[] = await page.evaluate(`window.probes.scroll(${how})`);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const { metrics } = await session.send("Performance.getMetrics");
  const heapBytes = metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? Number.NaN;
  const totalMs = timesMs.reduce((sum, ms) => sum + ms, 0);
  const late = timesMs.filter((ms) => ms > 50).length;
  return {
    frames: `${((1000 * timesMs.length) / totalMs).toFixed(0)} (${late} of ${timesMs.length} frames above 50 ms)`,
    heap: `${(heapBytes / 1e6).toFixed(0)} MB`,
  };
}

function spread(timesMs: readonly number[]): string {
  const sorted = timesMs.filter((ms) => !Number.isNaN(ms)).sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.floor(part * sorted.length)]?.toFixed(0);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms (${sorted.length} of ${timesMs.length})`;
}

function report(what: string, figure: string, aim: string): void {
  console.log(`${what.padEnd(42)} ${figure}${aim === "" ? "" : `  (aim ${aim})`}`);
}
