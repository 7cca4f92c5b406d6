// An app without pictures in Chromium: what it teaches, and the sample gallery.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { drawEmoji } from "../fixtures/pictures.ts";
import { CHROMIUM, openPortal, type Portal, toFolder } from "./portal.ts";

const SAMPLES = 80;

describe.skipIf(!CHROMIUM)("the first run (needs Chromium: apt-get install chromium)", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await openPortal([]);
  }, 120_000);
  afterAll(() => portal?.close());

  async function open(options: Parameters<Portal["newPage"]>[0] = {}, path = "/"): Promise<Page> {
    const page = await portal.newPage(options);
    onTestFinished(() => page.context().close());
    await page.goto(portal.url + path);
    return page;
  }

  const countOf = (page: Page) => page.getByTestId("match-count").getAttribute("data-count");

  test.each([
    ["a wide screen", { width: 1280, height: 800 }],
    ["a phone", { width: 390, height: 844, isTouch: true }],
  ])("teaches the three searches on %s, and fits it", async (_, options) => {
    const page = await open(options);
    const first = page.getByTestId("first-run");
    await expect
      .poll(() => first.getByRole("heading", { level: 3 }).allTextContents())
      .toEqual(["By image", "By concept", "By caption"]);
    const widths = "[document.documentElement.scrollWidth, innerWidth]";
    const [content, screen] = await page.evaluate<[number, number]>(widths);
    expect(content).toBeLessThanOrEqual(screen);
    await first.getByTestId("add-samples").waitFor();
    const isTouch = "isTouch" in options;
    expect(await first.getByRole("button", { name: "Take a photo" }).count()).toBe(isTouch ? 1 : 0);
    expect(await first.getByRole("button", { name: "Choose a folder" }).count()).toBe(
      isTouch ? 0 : 1,
    );
  });

  test("URLs can be added at once", async () => {
    const page = await open();
    await page.getByRole("button", { name: "Add URLs" }).click();
    await page.getByRole("dialog").getByTestId("urls").waitFor();
  });

  test("the first pictures take its place", async () => {
    await portal.engine.apps.create("me", { id: "mine" });
    const page = await open({}, "/apps/mine/inputs");
    const [picture] = await drawEmoji(1);
    const folder = toFolder([picture!]);
    const first = page.getByTestId("first-run");
    await first.getByTestId("upload-input").setInputFiles(`${folder}/${picture!.name}`);
    await expect.poll(() => countOf(page), { timeout: 20_000 }).toBe("1");
    expect(await page.getByTestId("samples-hint").count()).toBe(0);
  });

  test("the sample gallery appears, proposes three searches, and can be removed", {
    timeout: 300_000,
  }, async () => {
    const page = await open();
    await page.getByTestId("add-samples").click();
    await page.locator('[data-testid="tile"] img').first().waitFor({ timeout: 30_000 });
    const hint = page.getByTestId("samples-hint");
    await hint.waitFor();
    await expect.poll(() => countOf(page), { timeout: 240_000 }).toBe(String(SAMPLES));
    await hint.getByRole("button", { name: "More like this" }).click();
    await page.locator('[data-testid="chip"][data-kind="like"]').waitFor();
    await hint.getByRole("button", { name: /^#\s*sunset/ }).click();
    await page.locator('[data-testid="chip"][data-kind="concept"]').waitFor();
    await hint.getByRole("button", { name: /snowy mountain/ }).click();
    await expect.poll(() => page.url()).toContain("caption=a+snowy+mountain");
    await hint.getByRole("button", { name: "Remove the sample gallery" }).click();
    await expect.poll(() => hint.count()).toBe(0);
    await page.goto(`${portal.url}/`);
    await page.getByTestId("first-run").waitFor({ timeout: 20_000 });
  });
});
