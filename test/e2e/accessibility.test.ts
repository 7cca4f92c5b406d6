// Every page and dialog against WCAG 2.2 AA, in both schemes, on a wide screen and on a phone.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawEmoji } from "../fixtures/pictures.ts";
import { findViolations } from "./axe.ts";
import { CHROMIUM, openPortal, type Portal } from "./portal.ts";

const SCREENS = [
  { name: "wide, light", width: 1280, height: 800, colorScheme: "light" },
  { name: "wide, dark", width: 1280, height: 800, colorScheme: "dark" },
  { name: "phone, light", width: 390, height: 844, colorScheme: "light" },
  { name: "phone, dark", width: 390, height: 844, colorScheme: "dark" },
] as const;

const PAGES = [
  "inputs",
  "inputs?caption=a+red+heart",
  "inputs?concept=heart&not-concept=dog&type=jpeg&colour=red",
  "explore",
  "explore/copies",
  "searches",
  "concepts",
  "models",
  "datasets",
  "settings",
  "failed",
];

describe.skipIf(!CHROMIUM)(
  "nobody is locked out (needs Chromium: apt-get install chromium)",
  () => {
    let portal: Portal;
    beforeAll(async () => {
      portal = await openPortal(await drawEmoji(24));
    }, 120_000);
    afterAll(() => portal?.close());

    describe.each(SCREENS)("$name", ({ name: _, ...screen }) => {
      test.each(PAGES)("%s", async (path) => {
        const page = await portal.newPage(screen);
        await page.goto(`${portal.url}/apps/photos/${path}`);
        await rest(page);
        expect(await findViolations(page)).toEqual([]);
        expect(await widthOf(page)).toBeLessThanOrEqual(screen.width);
        await page.context().close();
      });
    });
  },
);

/** Nothing loads any more and nothing moves. */
async function rest(page: Page): Promise<void> {
  await page.locator("main").waitFor();
  await page.waitForLoadState("networkidle");
  const moving =
    "document.getAnimations().filter(({ playState }) => playState === 'running').length";
  await expect.poll(() => page.evaluate(moving)).toBe(0);
}

// What is wider than the screen makes the whole page scroll sideways.
async function widthOf(page: Page): Promise<number> {
  return page.evaluate("document.documentElement.scrollWidth");
}
