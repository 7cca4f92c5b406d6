// The Portal with its own sample gallery -> the pictures of README and docs/portal.md, in docs/images.
// Run by `npm run screenshot [part of a file name]`, after `npm run build`; needs Chromium.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import sharp from "sharp";
import { type Client, createClient } from "../src/client/client.ts";
import { CHROMIUM, openPortal, type Portal } from "../test/e2e/portal.ts";
import { SHOTS, type Shot } from "./portal-shots.ts";

const FOLDER = join(import.meta.dirname, "../docs/images");
const MOST_BYTES = 400_000;
const PALETTE = { palette: true, quality: 90, effort: 10 } as const;
const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
/** --good of web/src/theme.css. */
const GREEN = "#1f8a4c";
const STRIPE_PX = 40;
/** Lazy ones wait until somebody scrolls to them. */
const PENDING =
  "[...document.images].some(({ complete, loading }) => !complete && loading !== 'lazy')";

/** Concepts to teach, with what the names of their examples contain. */
const LESSONS = { "sailing boat": /boat/, flower: /rose|tulip|daisy|poppy|hibiscus/ };
const SEARCHES = {
  "Sunsets at the sea": "?caption=sunset+over+the+sea",
  "Snow, no people": "?concept=snow&not-concept=people",
  "Blue landscapes": "?colour=blue&shape=landscape",
};

async function main(): Promise<void> {
  const portal = await openPortal([]);
  try {
    const modelId = await furnish(createClient({ baseUrl: portal.url }), portal);
    for (const shot of SHOTS.filter(({ file }) => file.includes(process.argv[2] ?? ""))) {
      await take(portal, { ...shot, path: shot.path.replace("MODEL", modelId) });
    }
  } finally {
    await portal.close();
  }
}

/** Pictures, labels, trained concepts, searches, groups and a map; returns the id of a model. */
async function furnish(client: Client, { engine, app }: Portal): Promise<string> {
  await client.addSamples();
  await settled(client);
  const inputs = await engine.inputs(app, { offset: 0, limit: 1000 });
  let modelId = "";
  for (const [concept, names] of Object.entries(LESSONS)) {
    const ids = inputs.filter(({ name }) => names.test(name)).map(({ id }) => id);
    await client.changeInputs({ ids }, { kind: "labels", add: [concept] });
    await settled(client);
    modelId = (await client.trainConcept(concept)).modelId;
  }
  for (const [name, address] of Object.entries(SEARCHES))
    await client.saveSearch({ name, address });
  await client.findNearCopies();
  await client.makeMap();
  await settled(client);
  return modelId;
}

async function settled(client: Client): Promise<void> {
  while ((await client.activities()).some(({ state }) => state === "running"))
    await setTimeout(200);
}

async function take(portal: Portal, shot: Shot): Promise<void> {
  const { file, path, colorScheme = "light", isPhone = false, prepare } = shot;
  const page = await portal.newPage({ colorScheme, ...(isPhone ? PHONE : WIDE) });
  await page.goto(`${portal.url}/apps/photos/${path}`);
  await page.waitForLoadState("networkidle");
  await prepare?.(page);
  while (await page.evaluate(PENDING)) {
    await setTimeout(50);
  }
  await page.waitForTimeout(800); // the end of transitions
  const bytes = await compress(file, await page.screenshot());
  mkdirSync(dirname(join(FOLDER, file)), { recursive: true });
  writeFileSync(join(FOLDER, file), bytes);
  console.log(`docs/images/${file}  ${Math.round(bytes.length / 1000)} kB`);
  await page.context().close();
}

async function compress(file: string, screenshot: Buffer): Promise<Buffer> {
  const bytes = file.endsWith(".webp")
    ? await sharp(screenshot).webp({ quality: 68, effort: 6 }).toBuffer()
    : await toPalette(screenshot);
  if (bytes.length > MOST_BYTES)
    throw new Error(
      `Expected at most ${MOST_BYTES} bytes for a screenshot but received ${bytes.length}.`,
    );
  return bytes;
}

/** Palette PNG. Small areas get no colour of their own among pictures, so that the green dot of a chip would be
 *  grey: the quantiser sees a stripe of it below the screenshot, cut off again. */
async function toPalette(screenshot: Buffer): Promise<Buffer> {
  const { width, height } = await sharp(screenshot).metadata();
  const striped = await sharp(screenshot)
    .extend({ bottom: STRIPE_PX, background: GREEN, extendWith: "background" })
    .png(PALETTE)
    .toBuffer();
  return sharp(striped).extract({ left: 0, top: 0, width, height }).png(PALETTE).toBuffer();
}

if (CHROMIUM) await main();
else {
  console.error("Expected Chromium for the screenshots but found none: apt-get install chromium.");
  process.exitCode = 1;
}
