// The concepts page in Chromium: find, open, correct, rename, merge, delete; what is built in.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawEmoji } from "../fixtures/pictures.ts";
import { CHROMIUM, openPortal, type Portal } from "./portal.ts";

const SCREENS = [
  { name: "desktop", width: 1280, height: 800 },
  { name: "phone", width: 390, height: 844 },
] as const;
const MANY = 1500;

describe.skipIf(!CHROMIUM)("concepts (needs Chromium: apt-get install chromium)", () => {
  let portal: Portal;
  let ids: readonly string[];
  beforeAll(async () => {
    portal = await openPortal(await drawEmoji(12));
    const inputs = await portal.engine.inputs(portal.app, { offset: 0, limit: 12 });
    ids = inputs.map(({ id }) => id);
  }, 120_000);
  afterAll(() => portal?.close());

  async function label(name: string, present: number, absent = 0): Promise<void> {
    const patches = ids.slice(0, present + absent).map((id, i) => ({
      id,
      labels: [{ name, value: i < present ? 1 : 0 }],
    }));
    await portal.engine.annotations.patchInputs(portal.app, patches, "merge");
  }

  async function open(screen: { width: number; height: number } = SCREENS[0]) {
    const page = await portal.newPage(screen);
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(`${portal.url}/apps/photos/concepts`);
    const row = (name: string) => page.getByTestId("concept").filter({ hasText: name });
    return { page, errors, row };
  }

  const countsOf = async (id: string) =>
    (await portal.engine.concepts.counts(portal.app, [id])).get(id);

  test("without any, it says how to get one; a new one stands in the list at once", async () => {
    const { page, row } = await open();
    await page.getByText("No concepts of your own yet").waitFor();
    await page.getByRole("button", { name: "New concept" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("fresh");
    await page.getByRole("dialog").getByRole("button", { name: "New concept" }).click();
    await row("fresh").waitFor();
    await page.context().close();
  });

  test("rows show counts on both sides, thumbnails, and whether a model knows them", async () => {
    await label("counted", 3, 2);
    const { page, row } = await open();
    await expect.poll(() => row("counted").innerText()).toMatch(/✓ 3\s+✗ 2/);
    expect(await row("counted").locator("img").count()).toBe(3);
    expect(await row("counted").locator("[data-trained]").count()).toBe(0);
    const { models } = portal.engine;
    const model = await models.create(portal.app, { name: "m", concepts: [{ id: "counted" }] });
    await models.train(portal.app, model.id);
    await expect.poll(() => models.current(portal.app, model.id)).toBeDefined();
    await page.reload();
    await row("counted").locator("[data-trained]").waitFor();
    await page.context().close();
  });

  test("a name is HTML to nobody, and may be long or of any script", async () => {
    const name = `<b id="hack">شجرة 🐕</b> ${"long ".repeat(40)}`.trim();
    await label(name, 1);
    const { page, row } = await open(SCREENS[1]);
    await row("شجرة").waitFor();
    expect(await page.locator("#hack").count()).toBe(0);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    await page.context().close();
  });

  describe.each(SCREENS)("on a $name", ({ name: device, ...screen }) => {
    test("a wrong example goes with one press, and comes back with another", async () => {
      const name = `panel ${device}`;
      await label(name, 4, 1);
      const { page, row, errors } = await open(screen);
      await row(name).getByRole("button").first().click();
      const examples = page.getByTestId("examples-present").getByTestId("example");
      await expect.poll(() => examples.count()).toBe(4);
      expect(await page.getByTestId("examples-absent").getByTestId("example").count()).toBe(1);
      const id = `panel-${device}`;
      await examples.first().hover();
      await examples.first().getByRole("button", { name: "Remove this label" }).click();
      await expect.poll(() => countsOf(id)).toMatchObject({ positive: 3 });
      await examples.first().getByRole("button", { name: "Undo" }).click();
      await expect.poll(() => countsOf(id)).toMatchObject({ positive: 4, negative: 1 });
      await page.keyboard.press("Escape");
      await expect.poll(() => page.getByTestId("concept-panel").count()).toBe(0);
      expect(errors).toEqual([]);
      await page.context().close();
    });

    test("two are merged: the labels of one become labels of the other", async () => {
      await label(`keep ${device}`, 3);
      await label(`lose ${device}`, 2);
      const { page, row } = await open(screen);
      await row(`keep ${device}`).getByRole("checkbox").click();
      await row(`lose ${device}`).getByRole("checkbox").click();
      await page.getByRole("button", { name: "Merge into…" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText(`2 images labelled “lose ${device}”`).waitFor();
      await dialog.getByText("This cannot be undone.").waitFor();
      await dialog.getByRole("button", { name: "Merge" }).click();
      await expect.poll(() => row(`lose ${device}`).count()).toBe(0);
      expect(await countsOf(`keep-${device}`)).toMatchObject({ positive: 3 });
      await page.context().close();
    });

    test("deleting one says how many images lose a label", async () => {
      await label(`doomed ${device}`, 5);
      const { page, row } = await open(screen);
      await row(`doomed ${device}`).getByRole("button", { name: "More for" }).click();
      await page.getByRole("menuitem", { name: "Delete" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText("The label is removed from 5 images.").waitFor();
      await dialog.getByRole("button", { name: "Delete" }).click();
      await expect.poll(() => row(`doomed ${device}`).count()).toBe(0);
      expect(await portal.engine.concepts.find(portal.app, `doomed ${device}`)).toBeUndefined();
      await page.context().close();
    });
  });

  test("asks what it is least sure of, and the answers are labels", async () => {
    await label("asked", 2);
    const { page, errors, row } = await open();
    await row("asked").getByRole("button").first().click();
    const panel = page.getByTestId("concept-panel");
    await panel.getByTestId("suggestion").first().waitFor();
    expect(await panel.getByTestId("suggestion").count()).toBe(10);
    await panel.getByRole("button", { name: "Image 1 shows it", exact: true }).click();
    await panel.getByRole("button", { name: "Image 2 does not show it", exact: true }).click();
    await expect.poll(() => countsOf("asked")).toEqual({ positive: 3, negative: 1 });
    expect(await panel.getByTestId("suggestion").count()).toBe(10); // what was answered stays
    await panel.getByRole("button", { name: "Ask me others" }).click();
    await expect.poll(() => panel.getByTestId("suggestion").count()).toBe(8);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test("a trained concept labels by itself, until its labels are taken away", async () => {
    await label("itself", 4, 4);
    const { engine, app } = portal;
    const model = await engine.models.create(app, { concepts: [{ id: "itself" }] });
    const { id } = await engine.models.train(app, model.id);
    await expect.poll(async () => (await engine.models.current(app, model.id))?.id).toBe(id);
    const { page, row } = await open();
    await row("itself").getByRole("button").first().click();
    const automatic = page.getByTestId("automatic-labels");
    await automatic.getByRole("button", { name: "Label automatically" }).click();
    await automatic.getByRole("status").waitFor();
    const concept = await engine.concepts.find(app, "itself");
    const rule = () => engine.automaticLabels.get(app, concept!);
    await expect.poll(rule).toMatchObject({ threshold: 0.9, isStopped: false });
    await automatic.getByRole("button", { name: "Remove these labels" }).click();
    await automatic.getByRole("button", { name: "Label automatically" }).waitFor();
    expect(await rule()).toBeUndefined();
    await page.context().close();
  });

  test("another name shows at once, and searches know it", async () => {
    await label("old name", 2);
    const { page, row } = await open();
    await row("old name").getByRole("button", { name: "More for" }).click();
    await page.getByRole("menuitem", { name: "Rename" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("new name");
    await page.getByRole("button", { name: "Save" }).click();
    await row("new name").getByRole("button").first().click();
    await page.getByTestId("concept-panel").getByRole("link", { name: "Search by it" }).click();
    await page.locator('[data-testid="tile"] img').first().waitFor();
    expect(new URL(page.url()).searchParams.get("concept")).toBe("new name");
    await page.context().close();
  });

  test("those that are built in are found by any part of their name, and lead to their search", async () => {
    const { page } = await open();
    await page.getByRole("tab", { name: "Built-in concepts" }).click();
    await page.getByRole("searchbox", { name: "Find a concept" }).fill("retriev");
    const first = page.getByTestId("built-in-concept").first();
    await expect.poll(() => first.innerText()).toMatch(/retriev/i);
    await first.getByRole("link").click();
    await page.locator('[data-testid="chip"][data-kind="concept"]').waitFor();
    await page.context().close();
  });

  test("the last of many comes into sight by scrolling, and is found by its name", async () => {
    const many = Array.from({ length: MANY }, (_, i) => ({
      id: `zz-${String(i).padStart(4, "0")}`,
    }));
    await portal.engine.concepts.create(portal.app, many);
    const { page, row } = await open();
    await page.getByTestId("concept").first().waitFor();
    await page.getByTestId("concept").first().hover();
    await page.mouse.wheel(0, 1e6);
    await row(`zz-${MANY - 1}`).waitFor();
    expect(await page.getByTestId("concept").count()).toBeLessThan(40);
    await page.getByRole("searchbox", { name: "Find a concept" }).fill("zz-0777");
    await row("zz-0777").waitFor();
    await expect.poll(() => page.getByTestId("concept").count()).toBe(1);
    await page.context().close();
  });
});
