// The Portal in Chromium against the real server: upload, the three searches, the address.
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawEmoji } from "../fixtures/pictures.ts";
import { CHROMIUM, openPortal, type Portal, toFolder, toId } from "./portal.ts";

const pictures = await drawEmoji(70);

async function countOf(page: Page): Promise<number> {
  return Number(await page.getByTestId("match-count").getAttribute("data-count"));
}

/** Ids of the first tiles, in order. */
async function tileIds(page: Page, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) {
    const tile = page.locator(`[data-testid="tile"][data-index="${index}"]`);
    ids.push((await tile.getAttribute("data-id"))!);
  }
  return ids;
}

async function openInputs(portal: Portal, path = "/"): Promise<{ page: Page; errors: string[] }> {
  const page = await portal.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.goto(`${portal.url}${path}`);
  await page.locator('[data-testid="tile"] img').first().waitFor();
  return { page, errors };
}

describe.skipIf(!CHROMIUM)("the Portal (needs Chromium: apt-get install chromium)", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await openPortal(pictures.slice(0, 60));
  }, 120_000);
  afterAll(() => portal?.close());

  test("shows every input, newest first, and how many there are", async () => {
    const { page, errors } = await openInputs(portal);
    expect(await countOf(page)).toBe(60);
    expect(await tileIds(page, 3)).toEqual([59, 58, 57].map((i) => toId(pictures[i]!.name)));
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test("the magnifier of an image ranks all by similarity and puts its thumbnail into the bar", async () => {
    const { page, errors } = await openInputs(portal);
    const tile = page.locator('[data-testid="tile"][data-index="4"]');
    const id = (await tile.getAttribute("data-id"))!;
    await tile.hover();
    await tile.getByRole("button", { name: "Find similar" }).click();
    const chip = page.locator('[data-testid="chip"][data-kind="like"]');
    await chip.waitFor();
    await expect.poll(() => tileIds(page, 1)).toEqual([id]);
    expect(await chip.locator("img").getAttribute("src")).toContain(`/thumbnails/${id}`);
    expect(await countOf(page)).toBe(60);
    expect(page.url()).toContain(`like=${id}`);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test("# offers concepts; choosing one ranks by it, in the order of the API", async () => {
    const { page, errors } = await openInputs(portal);
    await page.getByTestId("search-box").fill("#hear");
    const option = page
      .getByTestId("concept-option")
      .filter({ hasText: /^heart/ })
      .first();
    await option.click();
    await page.locator('[data-testid="chip"][data-kind="concept"]').waitFor();
    const name = new URL(page.url()).searchParams.get("concept")!;
    const { engine, app } = portal;
    const ranks = [{ kind: "concept", concept: name, weight: 1 }] as const;
    const { hits } = await engine.search(app, { ranks, filters: [], offset: 0, limit: 12 });
    await expect.poll(() => tileIds(page, 12)).toEqual(hits.map(({ input }) => input.id));
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test("any other text is a caption, in the order of the API", async () => {
    const { page, errors } = await openInputs(portal);
    await page.getByTestId("search-box").fill("a red heart");
    await page.keyboard.press("Enter");
    const { engine, app } = portal;
    const ranks = [{ kind: "text", text: "a red heart", weight: 1 }] as const;
    const { hits } = await engine.search(app, { ranks, filters: [], offset: 0, limit: 12 });
    await expect.poll(() => tileIds(page, 12)).toEqual(hits.map(({ input }) => input.id));
    expect(new URL(page.url()).searchParams.get("caption")).toBe("a red heart");
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test("the address is the search: reload, back and a shared link give the same result", async () => {
    const { page } = await openInputs(portal);
    const newest = await tileIds(page, 8);
    await page.getByTestId("search-box").fill("a dog");
    await page.keyboard.press("Enter");
    await expect.poll(() => tileIds(page, 8)).not.toEqual(newest);
    const [found, address] = [await tileIds(page, 8), page.url()];
    await page.reload();
    await page.locator('[data-testid="tile"] img').first().waitFor();
    expect(await tileIds(page, 8)).toEqual(found);
    await page.goBack();
    await expect.poll(() => tileIds(page, 8)).toEqual(newest);
    const shared = await openInputs(portal, new URL(address).pathname + new URL(address).search);
    expect(await tileIds(shared.page, 8)).toEqual(found);
    await page.context().close();
    await shared.page.context().close();
  });

  test("uploads are indexed and appear without a reload; what fails says why", async () => {
    const { page } = await openInputs(portal);
    const folder = toFolder(pictures.slice(60, 70));
    writeFileSync(join(folder, "<b>no picture.jpg"), "text");
    const files = readdirSync(folder).map((name) => join(folder, name));
    await page.getByTestId("upload-input").first().setInputFiles(files);
    await expect.poll(() => countOf(page), { timeout: 20_000 }).toBe(70);
    const failedRow = page.locator('[data-testid="upload"][data-kind="failed"]');
    await failedRow.waitFor();
    expect(await failedRow.textContent()).toContain("<b>no picture.jpg");
    expect(await failedRow.textContent()).toMatch(/Expected JPEG/);
    await page
      .getByRole("link", { name: /failed/ })
      .first()
      .click();
    await expect.poll(() => page.getByTestId("failed-input").count()).toBe(1);
    await page.context().close();
  });

  test("the viewer shows an image with its predicted concepts and moves by arrow keys", async () => {
    const { page } = await openInputs(portal);
    const ids = await tileIds(page, 2);
    await page
      .locator('[data-testid="tile"][data-index="0"]')
      .getByRole("button", { name: /^Open/ })
      .click();
    await page.getByTestId("viewer").waitFor();
    await expect.poll(() => page.getByTestId("prediction").count()).toBe(8);
    await page.getByRole("button", { name: "Show all 20" }).click();
    await expect.poll(() => page.getByTestId("prediction").count()).toBe(20);
    expect(await page.getByTestId("viewer-image").getAttribute("src")).toContain(ids[0]);
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => page.getByTestId("viewer-image").getAttribute("src")).toContain(ids[1]);
    await page.context().close();
  });
});
