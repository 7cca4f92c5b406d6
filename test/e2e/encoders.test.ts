// Search models in Chromium: the list, changing over and back, cancelling, a download that fails, and the offer.
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { BUILT_IN_ENCODER } from "../../src/client/encoders.ts";
import { switched } from "../fixtures/engine.ts";
import { startHub } from "../fixtures/hub-server.ts";
import { clipFiles, writeModel } from "../fixtures/model-folders.ts";
import { drawEmoji } from "../fixtures/pictures.ts";
import { findViolations } from "./axe.ts";
import { CHROMIUM, openPortal, type Portal } from "./portal.ts";

const PICTURES = 24;
const TINY = "tiny-clip";
const RECOMMENDED = "siglip2-base-patch32-256";
const SETTINGS = "/apps/photos/settings#search-model";

describe.skipIf(!CHROMIUM)("search models (need Chromium: apt-get install chromium)", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await openPortal(await drawEmoji(PICTURES));
    await portal.engine.apps.create("me", { id: "empty" });
  }, 120_000);
  afterAll(() => portal?.close());
  afterEach(() => void delete process.env.HF_ENDPOINT);

  async function open(path: string, options: Parameters<Portal["newPage"]>[0] = {}): Promise<Page> {
    const page = await portal.newPage(options);
    onTestFinished(() => page.context().close());
    await page.goto(portal.url + path);
    return page;
  }

  const card = (page: Page, id: string) => page.getByTestId(`encoder-${id}`);
  const offer = (page: Page) => page.getByTestId("encoder-offer");

  function install(): void {
    mkdirSync(join(portal.data, "models"), { recursive: true });
    const folder = join(portal.data, "models", TINY);
    cpSync(writeModel(TINY, clipFiles()), folder, { recursive: true });
  }

  /** Downloads fail until the test is over. */
  async function breakHub(): Promise<void> {
    const hub = await startHub({});
    process.env.HF_ENDPOINT = hub.hub.url;
    onTestFinished(() => hub.close());
  }

  /** Work that goes on until it is cancelled. */
  function work(kind: "encoder" | "encoder-download", about: string, total: number): void {
    portal.engine.activities.startForAll(kind, about, async (report, signal) => {
      report(total / 4, total);
      await new Promise((_, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason)),
      );
    });
  }

  test("a better model is offered over the pictures, moves none, and is not offered again", async () => {
    const page = await open("/apps/photos/inputs?caption=a+heart", { isOffered: true });
    const place = () => page.locator('[data-testid="tile"]').first().boundingBox();
    await page.locator('[data-testid="tile"] img').first().waitFor();
    const before = await place();
    await offer(page).getByText("SigLIP 2").waitFor();
    expect(await place()).toEqual(before);
    await offer(page)
      .getByRole("button", { name: /^Download and use \(about \d+ MB\)/ })
      .waitFor();
    await expect.poll(() => findViolations(page)).toEqual([]); // it fades in
    await offer(page).getByRole("button", { name: "Not now" }).click();
    await expect.poll(() => offer(page).count()).toBe(0);
    await page.reload();
    await page.locator('[data-testid="tile"] img').first().waitFor();
    await page.waitForTimeout(4000);
    expect(await offer(page).count()).toBe(0);
  });

  test("the first run offers it, and says why a download failed until another try", async () => {
    await breakHub();
    const page = await open("/apps/empty/inputs", { isOffered: true });
    await offer(page)
      .getByRole("button", { name: /^Download/ })
      .click();
    const failure = offer(page).getByTestId("encoder-failure");
    await expect.poll(() => failure.textContent()).toContain(process.env.HF_ENDPOINT);
    await failure.getByRole("button", { name: "Try again" }).click();
    const failed = { about: RECOMMENDED, state: "failed" };
    await expect
      .poll(() => portal.engine.activities.list(portal.app))
      .toMatchObject([failed, failed]);
    await expect.poll(() => failure.textContent()).toContain("the hub has no such file");
  });

  test.each([
    ["light", 1280],
    ["dark", 390],
  ] as const)("the settings list them, %s and %i px wide", async (colorScheme, width) => {
    install();
    const page = await open(SETTINGS, { colorScheme, width });
    await expect.poll(() => card(page, BUILT_IN_ENCODER).textContent()).toMatch(/In use/);
    await expect.poll(() => card(page, TINY).textContent()).toMatch(/Downloaded/);
    const recommended = card(page, RECOMMENDED);
    await expect.poll(() => recommended.textContent()).toMatch(/Recommended.*Apache-2\.0/);
    expect(await recommended.getByRole("link", { name: /^COCO/ }).getAttribute("href")).toMatch(
      /^https:/,
    );
    await page.getByText(/^\d+ more models/).click();
    await card(page, "clip-vit-base-patch32").waitFor();
    await page.waitForLoadState("networkidle");
    expect(await findViolations(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
  });

  test("progress has an amount, names the one that still answers, and can be cancelled", async () => {
    work("encoder-download", RECOMMENDED, 789_000_000);
    const page = await open(SETTINGS);
    const progress = card(page, RECOMMENDED).getByTestId("encoder-progress");
    await expect.poll(() => progress.textContent()).toMatch(/197 MB of 789 MB/);
    expect(await progress.textContent()).toContain(
      "Searches go on with the built-in model meanwhile",
    );
    expect(await card(page, TINY).getByRole("button", { name: "Use" }).isDisabled()).toBe(true);
    expect(await page.getByTestId("activity-pill").textContent()).toContain("197 MB of 789 MB");
    await progress.getByRole("button", { name: "Cancel" }).click();
    await card(page, RECOMMENDED)
      .getByRole("button", { name: /download/i })
      .waitFor();
    expect(await card(page, TINY).getByRole("button", { name: "Use" }).isDisabled()).toBe(false);
  });

  test("another model takes over while results stay, and the way back takes moments", async () => {
    const page = await open("/apps/photos/inputs?caption=a+cat");
    const results = page.locator('[data-testid="tile"] img');
    await results.first().waitFor();
    const other = await open(SETTINGS);
    let isAsked = false;
    page.on("request", (request) => {
      isAsked ||= request.url().includes("/search");
    });
    await card(other, TINY).getByRole("button", { name: "Use" }).click();
    await expect
      .poll(() => card(other, TINY).textContent(), { timeout: 30_000 })
      .toMatch(/In use.*12 numbers/);
    await switched(portal);
    // The tab that did not start it hears of it with the next look at the activities.
    await expect.poll(() => isAsked, { timeout: 30_000 }).toBe(true);
    expect(await results.count()).toBeGreaterThan(0);
    expect(await page.getByTestId("notice").count()).toBe(0);
    const builtIn = card(other, BUILT_IN_ENCODER);
    await expect.poll(() => builtIn.textContent()).toContain(`The vectors of ${PICTURES} pictures`);
    await builtIn.getByRole("button", { name: "Go back" }).click();
    await expect.poll(() => builtIn.textContent()).toMatch(/In use/);
  });

  test("kept vectors and files are deleted after a question", async () => {
    const page = await open(SETTINGS);
    const menu = card(page, TINY).getByRole("button", { name: /^More for/ });
    await menu.click();
    await page.getByRole("menuitem", { name: "Delete kept vectors" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete kept vectors" }).click();
    await expect
      .poll(() =>
        card(page, TINY)
          .getByText(/are kept/)
          .count(),
      )
      .toBe(0);
    await menu.click();
    await page.getByRole("menuitem", { name: "Delete from disk" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete from disk" }).click();
    await expect.poll(() => card(page, TINY).count()).toBe(0);
    expect(await portal.engine.encoders.spaces()).toHaveLength(1);
  });
});
