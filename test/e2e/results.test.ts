// The grid of results in Chromium: order, what is relevant, tile size, far scrolling, keys.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawEmoji } from "../fixtures/pictures.ts";
import { CHROMIUM, openPortal, type Portal } from "./portal.ts";

const COUNT = 160;
const pictures = await drawEmoji(COUNT);
const PHONE = { width: 390, height: 844 };

const tile = (page: Page, index: number) =>
  page.locator(`[data-testid="tile"][data-index="${index}"]`);

const idAt = (page: Page, index: number) => tile(page, index).getAttribute("data-id");

describe.skipIf(!CHROMIUM)("the results (needs Chromium)", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await openPortal(pictures);
  }, 120_000);
  afterAll(() => portal?.close());

  async function open(search = "", size?: { width: number; height: number }) {
    const page = await portal.newPage(size);
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(`${portal.url}/apps/photos/inputs${search}`);
    await page.locator('[data-testid="tile"] img').first().waitFor();
    return { page, errors };
  }

  test("the order is chosen, stands in the address, and is that of the API", async () => {
    const { page, errors } = await open();
    await page.getByTestId("order").click();
    await page.getByRole("menuitemradio", { name: "Oldest first" }).click();
    await expect.poll(() => page.url()).toContain("order=oldest");
    const { engine, app } = portal;
    const { hits } = await engine.search(app, {
      ranks: [],
      filters: [],
      order: "oldest",
      offset: 0,
      limit: 3,
    });
    await expect.poll(() => idAt(page, 0)).toBe(hits[0]?.input.id);
    expect(await idAt(page, 2)).toBe(hits[2]?.input.id);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test.each([
    ["wide", undefined],
    ["phone", PHONE],
  ])("a divider stands behind the last relevant result (%s)", async (_, size) => {
    const { page } = await open("?caption=a+red+heart", size);
    const { engine, app } = portal;
    const ranks = [{ kind: "text", text: "a red heart", weight: 1 }] as const;
    const { relevant = 0, total } = await engine.search(app, {
      ranks,
      filters: [],
      offset: 0,
      limit: 1,
    });
    const count = page.getByTestId("match-count");
    await expect.poll(() => count.textContent()).toBe(`${relevant} relevant of ${total}`);
    const divider = await page.getByTestId("divider").boundingBox();
    const below = await tile(page, relevant).boundingBox();
    const first = await tile(page, 0).boundingBox();
    // The first one below begins a row.
    expect(below?.x).toBeCloseTo(first?.x ?? 0, 0);
    expect(below?.y).toBeGreaterThanOrEqual((divider?.y ?? 0) + (divider?.height ?? 0) - 1);
    await page.context().close();
  });

  test("relevant only leaves out the rest, and says so", async () => {
    const { page } = await open("?caption=a+red+heart");
    await page.getByTestId("relevant-only").click();
    await expect.poll(() => page.url()).toContain("relevant=only");
    const { engine, app } = portal;
    const ranks = [{ kind: "text", text: "a red heart", weight: 1 }] as const;
    const { total } = await engine.search(app, {
      ranks,
      filters: [],
      isRelevantOnly: true,
      offset: 0,
      limit: 1,
    });
    const count = page.getByTestId("match-count");
    if (total > 0) await expect.poll(() => count.textContent()).toBe(`${total} relevant`);
    else await page.getByRole("button", { name: "Show what comes nearest" }).waitFor();
    expect(await page.getByTestId("divider").count()).toBe(0);
    await page.context().close();
  });

  test("plus and minus, and Ctrl with the wheel, change the size of tiles", async () => {
    const { page } = await open();
    const widthOf = async () => (await tile(page, 0).boundingBox())?.width ?? 0;
    const usual = await widthOf();
    for (let n = 0; n < 3; n++) await page.keyboard.press("+");
    await expect.poll(widthOf).toBeGreaterThan(usual);
    const big = await widthOf();
    await tile(page, 0).hover();
    await page.keyboard.down("Control");
    for (let n = 0; n < 6; n++) await page.mouse.wheel(0, 60);
    await page.keyboard.up("Control");
    await expect.poll(widthOf).toBeLessThan(big);
    await page.context().close();
  });

  test("arrows walk, across rows and the divider; End goes to the last result", async () => {
    const { page } = await open("?caption=a+red+heart");
    const focused = () => page.locator("[data-index]:has(:focus)").getAttribute("data-index");
    await tile(page, 0).locator("[data-picture]").focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(focused).toBe("1");
    await page.keyboard.press("End");
    await expect.poll(focused).toBe(String(COUNT - 1));
    await page.keyboard.press("Home");
    await expect.poll(focused).toBe("0");
    await page.context().close();
  });

  test("the last row stands clear of the selection bar", async () => {
    const { page } = await open();
    await tile(page, 0).locator("[data-picture]").focus();
    await page.keyboard.press("x");
    await page.keyboard.press("End");
    await tile(page, COUNT - 1).waitFor();
    await page.getByTestId("grid").evaluate((grid) => grid.scrollTo(0, grid.scrollHeight));
    const bottom = async () => {
      const box = await tile(page, COUNT - 1).boundingBox();
      return (box?.y ?? 0) + (box?.height ?? 0);
    };
    const bar = await page.getByTestId("selection-bar").boundingBox();
    await expect.poll(bottom).toBeLessThan(bar?.y ?? 0);
    await page.context().close();
  });

  test("ten million results scroll as far as the server pages, row by row at both ends", async () => {
    const page = await portal.newPage(PHONE);
    const [source] = await portal.engine.inputs(portal.app, { offset: 0, limit: 1 });
    await page.route("**/semblance/search*", async (route) => {
      const { page: n = 0, per_page: perPage = 100 } = route.request().postDataJSON();
      const hits = Array.from({ length: perPage }, (_, i) => ({
        score: 1,
        input: {
          id: `input ${n * perPage + i}`,
          status: { code: 30000 },
          data: { image: { hosted: { suffix: source?.id } } },
        },
      }));
      await route.fulfill({ json: { total: 10_000_000, hits } });
    });
    await page.goto(`${portal.url}/apps/photos/inputs`);
    await tile(page, 0).locator("[data-picture]").focus();
    await page.keyboard.press("End");
    await expect.poll(() => idAt(page, 999_999)).toBe("input 999999");
    const grid = page.getByTestId("grid");
    expect(await grid.evaluate(({ scrollHeight }) => scrollHeight)).toBeLessThan(17_000_000);
    const topOf = async (index: number) => (await tile(page, index).boundingBox())?.y ?? 0;
    const before = await topOf(999_990);
    await grid.evaluate((element) => element.scrollBy(0, -100));
    await expect.poll(() => topOf(999_990)).toBeCloseTo(before + 100, 0);
    await page.context().close();
  });

  test("scores are shown on demand; info says why a result is there", async () => {
    const { page } = await open("?caption=a+red+heart&concept=dog");
    expect(await page.getByTestId("score").count()).toBe(0);
    await page.getByTestId("score-toggle").click();
    await expect
      .poll(() => page.getByTestId("score").first().textContent())
      .toMatch(/^[01]\.\d\d$/);
    await tile(page, 0).hover();
    await tile(page, 0).getByRole("button", { name: "Info" }).click();
    const reasons = page.getByTestId("reasons");
    await expect
      .poll(() => reasons.locator("dt").allTextContents())
      .toEqual(["dog", "a red heart"]);
    await expect.poll(() => reasons.locator("dd").first().textContent()).toMatch(/^[01]\.\d\d$/);
    await page.context().close();
  });

  test("a search is kept under a name", async () => {
    const { page } = await open("?caption=a+red+heart");
    await page.getByTestId("save-search").click();
    const dialog = page.getByTestId("save-search-dialog");
    expect(await dialog.getByLabel("Name").inputValue()).toBe("a red heart");
    await dialog.getByLabel("Name").fill("Hearts");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
    const reply = await fetch(`${portal.url}/semblance/searches?user_id=me&app_id=photos`);
    const { searches } = (await reply.json()) as { searches: { name: string; address: string }[] };
    expect(searches).toMatchObject([{ name: "Hearts", address: "caption=a+red+heart" }]);
    await page.context().close();
  });

  test("on a phone, what has no room in the toolbar is in one menu", async () => {
    const { page } = await open("?caption=a+red+heart", PHONE);
    const widthOf = async () => (await tile(page, 0).boundingBox())?.width ?? 0;
    const usual = await widthOf();
    await page.getByTestId("toolbar-menu").click();
    await page.getByRole("menuitem", { name: "Bigger tiles" }).click();
    await expect.poll(widthOf).toBeGreaterThan(usual);
    await page.getByRole("menuitemcheckbox", { name: "Show scores" }).click();
    await page.getByTestId("score").first().waitFor();
    expect(await page.locator("html").evaluate((html) => html.scrollWidth)).toBe(PHONE.width);
    await page.context().close();
  });
});
