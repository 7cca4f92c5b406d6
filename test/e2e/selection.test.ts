// Selecting and changing many images in Chromium.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawEmoji } from "../fixtures/pictures.ts";
import { CHROMIUM, openPortal, type Portal } from "./portal.ts";

const COUNT = 230;
const pictures = await drawEmoji(COUNT);
const PHONE = { width: 390, height: 844 };

const tile = (page: Page, index: number) =>
  page.locator(`[data-testid="tile"][data-index="${index}"]`);

const countText = (page: Page) =>
  page.getByTestId("selection-bar").getByRole("status").textContent();

async function pressX(page: Page, index: number): Promise<string> {
  await tile(page, index).locator("[data-picture]").focus();
  await page.keyboard.press("x");
  return (await tile(page, index).getAttribute("data-id")) ?? "";
}

describe.skipIf(!CHROMIUM)("the selection (needs Chromium)", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await openPortal(pictures);
  }, 120_000);
  afterAll(() => portal?.close());

  async function open(size?: { width: number; height: number }) {
    const page = await portal.newPage(size);
    await page.goto(`${portal.url}/apps/photos/inputs`);
    await page.locator('[data-testid="tile"] img').first().waitFor();
    return page;
  }

  async function labelsOf(id: string): Promise<readonly string[]> {
    const { engine, app } = portal;
    const search = { ranks: [], filters: [], offset: 0, limit: 1000 };
    const found: string[] = [];
    for (const name of ["my logo", "not a logo"]) {
      const { hits } = await engine.search(app, {
        ...search,
        filters: [{ anyOf: [{ kind: "concept", id: "", name, isPresent: true }] }],
      });
      if (hits.some(({ input }) => input.id === id)) found.push(name);
    }
    return found;
  }

  test("brings a search nearer to some and farther from others", async () => {
    const page = await open();
    await page.goto(`${portal.url}/apps/photos/inputs?caption=a+face`);
    await tile(page, 0).locator("img").waitFor();
    const liked = await pressX(page, 3);
    await page.getByRole("button", { name: "More like these" }).click();
    await page.getByTestId("selection-bar").waitFor({ state: "detached" });
    await expect.poll(() => page.url()).toContain(`like*0.5=${liked}`);
    const isLiked = async (index: number) =>
      (await tile(page, index).getAttribute("data-id")) === liked;
    const disliked = await pressX(page, (await isLiked(2)) ? 1 : 2);
    await page.getByRole("button", { name: "Less like these" }).click();
    await expect.poll(() => page.url()).toContain(disliked);
    await expect.poll(() => page.getByTestId("chip").count()).toBe(2);
    await page.context().close();
  });

  test("x selects, Escape clears", async () => {
    const page = await open();
    await pressX(page, 0);
    await pressX(page, 2);
    await expect.poll(() => countText(page)).toBe("2 selected");
    await page.keyboard.press("Escape");
    await page.getByTestId("selection-bar").waitFor({ state: "detached" });
    await page.context().close();
  });

  test("a range reaches over pages that were never loaded", async () => {
    const page = await open();
    await pressX(page, 3);
    // A far jump leaves out what lies between.
    await page.getByTestId("grid").evaluate((grid) => grid.scrollTo(0, grid.scrollHeight));
    const last = tile(page, COUNT - 1);
    await last.waitFor();
    await last.locator("[data-picture]").click({ modifiers: ["Shift"] });
    await expect.poll(() => countText(page)).toBe(`${COUNT - 3} selected`);
    await page.context().close();
  });

  test("Ctrl+A selects all results; a press leaves one out", async () => {
    const page = await open();
    await page.keyboard.press("Control+a");
    await expect.poll(() => countText(page)).toBe(`${COUNT} selected`);
    await tile(page, 1).locator("[data-picture]").click();
    await expect.poll(() => countText(page)).toBe(`${COUNT - 1} selected`);
    expect(await tile(page, 1).getAttribute("data-selected")).toBeNull();
    expect(await tile(page, 2).getAttribute("data-selected")).toBe("true");
    await page.context().close();
  });

  test("drawing from a select icon over other tiles selects all of them", async () => {
    const page = await open();
    await tile(page, 0).hover();
    await tile(page, 0).getByRole("button", { name: "Select" }).hover();
    await page.mouse.down();
    await tile(page, 1).hover();
    await tile(page, 3).hover();
    await page.mouse.up();
    await expect.poll(() => countText(page)).toBe("4 selected");
    await page.context().close();
  });

  test.each([
    ["wide", undefined],
    ["phone", PHONE],
  ])("labels what is selected, and takes the label back (%s)", async (_, size) => {
    const page = await open(size);
    const ids = [await pressX(page, 4), await pressX(page, 5)];
    await page.getByTestId("selection-bar").getByRole("button", { name: "Label as…" }).click();
    const dialog = page.getByTestId("bulk-dialog");
    await dialog.getByLabel("What is in the picture").fill("my logo");
    await page.keyboard.press("Enter");
    await dialog.getByRole("button", { name: "Apply to 2 images" }).click();
    await dialog.waitFor({ state: "detached" });
    for (const id of ids) await expect.poll(() => labelsOf(id)).toEqual(["my logo"]);

    await page.getByTestId("selection-bar").getByRole("button", { name: "Label as…" }).click();
    await dialog.getByTestId("removable").filter({ hasText: "my logo" }).click();
    await dialog.getByRole("button", { name: "Apply to 2 images" }).click();
    await dialog.waitFor({ state: "detached" });
    for (const id of ids) await expect.poll(() => labelsOf(id)).toEqual([]);
    await page.context().close();
  });

  test("metadata must be an object, and what is one is kept", async () => {
    const page = await open();
    const id = await pressX(page, 6);
    await page.getByTestId("selection-bar").getByRole("button", { name: "Edit metadata" }).click();
    const dialog = page.getByTestId("bulk-dialog");
    const field = page.getByLabel(/^Metadata/);
    await field.fill("[1, 2]");
    expect(await dialog.getByRole("alert").textContent()).toMatch(/must be a JSON object/);
    expect(await dialog.getByRole("button", { name: /^Apply/ }).isDisabled()).toBe(true);
    await field.fill('{"album": {"year": 2019}}');
    await dialog.getByRole("button", { name: /^Apply/ }).click();
    await dialog.waitFor({ state: "detached" });
    const metadata = async () => (await portal.engine.input(portal.app, id))?.metadata;
    await expect.poll(metadata).toEqual({ album: { year: 2019 } });
    await page.context().close();
  });

  test("all results go into a new dataset", async () => {
    const page = await open();
    await page.keyboard.press("Control+a");
    await page.getByTestId("selection-bar").getByRole("button", { name: "Dataset…" }).click();
    await page.getByTestId("new-dataset").fill("Every picture");
    await page.getByRole("button", { name: `Apply to ${COUNT} images` }).click();
    await page.getByTestId("bulk-dialog").waitFor({ state: "detached" });
    const { engine, app } = portal;
    const inIt = async () =>
      (
        await engine.search(app, {
          ranks: [],
          filters: [{ anyOf: [{ kind: "datasets", ids: ["every-picture"] }] }],
          offset: 0,
          limit: 1,
        })
      ).total;
    await expect.poll(inIt, { timeout: 20_000 }).toBe(COUNT);
    await page.context().close();
  });

  test("a delete can be undone; all results are asked for twice", async () => {
    const page = await open();
    await pressX(page, 0);
    await page.keyboard.press("Delete");
    const toast = page.getByTestId("deletion-toast");
    expect(await toast.textContent()).toContain("1 image deleted.");
    await toast.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => page.getByTestId("deleted-tile").count()).toBe(0);

    await page.keyboard.press("Control+a");
    await page.getByTestId("selection-bar").getByRole("button", { name: "Delete" }).click();
    await page.getByRole("button", { name: `Delete ${COUNT}` }).click();
    await expect.poll(() => page.getByTestId("tile").count()).toBe(0);
    expect(await toast.textContent()).toContain(`${COUNT} images deleted.`);
    await toast.getByRole("button", { name: "Undo" }).click();
    await tile(page, 0).waitFor();
    expect((await portal.engine.countInputs(portal.app)).processed).toBe(COUNT);
    await page.context().close();
  });
});
