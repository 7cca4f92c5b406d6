// What goes wrong outside: the server restarts, the network is slow, names and captions are strange.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawEmoji } from "../fixtures/pictures.ts";
import { CHROMIUM, openPortal, type Portal } from "./portal.ts";

const TILE = '[data-testid="tile"] img';
/** Pictures that have come. */
const SHOWN = '[data-testid="tile"] img:not([data-loading])';

const PHONE = { width: 390, height: 844 };
const SCREENS = [{ width: 1280, height: 800 }, PHONE];

const NAMES = [
  `<img src=x onerror="document.title='broken into'">.jpg`,
  "صورة جميلة من العطلة.jpg",
  "👩‍👩‍👧‍👦 family 🏖️.jpg",
  `${"long ".repeat(46)}name.jpg`,
];
// Words, and one that no line can break.
const CAPTION = `${"two dogs <b>on</b> a beach 🏖️ ".repeat(200)}${"w".repeat(4000)}`.slice(
  0,
  10_000,
);

describe.skipIf(!CHROMIUM)("the Portal stands (needs Chromium: apt-get install chromium)", () => {
  let portal: Portal;
  beforeAll(async () => {
    const pictures = await drawEmoji(30);
    const named = pictures.map((picture, i) => ({ ...picture, name: NAMES[i] ?? picture.name }));
    portal = await openPortal(named.reverse()); // so that the strange ones come first
  }, 120_000);
  afterAll(() => portal?.close());

  test("a restart of the server: pictures stay, it says so, and goes on", async () => {
    const page = await portal.newPage();
    await page.goto(portal.url);
    await expect.poll(() => page.locator(SHOWN).count()).toBeGreaterThan(20);
    await portal.whileAway(async () => {
      await page.getByTestId("server-banner").waitFor({ timeout: 20_000 });
      expect(await page.locator(SHOWN).count()).toBeGreaterThan(20);
    });
    await page.getByTestId("server-banner").waitFor({ state: "detached", timeout: 20_000 });
    await page.getByTestId("search-box").fill("a red heart");
    await page.waitForURL(/caption=/);
    await expect.poll(() => page.locator(TILE).count()).toBeGreaterThan(20);
    await page.context().close();
  });

  test("pictures that broke in a restart come when the server is back", async () => {
    const page = await portal.newPage();
    await page.route("**/thumbnails/**", (route) => route.abort());
    await page.goto(portal.url);
    await page.getByTestId("tile").first().waitFor();
    await expect.poll(() => page.locator(TILE).count()).toBe(0);
    await page.unroute("**/thumbnails/**");
    await portal.whileAway(() => page.getByTestId("server-banner").waitFor({ timeout: 20_000 }));
    await expect.poll(() => page.locator(SHOWN).count(), { timeout: 20_000 }).toBeGreaterThan(20);
    await page.context().close();
  });

  test("a slow network (3G): usable, and searching works", async () => {
    const page = await portal.newPage(PHONE);
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 300,
      downloadThroughput: (1.6e6 / 8) * 0.9,
      uploadThroughput: (750e3 / 8) * 0.9,
    });
    await page.goto(portal.url);
    await page.getByTestId("search-box").waitFor({ timeout: 20_000 });
    await page.locator(TILE).first().waitFor({ timeout: 20_000 });
    await page.getByTestId("search-box").fill("a dog");
    await page.waitForURL(/caption=a\+dog/);
    const busy = page.locator('[aria-busy="true"]');
    await expect.poll(() => busy.count(), { timeout: 20_000 }).toBe(0);
    expect(await page.locator(TILE).count()).toBeGreaterThan(5);
    await page.context().close();
  });

  test.each(SCREENS)("names that are HTML, Arabic, emoji or long, at $width px", async (screen) => {
    const page = await portal.newPage(screen);
    await page.goto(portal.url);
    for (const name of NAMES) {
      await page.getByRole("button", { name: `Open ${name}`, exact: true }).click();
      const viewer = page.getByTestId("viewer");
      await expect.poll(() => viewer.textContent()).toContain(name);
      expect(await overflow(page)).toBe(0);
      await page.keyboard.press("Escape");
      await viewer.waitFor({ state: "detached" });
    }
    expect(await page.title()).not.toContain("broken into");
    await page.context().close();
  });

  test.each(SCREENS)("a caption of 10,000 characters, at $width px", async (screen) => {
    const page = await portal.newPage(screen);
    await page.goto(portal.url);
    await page.getByTestId("search-box").fill(CAPTION);
    await page.waitForURL(/caption=/);
    await page.locator(TILE).first().waitFor();
    await expect.poll(() => page.locator('[aria-busy="true"]').count()).toBe(0);
    expect(await page.getByTestId("search-box").inputValue()).toBe(CAPTION);
    expect(await overflow(page)).toBe(0);
    const { height = 0 } = (await page.locator("search").boundingBox()) ?? {};
    expect(height).toBeLessThan(160);
    await page.context().close();
  });

  test("an app of its own: made, empty, and back", async () => {
    const page = await portal.newPage();
    await page.goto(portal.url);
    await page.locator(TILE).first().waitFor();
    await page.getByTestId("apps").click();
    await page.getByRole("menuitem", { name: "New app" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Holiday <b>snaps</b> 2019");
    await page.getByRole("button", { name: "Create app" }).click();
    await page.waitForURL(/\/apps\/holiday-b-snaps-b-2019\/inputs/);
    await page.getByTestId("first-run").waitFor();
    await page.goto(portal.url); // the app that was open last
    await page.getByTestId("first-run").waitFor();
    await page.getByTestId("apps").click();
    await page.getByRole("menuitem", { name: "photos" }).click();
    await page.locator(TILE).first().waitFor();
    await page.context().close();
  });
});

/** Pixels by which the page is wider than the screen. */
async function overflow(page: Page): Promise<number> {
  return page.evaluate(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
}
