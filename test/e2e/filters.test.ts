// The filters beside the grid: each changes the address and the results at once, by mouse, by keys and on a phone.
import type { Locator, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClient } from "../../src/client/client.ts";
import { drawEmoji, type TestPicture } from "../fixtures/pictures.ts";
import { findViolations } from "./axe.ts";
import { CHROMIUM, openPortal, type Portal, toId } from "./portal.ts";

const OSLO = { year: 2017, latitude: 59.9, longitude: 10.7 };
const FIJI = { year: 2019, latitude: -18.1, longitude: 178.4 };
const SAMOA = { year: 2019, latitude: -13.8, longitude: -171.8 };
/** Four in Oslo, four on both sides of the date line, four that say nothing. */
const SHOTS = [OSLO, OSLO, OSLO, OSLO, FIJI, FIJI, SAMOA, SAMOA];
const ALL_OPEN =
  '["dataset","label","date","place","size","colour","metadata","name","type","status"]';
const PHONE = { width: 390, height: 844 };

const pictures = await Promise.all((await drawEmoji(12)).map(withShot));
const ids = pictures.map(({ name }) => toId(name));

describe.skipIf(!CHROMIUM)("filters (needs Chromium: apt-get install chromium)", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await openPortal(pictures);
    const app = { userId: portal.app.userId, id: portal.app.id };
    const client = createClient({ baseUrl: portal.url, app });
    await client.changeInputs({ ids: ids.slice(0, 5) }, { kind: "labels", add: ["dog"] });
    await client.changeInputs({ ids: ids.slice(4, 7) }, { kind: "labels", add: ["cat"] });
    await client.createDataset("trip", "Trip <b>north</b>");
    await client.changeInputs({ ids: ids.slice(0, 3) }, { kind: "datasets", add: ["trip"] });
    const set = { season: "winter", year: "2019" };
    await client.changeInputs({ ids: ids.slice(0, 6) }, { kind: "metadata", set });
  }, 120_000);
  afterAll(() => portal?.close());

  test("a label restricts at once; its arrows turn it into NOT; back undoes that", async () => {
    const page = await openPanel(portal);
    const row = rowOf(page, "label", "dog");
    await row.getByRole("checkbox").check();
    await expectCount(page, 5);
    expect(paramsOf(page)).toBe("label=dog");
    await row.hover();
    await row.getByTitle("Filter for inputs that do NOT match this value.").click();
    await expect.poll(() => row.textContent()).toContain("NOT");
    await expectCount(page, 7);
    expect(paramsOf(page)).toBe("not-label=dog");
    await page.goBack();
    await expectCount(page, 5);
    await page.context().close();
  });

  test("keys do the same", async () => {
    const page = await openPanel(portal);
    await rowOf(page, "label", "dog").getByRole("checkbox").focus();
    await page.keyboard.press("Space");
    await expectCount(page, 5);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expectCount(page, 7);
    await page.context().close();
  });

  test("two labels mean any of them, or all", async () => {
    const page = await openPanel(portal);
    await rowOf(page, "label", "dog").getByRole("checkbox").check();
    await rowOf(page, "label", "cat").getByRole("checkbox").check();
    await expectCount(page, 7);
    await page.getByRole("button", { name: "all of these" }).click();
    await expectCount(page, 1);
    await page.context().close();
  });

  test("offers datasets by name, and what is in none", async () => {
    const page = await openPanel(portal);
    await rowOf(page, "dataset", "Trip <b>north</b>").getByRole("checkbox").check();
    await expectCount(page, 3);
    await expect
      .poll(() => page.getByTestId("filter-chip").textContent())
      .toBe("in Trip <b>north</b>");
    await page.getByRole("button", { name: "Clear Dataset" }).click();
    await rowOf(page, "dataset", "Unassigned").getByRole("checkbox").check();
    await expectCount(page, 9);
    await page.context().close();
  });

  test("a press on a year chooses it, a drag several; keys and days do, too", async () => {
    const page = await openPanel(portal);
    const bar = (year: number) => page.locator(`[data-year="${year}"]`);
    await bar(2019).click();
    await expectCount(page, 4);
    expect(paramsOf(page)).toBe("taken=2019-01-01..2019-12-31");
    expect(await bar(2018).getAttribute("aria-label")).toBe("2018: 0 pictures");
    await drag(page, bar(2017), bar(2019));
    await expectCount(page, 8);
    await bar(2019).focus();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("Enter");
    await expectCount(page, 4);
    expect(paramsOf(page)).toBe("taken=2017-01-01..2018-12-31");
    await page.getByLabel("To", { exact: true }).fill("2017-01-02");
    await expectCount(page, 0);
    await page.getByLabel("To", { exact: true }).fill("2016-01-01");
    await page.getByText("must not be after").waitFor();
    await page.context().close();
  });

  test("a mark of the map restricts to what is there, across the date line", async () => {
    const page = await openPanel(portal);
    const marks = page.getByTestId("world-map").getByRole("button", { name: "4 pictures here" });
    await expect.poll(() => marks.count()).toBe(2);
    const lefts = await marks.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().x));
    await marks.nth(lefts.indexOf(Math.max(...lefts))).click();
    await expectCount(page, 4);
    const [south, west, , east] = boxOf(page);
    expect(south).toBeLessThan(0);
    expect(west).toBeGreaterThan(east!);
    await page.context().close();
  });

  test("the large map shows the pictures of a place before it restricts to them", async () => {
    const page = await openPanel(portal);
    await page.getByRole("button", { name: "Open the large map" }).click();
    const map = page.getByRole("dialog", { name: "Map" });
    await map.getByRole("button", { name: "4 pictures here" }).click();
    await expect.poll(() => map.getByTestId("map-here").getAttribute("data-count")).toBe("4");
    expect(await map.getByLabel("Chosen area").getByRole("img").count()).toBe(4);
    expect(paramsOf(page)).toBe("");
    await map.getByRole("button", { name: "Show them" }).click();
    await expectCount(page, 4);
    expect(boxOf(page)[0]).toBeGreaterThan(59);
    await page.context().close();
  });

  test("a caption may say where: Enter makes a chip of it, as far as there are places", async () => {
    const page = await openPanel(portal);
    const box = page.getByTestId("search-box");
    const loaded = page.waitForResponse(/gazetteer.*\.json/);
    await box.pressSequentially("a heart in Oslo");
    await (await loaded).finished();
    await page.waitForTimeout(200); // it is read
    await box.press("Enter");
    const params = () => new URLSearchParams(paramsOf(page));
    await expect.poll(() => params().get("near")).toBe("59.92,10.74,30,Oslo");
    expect(params().get("caption")).toBe("a heart");
    expect(await page.getByTestId("filter-chip").textContent()).toContain("taken near Oslo");
    await expectCount(page, 4);
    await box.fill("hearts in Norway at night");
    await box.press("Enter");
    await expect.poll(() => params().get("box")).toMatch(/^5[78].*,Norway$/);
    expect(params().get("caption")).toBe("hearts at night");
    await page.context().close();
  });

  test("an area is drawn on the map", async () => {
    const page = await openPanel(portal);
    const map = page.getByTestId("world-map");
    await map.scrollIntoViewIfNeeded();
    await page.getByRole("button", { name: "Choose an area" }).click();
    const { x, y, width, height } = (await map.boundingBox())!;
    await page.mouse.move(x + 2, y + 2);
    await page.mouse.down();
    await page.mouse.move(x + width - 2, y + height / 2, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => paramsOf(page)).toContain("box=");
    await page.getByRole("button", { name: "Clear Place" }).click();
    await expectCount(page, 12);
    await page.context().close();
  });

  test("an area is typed, and the map moves and zooms by keys", async () => {
    const page = await openPanel(portal);
    await page.getByText("Type an area").click();
    const sides = { South: "50", North: "70", West: "0", East: "20" };
    for (const [side, degrees] of Object.entries(sides)) {
      await page.getByLabel(side, { exact: true }).fill(degrees);
    }
    await expectCount(page, 4);
    expect(paramsOf(page)).toBe("box=50%2C0%2C70%2C20");
    const map = page.getByTestId("world-map");
    const zoom = async () => Number(await map.getAttribute("data-zoom"));
    const before = await zoom();
    await map.focus();
    await page.keyboard.press("+");
    await expect.poll(zoom).toBeGreaterThan(before);
    await page.keyboard.press("0");
    await expect.poll(zoom).toBe(before);
    await page.context().close();
  });

  test("two fingers and the wheel zoom the large map", async () => {
    const page = await openPanel(portal, PHONE);
    await page.getByRole("button", { name: "Open the large map" }).click();
    const map = page.getByRole("dialog", { name: "Map" }).getByTestId("world-map");
    const zoom = async () => Number(await map.getAttribute("data-zoom"));
    const start = await zoom();
    const touch = await page.context().newCDPSession(page);
    const send = (type: "touchStart" | "touchMove" | "touchEnd", ...xs: number[]) =>
      touch.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: xs.map((x, id) => ({ x, y: 300, id })),
      });
    await send("touchStart", 180, 200);
    await send("touchMove", 140, 240);
    await send("touchMove", 100, 280);
    await send("touchEnd");
    await expect.poll(zoom).toBeGreaterThan(start * 4);
    const pinched = await zoom();
    await page.mouse.move(200, 300);
    await page.mouse.wheel(0, 400);
    await expect.poll(zoom).toBeLessThan(pinched);
    await page.context().close();
  });

  test("metadata take the type they have; names, shapes and sizes restrict, too", async () => {
    const page = await openPanel(portal);
    await page.getByLabel("Key", { exact: true }).fill("year");
    await page.getByLabel("Value", { exact: true }).fill("2019");
    await page.getByRole("button", { name: "Add filter" }).click();
    await expectCount(page, 6);
    expect(paramsOf(page)).toBe("meta.year=%222019%22");
    await page.getByRole("button", { name: "Clear Metadata" }).click();
    await page.getByLabel("Name contains").fill(pictures[3]!.name.toUpperCase());
    await expectCount(page, 1);
    await page.getByRole("button", { name: "Clear File name" }).click();
    await page.getByRole("button", { name: /^Square: 12/ }).click();
    await expectCount(page, 12);
    await page.getByLabel("At least").fill("50");
    await expectCount(page, 0);
    await page.context().close();
  });

  test("colours have names; a chip turns a filter around and drops it", async () => {
    const page = await openPanel(portal);
    await page.getByRole("button", { name: /^Purple: / }).click();
    const chip = page.getByTestId("filter-chip");
    expect(await chip.textContent()).toBe("purple");
    await chip.getByRole("button", { name: /Press for inputs that do not match/ }).click();
    await expect.poll(() => chip.textContent()).toBe("not purple");
    await chip.getByRole("button", { name: "Remove filter: not purple" }).click();
    await expectCount(page, 12);
    await page.context().close();
  });

  test("sections remember whether they are open, and counts say of what they are", async () => {
    const page = await openPanel(portal);
    const honest = page.getByText("Counts are of the whole app");
    expect(await honest.count()).toBe(0);
    await rowOf(page, "label", "cat").getByRole("checkbox").check();
    await honest.waitFor();
    const header = page.getByTestId("filter-label").getByRole("button", { name: /^Labels/ });
    await header.click();
    await page.reload();
    await page.getByTestId("filter-label").waitFor();
    expect(await header.getAttribute("aria-expanded")).toBe("false");
    await page.getByRole("button", { name: "Clear all" }).click();
    await expectCount(page, 12);
    await page.context().close();
  });

  test("on a phone the panel is the screen; a finger finds the arrows and the way back", async () => {
    const page = await openPanel(portal, PHONE);
    const row = rowOf(page, "label", "dog");
    await row.getByRole("checkbox").check();
    await row.getByRole("button", { name: /do NOT match/ }).click();
    const show = page.getByRole("button", { name: "Show 7 inputs" });
    await show.waitFor();
    expect((await page.getByTestId("filter-panel").boundingBox())?.width).toBe(PHONE.width);
    await show.click();
    await expect.poll(() => page.getByTestId("filter-panel").count()).toBe(0);
    await expectCount(page, 7);
    await page.context().close();
  });

  test.each([
    { colorScheme: "light" },
    { colorScheme: "dark" },
    { ...PHONE, colorScheme: "light" },
  ] as const)("locks nobody out: %o", async (screen) => {
    const page = await openPanel(portal, screen);
    await rowOf(page, "label", "dog").getByRole("checkbox").check();
    await page.getByRole("button", { name: "Show 5 inputs" }).or(page.getByTestId("match-count"));
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole("button", { name: "Open the large map" }).click();
    const map = page.getByRole("dialog", { name: "Map" });
    await map.getByTestId("map-mark").first().click();
    await map.getByTestId("map-here").waitFor();
    await page.waitForLoadState("networkidle");
    expect(await findViolations(page)).toEqual([]);
    await page.context().close();
  });
});

