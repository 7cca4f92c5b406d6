// The command palette and the list of keys, in Chromium.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, createClient } from "../../src/client/client.ts";
import { drawEmoji } from "../fixtures/pictures.ts";
import { findViolations } from "./axe.ts";
import { CHROMIUM, openPortal, type Portal } from "./portal.ts";

const PHONE = { width: 390, height: 844 };

describe.skipIf(!CHROMIUM)("the command palette (needs Chromium: apt-get install chromium)", () => {
  let portal: Portal;
  let client: Client;
  beforeAll(async () => {
    portal = await openPortal(await drawEmoji(6));
    client = createClient({ baseUrl: portal.url });
    await client.saveSearch({ name: "Zebras in winter", address: "caption=zebra" });
  }, 120_000);
  afterAll(() => portal?.close());

  async function open(path = "/inputs", size: { width?: number; height?: number } = {}) {
    const page = await portal.newPage(size);
    await page.goto(`${portal.url}/apps/photos${path}`);
    await page.getByTestId("sidebar").waitFor();
    return page;
  }

  async function run(page: Page, typed: string, wanted: string): Promise<void> {
    await page.keyboard.press("Control+k");
    await page.getByTestId("palette-box").fill(typed);
    const selected = page.locator('[data-testid="command"][aria-selected="true"]');
    await expect.poll(() => selected.textContent()).toBe(wanted);
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByTestId("palette").count()).toBe(0);
  }

  test("goes to a page by a few letters of its name", async () => {
    const page = await open();
    await run(page, "sett", "Settings");
    await expect.poll(() => new URL(page.url()).pathname).toBe("/apps/photos/settings");
    await run(page, "inp", "Inputs");
    await expect.poll(() => new URL(page.url()).pathname).toBe("/apps/photos/inputs");
    await page.context().close();
  });

  test("changes the theme", async () => {
    const page = await open();
    await run(page, "dark th", "Dark theme");
    const scheme = () => page.locator("html").getAttribute("data-mantine-color-scheme");
    await expect.poll(scheme).toBe("dark");
    await page.context().close();
  });

  test("finds concepts, saved searches and captions from any page", async () => {
    const page = await open("/settings");
    await page.keyboard.press("Control+k");
    await page.getByTestId("palette-box").fill("zebr");
    const groups = page.getByTestId("palette").getByRole("group");
    await expect
      .poll(() => groups.allTextContents())
      .toEqual([
        "Saved searchesZebras in winter",
        expect.stringMatching(/^Conceptszebra/),
        "SearchSearch for “zebr”",
      ]);
    await page.keyboard.press("Enter");
    await expect.poll(() => new URL(page.url()).search).toBe("?caption=zebra");
    await run(page, "heart sy", "heart symbol");
    await expect.poll(() => new URL(page.url()).search).toBe("?concept=heart+symbol");
    await page.context().close();
  });

  test("shows scores and saves the search that is open", async () => {
    const page = await open("/inputs?caption=heart");
    await page.locator('[data-testid="tile"] img').first().waitFor();
    await run(page, "show sc", "Show scores");
    await expect.poll(() => page.getByTestId("score").count()).toBeGreaterThan(0);
    await run(page, "save this", "Save this search");
    await page.getByTestId("save-search-dialog").getByRole("textbox").fill("Hearts");
    await page.keyboard.press("Enter");
    await expect
      .poll(async () => (await client.savedSearches()).map(({ name }) => name))
      .toContain("Hearts");
    await page.context().close();
  });

  test("arrows move through the rows, Esc gives the focus back", async () => {
    const page = await open();
    await page.getByTestId("search-box").focus();
    await page.keyboard.press("Control+k");
    const rows = page.getByTestId("command");
    await rows.first().waitFor();
    const selected = () =>
      rows.evaluateAll((all) =>
        all.findIndex((row) => row.getAttribute("aria-selected") === "true"),
      );
    await page.keyboard.press("ArrowDown");
    await expect.poll(selected).toBe(1);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await expect.poll(selected).toBe((await rows.count()) - 1);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByTestId("palette").count()).toBe(0);
    const focused = () => page.locator(":focus").getAttribute("data-testid");
    await expect.poll(focused).toBe("search-box");
    await page.context().close();
  });

  test("fits a phone, with rows for fingers", async () => {
    const page = await open("/inputs", PHONE);
    await page.keyboard.press("Control+k");
    const row = page.getByTestId("command").first();
    await row.waitFor();
    const { x, width, height } = (await row.boundingBox())!;
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(PHONE.width);
    expect(height).toBeGreaterThanOrEqual(40);
    expect(await findViolations(page)).toEqual([]);
    await page.context().close();
  });

  test("the question mark lists all keys, by where they work", async () => {
    const page = await open();
    await page.keyboard.press("?");
    const keys = page.getByTestId("keys");
    await keys.waitFor();
    const titles = ["Everywhere", "Search bar", "Chip", "Images", "Open image"];
    expect(await keys.getByRole("heading").allTextContents()).toEqual(titles);
    expect(await findViolations(page)).toEqual([]);
    await page.context().close();
  });
});
