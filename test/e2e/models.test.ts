// Teaching a concept in Chromium: from selected images to a trained, measured, corrected and retrained model.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawEmoji } from "../fixtures/pictures.ts";
import { CHROMIUM, openPortal, type Portal } from "./portal.ts";

const SCREENS = [
  { name: "desktop", width: 1280, height: 800 },
  { name: "phone", width: 390, height: 844 },
] as const;

describe.skipIf(!CHROMIUM)("models (needs Chromium: apt-get install chromium)", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await openPortal(await drawEmoji(40));
  }, 120_000);
  afterAll(() => portal?.close());

  async function open(path: string, screen: { width: number; height: number } = SCREENS[0]) {
    const page = await portal.newPage(screen);
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(`${portal.url}/apps/photos/${path}`);
    return { page, errors };
  }

  async function select(page: Page, count: number): Promise<void> {
    for (let index = 0; index < count; index++) {
      const tile = page.locator(`[data-testid="tile"][data-index="${index}"]`);
      await tile.hover();
      await tile.getByRole("button", { name: "Select", exact: true }).click();
    }
  }

  async function openTraining(page: Page): Promise<void> {
    const bar = page.getByTestId("selection-bar");
    const button = bar.getByRole("button", { name: "Train a concept…" });
    if (await button.isVisible()) return button.click();
    await bar.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Train a concept…" }).click();
  }

  async function trainSelected(page: Page, name: string): Promise<void> {
    await openTraining(page);
    await page.getByRole("textbox", { name: "What do these images show?" }).fill(name);
    await page.getByRole("button", { name: "Train", exact: true }).click();
    await page.getByTestId("train-result").waitFor();
  }

  const modelNamed = async (name: string) => {
    const all = await portal.engine.models.list(portal.app, { offset: 0, limit: 100 });
    return all.find((model) => model.name === name);
  };

  describe.each(SCREENS)("on a $name", ({ name: device, ...screen }) => {
    test("selected images become a trained concept, with figures, first in the # list", async () => {
      const { page, errors } = await open("inputs", screen);
      await select(page, 3);
      const name = `mine on a ${device}`;
      await trainSelected(page, name);
      expect(await page.getByTestId("precision").innerText()).toMatch(/\d+%/);
      expect(await page.getByTestId("recall").innerText()).toMatch(/\d+%/);
      const model = await modelNamed(name);
      const [concept] = await portal.engine.models.examples(portal.app, model!.latest!);
      expect(concept).toMatchObject({ name, positives: 3, changes: 0 });
      await page.getByRole("link", { name: "Search by it" }).click();
      await page.locator('[data-testid="chip"][data-kind="concept"]').waitFor();
      await page.goto(`${portal.url}/apps/photos/inputs`);
      await page.getByTestId("search-box").fill(`#${name}`);
      const first = page.getByTestId("concept-option").first();
      await expect.poll(() => first.innerText()).toContain(name);
      await first.locator('[data-source="trained"]').waitFor();
      expect(errors).toEqual([]);
      await page.context().close();
    });

    test("answers to suggestions make another version, with the figures of the one before", async () => {
      const { page } = await open("inputs", screen);
      await select(page, 3);
      const name = `corrected on a ${device}`;
      await trainSelected(page, name);
      const result = page.getByTestId("train-result");
      const version = await result.getAttribute("data-version");
      const answer = (index: number, label: string) =>
        page.getByRole("button", { name: `Image ${index} ${label}`, exact: true }).click();
      await answer(1, "shows it");
      await answer(2, "does not show it");
      await answer(3, "does not show it");
      await page.getByRole("button", { name: "Retrain with 3 answers" }).click();
      await expect.poll(() => result.getAttribute("data-version")).not.toBe(version);
      expect(await page.getByTestId("precision").innerText()).toMatch(/was ≥ \d+%/);
      const model = await modelNamed(name);
      expect(model?.latest?.learned).toMatchObject([{ positives: 4, negatives: 2 }]);
      await page.context().close();
    });
  });

  test("an image that is unchecked is no example, and one example is enough, with a warning", async () => {
    const { page } = await open("inputs");
    await select(page, 2);
    await openTraining(page);
    await page.getByTestId("train-example").first().click();
    await page.getByRole("textbox", { name: "What do these images show?" }).fill("single");
    await page.getByText("With fewer than 3 examples").waitFor();
    await page.getByRole("button", { name: "Train", exact: true }).click();
    await page.getByText("Learned from 1 example.").waitFor();
    expect((await modelNamed("single"))?.latest?.inputCount).toBe(1);
    await page.context().close();
  });

  test("a model shows its versions, asks for retraining after new labels, and goes", async () => {
    const { page, errors } = await open("inputs");
    await select(page, 3);
    await trainSelected(page, "to go");
    await page.getByRole("link", { name: "Details" }).click();
    await expect.poll(() => page.getByTestId("version").count()).toBe(1);
    await expect
      .poll(() => page.getByTestId("model-concept").innerText())
      .toContain("of 40 images");
    const { id } = (await portal.engine.inputs(portal.app, { offset: 0, limit: 1 }))[0]!;
    const labels = [{ id, labels: [{ name: "to go", value: 0 }] }];
    await portal.engine.annotations.patchInputs(portal.app, labels, "merge");
    await page.reload();
    await page.getByText("1 new example since the last training").waitFor();
    await page.getByRole("button", { name: "Retrain" }).click();
    await expect.poll(() => page.getByTestId("version").count()).toBe(2);
    await expect.poll(() => page.getByTestId("changes").count()).toBe(0);
    await page.getByRole("button", { name: "Delete version 1" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await expect.poll(() => page.getByTestId("version").count()).toBe(1);
    await page.getByRole("button", { name: "More for to go" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.waitForURL(/\/models$/);
    expect(await modelNamed("to go")).toBeUndefined();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test("a model of several concepts is made, trained and listed", async () => {
    const { engine, app } = portal;
    const inputs = await engine.inputs(app, { offset: 0, limit: 8 });
    const patches = inputs.map(({ id }, i) => ({
      id,
      labels: [{ name: i < 4 ? "one" : "other", value: 1 }],
    }));
    await engine.annotations.patchInputs(app, patches, "merge");
    const { page } = await open("models");
    await page.getByRole("button", { name: "New model" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Name" }).fill("both");
    await dialog.getByRole("checkbox", { name: /^one/ }).click();
    await dialog.getByRole("checkbox", { name: /^other/ }).click();
    await dialog.getByRole("checkbox", { name: /exactly one/ }).click();
    await dialog.getByRole("button", { name: "Create and train" }).click();
    await expect.poll(() => page.getByTestId("model-concept").count()).toBe(2);
    await page.getByRole("link", { name: "All models" }).click();
    const card = page.getByTestId("model").filter({ hasText: "both" });
    await expect.poll(() => card.innerText()).toMatch(/one, other[\s\S]*Precision\s+\d+%/);
    expect((await modelNamed("both"))?.latest?.isMutuallyExclusive).toBe(true);
    await page.context().close();
  });

  test("a model that is gone says so", async () => {
    const { page } = await open("models/nothing");
    await page.getByText("This model is not here any more").waitFor();
    await page.context().close();
  });
});