/** With all sections open. */
async function openPanel(
  portal: Portal,
  screen: { width?: number; height?: number; colorScheme?: "light" | "dark" } = {},
): Promise<Page> {
  const page = await portal.newPage(screen);
  const key = "semblance.open-filters";
  await page.addInitScript(`localStorage["${key}"] ??= '${ALL_OPEN}'`);
  await page.goto(`${portal.url}/apps/photos/inputs`);
  await page.locator('[data-testid="tile"] img').first().waitFor();
  await page.getByTestId("filter-button").click();
  await page.getByTestId("world-map").waitFor();
  await rowOf(page, "label", "dog").waitFor();
  return page;
}

function rowOf(page: Page, section: string, name: string): Locator {
  return page
    .getByTestId(`filter-${section}`)
    .getByTestId("filter-value")
    .filter({ has: page.getByText(name, { exact: true }) });
}

async function expectCount(page: Page, count: number): Promise<void> {
  await expect
    .poll(() => page.getByTestId("match-count").getAttribute("data-count"))
    .toBe(String(count));
}

function paramsOf(page: Page): string {
  return new URL(page.url()).search.slice(1);
}

function boxOf(page: Page): readonly number[] {
  return (new URL(page.url()).searchParams.get("box") ?? "").split(",").map(Number);
}

async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  await from.hover();
  await page.mouse.down();
  await to.hover();
  await page.mouse.up();
}

/** With a date and a place, as a camera writes them. */
async function withShot(picture: TestPicture, index: number): Promise<TestPicture> {
  const shot = SHOTS[index];
  if (!shot) return picture;
  const { year, latitude, longitude } = shot;
  const bytes = await sharp(picture.bytes)
    .flatten({ background: "white" })
    .jpeg()
    .withExif({
      IFD2: { DateTimeOriginal: `${year}:06:15 12:00:00` },
      IFD3: {
        GPSLatitudeRef: latitude < 0 ? "S" : "N",
        GPSLatitude: toDegrees(latitude),
        GPSLongitudeRef: longitude < 0 ? "W" : "E",
        GPSLongitude: toDegrees(longitude),
      },
    })
    .toBuffer();
  return { name: picture.name.replace(/\.\w+$/, ".jpg"), bytes };
}

function toDegrees(degrees: number): string {
  return `${Math.round(Math.abs(degrees) * 1000)}/1000 0/1 0/1`;
}
