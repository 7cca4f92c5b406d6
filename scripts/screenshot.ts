// The Portal with our own gallery -> the pictures of README: docs/images/*.png, 1280 x 800.
// Run by `npx tsx scripts/screenshot.ts`, after `npm run build`; needs Chromium.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { CHROMIUM, openPortal, type Portal } from "../test/e2e/portal.ts";
import { drawGallery } from "../test/fixtures/gallery.ts";

const PICTURES = 120;
const FOLDER = join(import.meta.dirname, "../docs/images");
const MOST_BYTES = 400_000;
const PALETTE = { palette: true, quality: 90, effort: 10 } as const;
/** --good of web/src/theme.css. */
const GREEN = "#1f8a4c";
const STRIPE_PX = 40;

type Shot = {
  readonly file: string;
  /** What follows the "?" of the address. */
  readonly search: string;
  readonly colorScheme: "light" | "dark";
  prepare(page: Page): Promise<void>;
};

const SHOTS: readonly Shot[] = [
  {
    file: "portal.png",
    search: "like=sunset-with-a-sailing-boat-jpg",
    colorScheme: "light",
    prepare: (page) => page.locator('[data-testid="tile"][data-index="8"]').hover(),
  },
  {
    file: "concept.png",
    search: "",
    colorScheme: "light",
    async prepare(page) {
      await page.getByTestId("search-box").pressSequentially("#sn");
      await page.getByTestId("concept-option").first().waitFor();
    },
  },
  {
    file: "dark.png",
    search: "caption=sunset+over+the+sea",
    colorScheme: "dark",
    prepare: async () => {},
  },
];

async function take(portal: Portal, { file, search, colorScheme, prepare }: Shot): Promise<void> {
  const page = await portal.newPage({ colorScheme });
  await page.goto(`${portal.url}/inputs?${search}`);
  await page.locator('[data-testid="tile"] img').first().waitFor();
  await prepare(page);
  await page.waitForFunction("[...document.images].every(({ complete }) => complete)");
  await page.waitForTimeout(300); // the end of transitions
  const png = await compress(await page.screenshot());
  writeFileSync(join(FOLDER, file), png);
  console.log(`docs/images/${file}  ${Math.round(png.length / 1000)} kB`);
  await page.context().close();
}

/** Palette PNG. Small areas get no colour of their own among photographs, so that the green dot of a
 *  chip would be grey: the quantiser sees a stripe of it below the screenshot, cut off again. */
async function compress(screenshot: Buffer): Promise<Buffer> {
  const { width, height } = await sharp(screenshot).metadata();
  const striped = await sharp(screenshot)
    .extend({ bottom: STRIPE_PX, background: GREEN, extendWith: "background" })
    .png(PALETTE)
    .toBuffer();
  const png = await sharp(striped)
    .extract({ left: 0, top: 0, width, height })
    .png(PALETTE)
    .toBuffer();
  if (png.length > MOST_BYTES)
    throw new Error(
      `Expected at most ${MOST_BYTES} bytes for a screenshot but received ${png.length}.`,
    );
  return png;
}

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const portal = await openPortal(await drawGallery(PICTURES));
  try {
    for (const shot of SHOTS) await take(portal, shot);
  } finally {
    await portal.close();
  }
}

if (CHROMIUM) await main();
else {
  console.error("Expected Chromium for the screenshots but found none: apt-get install chromium.");
  process.exitCode = 1;
}
