// One image over the page, in Chromium: keys, zoom, labels, metadata, boxes, what is like it.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawEmoji } from "../fixtures/pictures.ts";
import { CHROMIUM, openPortal, type Portal, toId } from "./portal.ts";

const pictures = await drawEmoji(40);
const PHONE = { width: 390, height: 844 };
const IDS = pictures.map(({ name }) => toId(name)).reverse();
const API = "/v2/users/me/apps/photos";

const tile = (page: Page, index: number) =>
  page.locator(`[data-testid="tile"][data-index="${index}"]`);

const shownId = async (page: Page) => new URL(page.url()).searchParams.get("view");

const scaleOf = async (page: Page) =>
  Number(await page.getByTestId("viewer-picture").getAttribute("data-scale"));

describe.skipIf(!CHROMIUM)("the viewer (needs Chromium)", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await openPortal(pictures);
  }, 120_000);
  afterAll(() => portal?.close());

  async function open(id?: string, size?: { width: number; height: number }) {
    const page = await portal.newPage(size);
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(`${portal.url}/apps/photos/inputs${id === undefined ? "" : `?view=${id}`}`);
    if (id === undefined) await page.locator('[data-testid="tile"] img').first().waitFor();
    else await page.getByTestId("viewer").waitFor();
    return { page, errors };
  }

  async function send(method: string, path: string, body: unknown): Promise<void> {
    const response = await fetch(`${portal.url}${API}/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
  }

  test("Space opens and closes it, arrows move on, and the focus comes back to the tile", async () => {
    const { page, errors } = await open();
    await tile(page, 2).locator("[data-picture]").focus();
    await page.keyboard.press(" ");
    await page.getByTestId("viewer").waitFor();
    await expect.poll(() => shownId(page)).toBe(IDS[2]);
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => shownId(page)).toBe(IDS[3]);
    await expect.poll(() => page.getByTestId("viewer-position").textContent()).toBe("4 of 40");
    await page.keyboard.press(" ");
    await page.getByTestId("viewer").waitFor({ state: "detached" });
    const focused = () => page.locator("[data-index]:has(:focus)").getAttribute("data-index");
    await expect.poll(focused).toBe("3");
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test("keys, wheel and double click zoom; 0 shows the whole again", async () => {
    const { page } = await open(IDS[0]);
    await page.keyboard.press("+");
    await expect.poll(() => scaleOf(page)).toBe(1.5);
    await page.keyboard.press("0");
    await expect.poll(() => scaleOf(page)).toBe(1);
    await page.getByTestId("viewer-picture").hover();
    await page.mouse.wheel(0, -400);
    await expect.poll(() => scaleOf(page)).toBeGreaterThan(1.5);
    await page.getByTestId("viewer-picture").dblclick();
    await expect.poll(() => scaleOf(page)).toBe(1);
    await page.context().close();
  });

  test("the picture touches the edges of the stage", async () => {
    const { page } = await open(IDS[0]);
    const stage = await page.getByTestId("viewer-picture").locator("..").boundingBox();
    const picture = await page.getByTestId("viewer-picture").boundingBox();
    const gap = Math.min(
      (stage?.width ?? 0) - (picture?.width ?? 0),
      (stage?.height ?? 0) - (picture?.height ?? 0),
    );
    expect(Math.abs(gap)).toBeLessThan(1);
    await page.context().close();
  });

  test("labels are added and removed in place, and are no predictions", async () => {
    const { page } = await open(IDS[1]);
    await page.getByTestId("concept-field").fill("my logo");
    await page.keyboard.press("Enter");
    const label = page.getByTestId("label").filter({ hasText: "my logo" });
    await label.waitFor();
    await page.reload();
    await label.waitFor();
    await page.getByRole("button", { name: /^Show all \d+$/ }).click();
    const predicted = await page.getByTestId("prediction").allTextContents();
    expect(predicted.some((one) => one.includes("my logo"))).toBe(false);
    await label.getByRole("button").click();
    await label.waitFor({ state: "detached" });
    await page.reload();
    await page.getByTestId("prediction").first().waitFor();
    expect(await label.count()).toBe(0);
    await page.context().close();
  });

  test("metadata are a table that folds out, and can be edited", async () => {
    const metadata = { album: "<b>Summer</b>", trip: { year: 2019, days: [1, 2] } };
    const inputs = [{ id: IDS[4], data: { metadata } }];
    await send("PATCH", "inputs", { action: "merge", inputs });
    const { page } = await open(IDS[4]);
    const table = page.getByTestId("metadata");
    await table.getByText("<b>Summer</b>").waitFor();
    await table.getByText("2 values").click();
    await table.getByText("1, 2", { exact: true }).waitFor();
    await table.getByRole("button", { name: "Edit" }).click();
    const field = page.getByLabel(/^Metadata/);
    await expect.poll(() => field.inputValue()).toContain("<b>Summer</b>");
    await field.fill('{"album": "Winter"}');
    await page.getByRole("button", { name: /^Apply/ }).click();
    await table.getByText("Winter").waitFor();
    await expect
      .poll(async () => (await portal.engine.input(portal.app, IDS[4]!))?.metadata)
      .toEqual({ album: "Winter" });
    await page.context().close();
  });

  test("boxes of annotations stand over the picture with names and text, and can be hidden", async () => {
    const box = { top_row: 0.25, left_col: 0.5, bottom_row: 0.75, right_col: 1 };
    const data = {
      concepts: [{ id: "sign", name: "sign", value: 1 }],
      text: { raw: "EXIT" },
    };
    const regions = [{ region_info: { bounding_box: box }, data }];
    await send("POST", "annotations", { annotations: [{ input_id: IDS[5], data: { regions } }] });
    const { page } = await open(IDS[5]);
    const region = page.getByTestId("region");
    await expect.poll(() => region.textContent()).toBe("sign “EXIT”");
    const picture = await page.getByTestId("viewer-picture").boundingBox();
    const place = await region.boundingBox();
    expect(place?.x).toBeCloseTo((picture?.x ?? 0) + (picture?.width ?? 0) / 2, 0);
    expect(place?.y).toBeCloseTo((picture?.y ?? 0) + (picture?.height ?? 0) / 4, 0);
    await page.getByRole("button", { name: "Hide boxes" }).click();
    await expect.poll(() => region.count()).toBe(0);
    await page.context().close();
  });

  test("shows the eight nearest images, in the order of the API", async () => {
    const { page } = await open(IDS[6]);
    const strip = page.getByTestId("similar").locator("button img");
    await expect.poll(() => strip.count()).toBe(8);
    const { engine, app } = portal;
    const ranks = [{ kind: "input", inputId: IDS[6]!, weight: 1 }] as const;
    const { hits } = await engine.search(app, { ranks, filters: [], offset: 0, limit: 9 });
    const others = hits.map(({ input }) => input.id).filter((id) => id !== IDS[6]);
    const copies = await page.getByTestId("viewer-copies").locator("button img").count();
    const src = await strip.first().getAttribute("src");
    expect(src).toContain(others[copies]);
    await page.context().close();
  });

  test("x selects, Delete deletes and shows the next, i hides the facts", async () => {
    const { page } = await open(IDS[7]);
    await page.keyboard.press("x");
    await expect
      .poll(() => page.getByTestId("viewer-select").getAttribute("aria-pressed"))
      .toBe("true");
    await page.keyboard.press("i");
    await page.getByTestId("viewer-side").waitFor({ state: "detached" });
    await page.keyboard.press("Delete");
    await expect.poll(() => shownId(page)).toBe(IDS[8]);
    await page.getByTestId("deletion-toast").getByRole("button", { name: "Undo" }).click();
    await page.context().close();
  });

  test("on a phone the picture has the screen; details come on demand, nothing is wider", async () => {
    const { page } = await open(IDS[9], PHONE);
    expect(await page.getByTestId("viewer-side").count()).toBe(0);
    await page.getByRole("button", { name: "Show details" }).click();
    await page.getByTestId("viewer-side").waitFor();
    await page.getByTestId("viewer").getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Download original" }).waitFor();
    const widest = await page.getByTestId("viewer").evaluate((viewer) => viewer.scrollWidth);
    expect(widest).toBe(PHONE.width);
    await page.context().close();
  });
});
