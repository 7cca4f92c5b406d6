// The page of datasets: make, open, rename and delete them.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClient } from "../../src/client/client.ts";
import { drawEmoji } from "../fixtures/pictures.ts";
import { findViolations } from "./axe.ts";
import { CHROMIUM, openPortal, type Portal, toId } from "./portal.ts";

const SCREENS = [
  { name: "wide", width: 1280, height: 800 },
  { name: "phone", width: 390, height: 844 },
];

const pictures = await drawEmoji(8);
const ids = pictures.map(({ name }) => toId(name));

describe.skipIf(!CHROMIUM)("datasets (needs Chromium: apt-get install chromium)", () => {
  let portal: Portal;
  let client: ReturnType<typeof createClient>;
  beforeAll(async () => {
    portal = await openPortal(pictures);
    const app = { userId: portal.app.userId, id: portal.app.id };
    client = createClient({ baseUrl: portal.url, app });
  }, 120_000);
  afterAll(() => portal?.close());

  async function open(screen = SCREENS[0]): Promise<Page> {
    const page = await portal.newPage(screen);
    await page.goto(`${portal.url}/apps/photos/datasets`);
    await page.getByRole("heading", { name: "Datasets", exact: true }).waitFor();
    return page;
  }

  async function make(id: string, name: string, inputIds: readonly string[]): Promise<void> {
    await client.createDataset(id, name);
    if (inputIds.length > 0) {
      await client.changeInputs({ ids: inputIds }, { kind: "datasets", add: [id] });
    }
  }

  test("says what datasets are for while there is none, and makes the first", async () => {
    const page = await open();
    await page.getByText("A dataset is a named set of pictures").waitFor();
    await page.getByRole("button", { name: "New dataset" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Summer <i>2019</i>");
    await page.keyboard.press("Enter");
    const card = page.getByTestId("dataset");
    await expect.poll(() => card.getByRole("link").textContent()).toBe("Summer <i>2019</i>");
    await expect.poll(() => card.getByTestId("dataset-count").textContent()).toBe("Empty");
    await page.context().close();
  });

  test("takes no name twice", async () => {
    await make("taken", "Taken", []);
    const page = await open();
    await page.getByRole("button", { name: "New dataset" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("tAKEN");
    await page.getByText("There is a dataset called “tAKEN” already.").waitFor();
    expect(await page.getByRole("button", { name: "Create" }).isDisabled()).toBe(true);
    await page.context().close();
  });

  test.each(SCREENS)("a card shows and opens what is in it: $name", async (screen) => {
    const id = `dogs-${screen.name}`;
    await make(id, `Dogs ${screen.name}`, ids.slice(0, 5));
    const page = await open(screen);
    const card = page.locator(`[data-testid="dataset"][data-id="${id}"]`);
    await expect.poll(() => card.getByTestId("dataset-count").textContent()).toBe("5 inputs");
    await expect.poll(() => card.locator("img").count()).toBe(4);
    await card.getByRole("link").click();
    const count = page.getByTestId("match-count");
    await expect.poll(() => count.getAttribute("data-count")).toBe("5");
    expect(new URL(page.url()).search).toBe(`?dataset=${id}`);
    await page.context().close();
  });

  test("a new name changes neither its inputs nor its links", async () => {
    await make("rome", "Rome", ids.slice(0, 2));
    const page = await open();
    await page.getByRole("button", { name: "More for Rome" }).click();
    await page.getByRole("menuitem", { name: "Rename" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Roma");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("link", { name: "Roma" }).click();
    await expect.poll(() => page.getByTestId("filter-chip").textContent()).toBe("in Roma");
    expect(new URL(page.url()).search).toBe("?dataset=rome");
    const count = page.getByTestId("match-count");
    await expect.poll(() => count.getAttribute("data-count")).toBe("2");
    await page.context().close();
  });

  test("deletes a dataset after it said that the inputs stay; and they do", async () => {
    await make("old", "Old ones", ids.slice(0, 3));
    const page = await open();
    await page.getByRole("button", { name: "More for Old ones" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByText("3 pictures stay in the app").waitFor();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("link", { name: "Old ones" }).waitFor({ state: "detached" });
    expect((await client.counts()).processed).toBe(ids.length);
    expect((await client.datasets()).map(({ id }) => id)).not.toContain("old");
    await page.context().close();
  });

  test.each(SCREENS)("locks nobody out and fits: $name", async (screen) => {
    await make(`long-${screen.name}`, `${"very ".repeat(20)}long ${screen.name}`, []);
    const page = await open(screen);
    await page
      .getByRole("button", { name: /^More for very/ })
      .first()
      .click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("menu").waitFor({ state: "detached" });
    await page.waitForLoadState("networkidle");
    expect(await findViolations(page)).toEqual([]);
    const width = await page.evaluate<number>("document.documentElement.scrollWidth");
    expect(width).toBeLessThanOrEqual(screen.width);
    await page.context().close();
  });
});
