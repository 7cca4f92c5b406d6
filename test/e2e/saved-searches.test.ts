// The page of saved searches: what each asks for and finds; run, rename, share, delete them.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
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

describe.skipIf(!CHROMIUM)("saved searches (needs Chromium: apt-get install chromium)", () => {
  let portal: Portal;
  let client: ReturnType<typeof createClient>;
  beforeAll(async () => {
    portal = await openPortal(pictures);
    const app = { userId: portal.app.userId, id: portal.app.id };
    client = createClient({ baseUrl: portal.url, app });
    await client.changeInputs({ ids: ids.slice(0, 3) }, { kind: "labels", add: ["dog"] });
  }, 120_000);
  beforeEach(async () => {
    for (const { id } of await client.savedSearches()) await client.deleteSavedSearch(id);
  });
  afterAll(() => portal?.close());

  const cardOf = (page: Page, name: string) =>
    page.getByTestId("saved-search").filter({ has: page.getByRole("link", { name }) });

  async function open(screen = SCREENS[0]): Promise<Page> {
    const page = await portal.newPage(screen);
    await page.goto(`${portal.url}/apps/photos/searches`);
    await page.getByRole("heading", { name: "Saved searches", exact: true }).waitFor();
    return page;
  }

  async function act(page: Page, name: string, action: string): Promise<void> {
    await page.getByRole("button", { name: `More for ${name}` }).click();
    await page.getByRole("menuitem", { name: action }).click();
  }

  test("says how to save a search while there is none", async () => {
    const page = await open();
    await page.getByText("press the bookmark").waitFor();
    await page.context().close();
  });

  test.each(SCREENS)(
    "tells what a search asks for and finds, and runs it: $name",
    async (screen) => {
      await client.saveSearch({ name: "Dogs & <b>co</b>", address: "label=dog&not-colour=teal" });
      const page = await open(screen);
      const card = cardOf(page, "Dogs & <b>co</b>");
      await expect.poll(() => card.getByTestId("saved-count").textContent()).toBe("3 inputs");
      const chips = card.getByRole("listitem");
      expect(await chips.allTextContents()).toEqual(["label dog", "not teal"]);
      await card.getByRole("link").click();
      const count = page.getByTestId("match-count");
      await expect.poll(() => count.getAttribute("data-count")).toBe("3");
      expect(new URL(page.url()).search).toBe("?label=dog&not-colour=teal");
      await page.context().close();
    },
  );

  test("is current: what was saved finds what came since", async () => {
    await client.saveSearch({ name: "Cats", address: "label=cat" });
    const page = await open();
    const count = cardOf(page, "Cats").getByTestId("saved-count");
    await expect.poll(() => count.textContent()).toBe("No matches now");
    await client.changeInputs({ ids: ids.slice(4, 5) }, { kind: "labels", add: ["cat"] });
    await page.reload();
    await expect.poll(() => count.textContent()).toBe("1 input");
    await page.context().close();
  });

  test("takes another name", async () => {
    await client.saveSearch({ name: "Before", address: "label=dog" });
    const page = await open();
    await act(page, "Before", "Rename");
    await page.getByRole("textbox", { name: "Name" }).fill("After");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "After" }).waitFor();
    expect((await client.savedSearches()).map(({ name }) => name)).toEqual(["After"]);
    await page.context().close();
  });

  test("a deleted one comes back by Undo, and is gone once the page is left", async () => {
    await client.saveSearch({ name: "Dogs", address: "label=dog" });
    const page = await open();
    await act(page, "Dogs", "Delete");
    await page.getByRole("link", { name: "Dogs" }).waitFor({ state: "detached" });
    await page.getByTestId("saved-toast").getByRole("button", { name: "Undo" }).click();
    await page.getByRole("link", { name: "Dogs" }).waitFor();
    await act(page, "Dogs", "Delete");
    await page.getByTestId("saved-toast").waitFor();
    expect(await client.savedSearches()).toHaveLength(1);
    await page.getByTestId("sidebar").getByRole("link", { name: "Inputs" }).click();
    await expect.poll(async () => (await client.savedSearches()).length).toBe(0);
    await page.context().close();
  });

  test("gives a link that opens the same search", async () => {
    await client.saveSearch({ name: "Dogs", address: "caption=a+dog&label=dog" });
    const page = await open();
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await act(page, "Dogs", "Copy link");
    await page.getByText("Link copied.").waitFor();
    const link = await page.evaluate<string>("navigator.clipboard.readText()");
    expect(link).toBe(`${portal.url}/apps/photos/inputs?label=dog&caption=a+dog`);
    await page.context().close();
  });

  test.each(SCREENS)("locks nobody out and fits: $name", async (screen) => {
    const caption = "word ".repeat(2000).trim().replaceAll(" ", "+");
    await client.saveSearch({ name: "Long ".repeat(50), address: `caption=${caption}` });
    await client.saveSearch({ name: "כלבים", address: `like=${ids[0]}&not-label=dog` });
    const page = await open(screen);
    await page.waitForLoadState("networkidle");
    expect(await findViolations(page)).toEqual([]);
    const width = await page.evaluate<number>("document.documentElement.scrollWidth");
    expect(width).toBeLessThanOrEqual(screen.width);
    await page.context().close();
  });
});
