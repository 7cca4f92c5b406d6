// The search bar in Chromium: chips, what typed text means, the list of concepts, recent searches.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClient } from "../../src/client/client.ts";
import { drawEmoji } from "../fixtures/pictures.ts";
import { findViolations } from "./axe.ts";
import { CHROMIUM, openPortal, type Portal, toId } from "./portal.ts";

const pictures = await drawEmoji(12);
const IDS = pictures.map(({ name }) => toId(name));
const PHONE = { width: 390, height: 844 };

describe.skipIf(!CHROMIUM)("the search bar (needs Chromium: apt-get install chromium)", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await openPortal(pictures);
    await createClient({ baseUrl: portal.url }).createConcept("dodo bird");
  }, 120_000);
  afterAll(() => portal?.close());

  async function open(search = "", size: { width?: number; height?: number } = {}): Promise<Page> {
    const page = await portal.newPage(size);
    await page.goto(`${portal.url}/apps/photos/inputs${search}`);
    await page.getByTestId("search-box").waitFor();
    return page;
  }
  const box = (page: Page) => page.getByTestId("search-box");
  const chips = (page: Page) => page.locator('[data-testid="chip"]');
  const search = (page: Page) =>
    [...new URL(page.url()).searchParams].map((pair) => pair.join("="));

  test("a chip is negated by a press, weighed by + and -, removed by Delete", async () => {
    const page = await open("?concept=dog&concept=cat");
    await chips(page).first().getByRole("button").first().click();
    await expect.poll(() => search(page)).toEqual(["not-concept=dog", "concept=cat"]);
    await page.keyboard.press("+");
    await expect.poll(() => search(page)).toEqual(["not-concept*2=dog", "concept=cat"]);
    expect(await chips(page).first().textContent()).toContain("2×");
    await page.keyboard.press("-");
    await page.keyboard.press("-");
    await expect.poll(() => search(page)).toEqual(["not-concept*0.5=dog", "concept=cat"]);
    await page.keyboard.press("Delete");
    await expect.poll(() => search(page)).toEqual(["concept=cat"]);
    expect(await focusedName(page)).toBe("Search");
    await page.context().close();
  });

  test("the arrow keys lead from the text to the chips and back", async () => {
    const page = await open("?concept=dog&label=pets");
    await box(page).focus();
    await page.keyboard.press("ArrowLeft");
    expect(await focusedName(page)).toContain("pets");
    await page.keyboard.press("ArrowLeft");
    expect(await focusedName(page)).toContain("dog");
    await page.keyboard.press("End");
    expect(await focusedName(page)).toBe("Search");
    await page.keyboard.press("Backspace");
    await expect.poll(() => search(page)).toEqual(["concept=dog"]);
    await page.context().close();
  });

  test("the menu of a chip weighs it and turns it around", async () => {
    const page = await open("?concept=dog");
    await chips(page).getByRole("button").first().focus();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("menuitemradio", { name: "4×" }).click();
    await expect.poll(() => search(page)).toEqual(["concept*4=dog"]);
    await page.getByRole("button", { name: "Options for dog" }).click();
    await page.getByRole("menuitem", { name: "Less like this" }).click();
    await expect.poll(() => search(page)).toEqual(["not-concept*4=dog"]);
    await page.context().close();
  });

  test("a space makes a chip of what is understood; the rest stays the caption", async () => {
    const page = await open();
    await box(page).pressSequentially("a heart -cat type:jpg on well-known paper ");
    await expect
      .poll(() => search(page))
      .toEqual(["not-text=cat", "type=jpeg", "caption=a heart on well-known paper"]);
    expect(await box(page).inputValue()).toBe("a heart on well-known paper ");
    expect(await page.getByTestId("filter-chip").count()).toBe(1);
    await page.context().close();
  });

  test("Enter understands the whole text; what makes no sense stays text", async () => {
    const page = await open();
    await box(page).fill('label:"golden retriever" -is:square date:soon');
    await page.keyboard.press("Enter");
    await expect
      .poll(() => search(page))
      .toEqual(["label=golden retriever", "not-shape=square", "caption=date:soon"]);
    await page.context().close();
  });

  test("a caption may say what not and when: results follow at once, Enter makes chips of it", async () => {
    const page = await open();
    const asked: string[] = [];
    page.on("request", (request) => {
      if (new URL(request.url()).pathname.endsWith("/search")) asked.push(request.postData() ?? "");
    });
    await box(page).pressSequentially("a heart without people in 2019");
    await expect.poll(() => asked.at(-1)).toContain('"from":"2019-01-01T00:00:00.000Z"');
    expect(JSON.parse(asked.at(-1)!).ranks).toEqual([
      { kind: "text", text: "people", weight: -0.5 },
      { kind: "text", text: "a heart" },
    ]);
    expect(await box(page).inputValue()).toBe("a heart without people in 2019");
    await page.keyboard.press("Enter");
    await expect
      .poll(() => search(page))
      .toEqual(["not-text*0.5=people", "taken=2019-01-01..2019-12-31", "caption=a heart"]);
    expect(await box(page).inputValue()).toBe("a heart");
    await page.getByTestId("filter-chip").getByRole("button").last().click();
    await expect.poll(() => search(page)).toEqual(["not-text*0.5=people", "caption=a heart"]);
    await page.context().close();
  });

  test("a dataset is found by its name", async () => {
    await createClient({ baseUrl: portal.url }).createDataset("ds-1", "Holiday snaps");
    const page = await open();
    // Names come while one types.
    const names = page.waitForResponse((response) => response.url().includes("/datasets"));
    await box(page).pressSequentially('dataset:"holiday snaps');
    await names;
    await box(page).pressSequentially('" ');
    await expect.poll(() => search(page)).toEqual(["dataset=ds-1"]);
    await page.context().close();
  });

  test("a dataset is found by its name though that is not known yet, and in a link", async () => {
    await createClient({ baseUrl: portal.url }).createDataset("ds-2", "Late snaps");
    const page = await open();
    await page.route("**/datasets?*", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      await route.continue();
    });
    await box(page).pressSequentially('dataset:"late snaps" ');
    await expect.poll(() => search(page)).toEqual(["dataset=ds-2"]);
    await page.goto(`${portal.url}/apps/photos/inputs?not-dataset=Late+snaps`);
    await expect.poll(() => search(page)).toEqual(["not-dataset=ds-2"]);
    await page.context().close();
  });

  test("own concepts stand before the base workflow's, what matched is marked, words are the last row", async () => {
    const page = await open();
    await box(page).fill("#do");
    const options = page.getByRole("option");
    await expect.poll(() => options.first().textContent()).toBe("dodo bird");
    expect(await options.first().locator("b").textContent()).toBe("do");
    expect(await page.getByRole("group").allTextContents()).toEqual([
      "Your conceptsdodo bird",
      expect.stringMatching(/^Base workflowdog/),
      "Search for “do” as a caption",
    ]);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await expect.poll(() => search(page)).toEqual(["caption=do"]);
    await page.context().close();
  });

  test("a synonym says what it stands for", async () => {
    const page = await open();
    await box(page).fill("#puppy");
    const option = page.getByTestId("concept-option").first();
    await expect.poll(() => option.textContent()).toMatch(/^puppy/);
    await page.keyboard.press("Tab");
    await expect.poll(() => search(page)[0]).toMatch(/^concept=/);
    await page.context().close();
  });

  test("#dog with words behind it becomes the concept and a caption", async () => {
    const page = await open();
    await box(page).pressSequentially("#dog on a beach");
    const option = page.getByTestId("concept-option").first();
    await expect.poll(() => option.textContent()).toBe("dog on a beach");
    await page.keyboard.press("Enter");
    await expect.poll(() => search(page)).toEqual(["concept=dog", "caption=on a beach"]);
    await page.context().close();
  });

  test("concepts that were used stand first when nothing is typed yet", async () => {
    const page = await open();
    await box(page).fill("#cat");
    await page.getByTestId("concept-option").first().waitFor();
    await page.keyboard.press("Enter");
    await box(page).fill("-#");
    await expect.poll(() => page.getByRole("group").first().textContent()).toBe("Recentcat");
    await page.keyboard.press("Enter");
    await expect.poll(() => search(page)).toEqual(["not-concept=cat"]);
    await page.context().close();
  });

  test("recent searches show on a press, the last step of each, and go on request", async () => {
    const page = await open();
    await box(page).fill("a heart");
    await page.keyboard.press("Enter");
    await box(page).pressSequentially(" -cat ");
    await expect.poll(() => search(page)).toContain("not-text=cat");
    await page.getByRole("button", { name: "Clear search" }).click();
    await box(page).click();
    expect(await page.getByTestId("search-option").allTextContents()).toEqual(["−cata heart"]);
    await page.getByTestId("search-option").click();
    await expect.poll(() => search(page)).toEqual(["not-text=cat", "caption=a heart"]);
    await page.getByRole("button", { name: "Clear search" }).click();
    await box(page).click();
    await page.getByRole("button", { name: "Clear recent searches" }).click();
    await expect.poll(() => page.getByTestId("search-option").count()).toBe(0);
    await page.context().close();
  });

  test("Esc closes the list, then clears the text, then leaves", async () => {
    const page = await open();
    await page.keyboard.press("/");
    await page.keyboard.type("a heart #do");
    await page.getByRole("listbox").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("listbox").count()).toBe(0);
    expect(await box(page).inputValue()).toBe("a heart #do");
    await page.keyboard.press("Escape");
    expect(await box(page).inputValue()).toBe("");
    await page.keyboard.press("Escape");
    expect(await page.locator(":focus").count()).toBe(0);
    await page.context().close();
  });

  test("Enter that ends the composition of a word searches for nothing", async () => {
    const page = await open();
    await box(page).fill("-犬");
    const enter = { key: "Enter", isComposing: true, bubbles: true };
    await box(page).dispatchEvent("keydown", enter);
    expect(await chips(page).count()).toBe(0);
    await page.keyboard.press("Enter");
    await expect.poll(() => search(page)).toEqual(["not-text=犬"]);
    await page.context().close();
  });

  test("a chip whose image was deleted says so and can be removed", async () => {
    const page = await open(`?like=${IDS[0]}&like=never-was`);
    const gone = chips(page).nth(1);
    await expect.poll(() => gone.textContent()).toContain("Deleted");
    expect(await chips(page).first().textContent()).not.toContain("Deleted");
    await gone.getByRole("button", { name: /^Remove/ }).click();
    await expect.poll(() => search(page)).toEqual([`like=${IDS[0]}`]);
    await page.context().close();
  });

  test("HTML, other scripts and 10,000 characters are text and break no layout", async () => {
    const long = encodeURIComponent("wort ".repeat(2000).trim());
    const odd = encodeURIComponent("<b>חתול</b> 😀");
    const page = await open(`?not-text=${odd}&caption=${long}`, PHONE);
    expect(await chips(page).textContent()).toContain("<b>חתול</b> 😀");
    expect((await box(page).inputValue()).length).toBe(9999);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(PHONE.width);
    await page.context().close();
  });

  test.each([PHONE, { width: 1280, height: 800 }])(
    "many chips leave the last one and the text in sight at %o",
    async (size) => {
      const names = Array.from({ length: 20 }, (_, i) => `concept=concept-number-${i}`);
      const page = await open(`?${names.join("&")}&caption=words`, size);
      const bar = (await page.getByRole("search").boundingBox())!;
      expect(bar.height).toBeLessThan(200);
      for (const part of [chips(page).last(), box(page)]) {
        const { y, height, x, width } = (await part.boundingBox())!;
        expect(y).toBeGreaterThanOrEqual(bar.y);
        expect(y + height).toBeLessThanOrEqual(bar.y + bar.height);
        expect(x + width).toBeLessThanOrEqual(bar.x + bar.width);
      }
      await page.context().close();
    },
  );

  test("on a phone the list is as wide as the bar and rows are tall enough for a finger", async () => {
    const page = await open("", PHONE);
    await box(page).fill("#do");
    const option = page.getByTestId("concept-option").first();
    await option.waitFor();
    const [bar, list] = [page.getByRole("search"), page.getByRole("listbox")];
    expect((await list.boundingBox())!.width).toBe((await bar.boundingBox())!.width);
    expect((await option.boundingBox())!.height).toBeGreaterThanOrEqual(40);
    await page.context().close();
  });

  test("the question mark teaches the syntax, and every example in it is understood", async () => {
    const page = await open();
    await page.getByRole("button", { name: "How to search" }).click();
    const help = page.getByTestId("search-help");
    await help.waitFor();
    const examples = await help.locator("code").allTextContents();
    expect(examples).toContain("date:2019");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByTestId("search-help").count()).toBe(0);
    const filters = examples.filter((text) => /^\w+(\.\w+)?:[^/]/.test(text));
    await box(page).fill(filters.join(" "));
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByTestId("filter-chip").count()).toBe(filters.length);
    expect(await box(page).inputValue()).toBe("");
    await page.context().close();
  });

  test.each([{ width: 1280, height: 800 }, PHONE])(
    "chips, list, menu and help offend no rule of accessibility at %o",
    async (size) => {
      const page = await open("?concept=dog&not-concept*2=cat&not-text=rain&label=x", size);
      expect(await findViolations(page)).toEqual([]);
      await page.getByRole("button", { name: "Options for dog" }).click();
      await page.getByRole("menu").waitFor();
      // It fades in, and floats outside of the landmarks.
      await expect
        .poll(async () => (await findViolations(page)).filter((one) => !one.startsWith("region")))
        .toEqual([]);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Clear search" }).click();
      await page.getByRole("button", { name: "How to search" }).click();
      await page.getByTestId("search-help").waitFor();
      expect(await findViolations(page)).toEqual([]);
      await box(page).fill("#do");
      await page.getByTestId("concept-option").first().waitFor();
      expect(await findViolations(page)).toEqual([]);
      await page.context().close();
    },
  );
});

async function focusedName(page: Page): Promise<string> {
  return (await page.locator(":focus").getAttribute("aria-label")) ?? "";
}
