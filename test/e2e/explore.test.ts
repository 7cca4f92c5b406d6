// The map and the near-duplicates in Chromium against the real server.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COPIES, drawEmoji, type TestPicture } from "../fixtures/pictures.ts";
import { CHROMIUM, openPortal, type Portal, toId } from "./portal.ts";

const PHONE = { width: 390, height: 844 };
const pictures = await drawEmoji(40);

async function copyOf(picture: TestPicture, kind: string): Promise<TestPicture> {
  const bytes = await COPIES[kind]!(picture.bytes as Buffer);
  return { name: `${kind}-of-${picture.name}`, bytes };
}

const copies = [
  await copyOf(pictures[0]!, "resized"),
  await copyOf(pictures[0]!, "re-encoded"),
  await copyOf(pictures[1]!, "resized"),
];

async function open(portal: Portal, path: string, size?: { width: number; height: number }) {
  const page = await portal.newPage(size);
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.goto(`${portal.url}/apps/photos/${path}`);
  return { page, errors };
}

async function makeMap({ engine, app }: Portal): Promise<void> {
  const { id } = await engine.explore.map.start(app);
  await engine.activities.ended(app, id);
}

async function countSelected(page: Page): Promise<number> {
  const heading = page.getByRole("heading", { name: /selected$/ });
  if (!(await heading.isVisible())) return 0;
  return Number.parseInt((await heading.textContent()) ?? "", 10);
}

const boxOf = async (page: Page) => (await page.getByTestId("map").boundingBox())!;

describe.skipIf(!CHROMIUM)("Explore (needs Chromium: apt-get install chromium)", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await openPortal([...pictures, ...copies]);
  }, 120_000);
  afterAll(() => portal?.close());

  test("the page explains the map before there is one, and makes it", async () => {
    const { page, errors } = await open(portal, "explore");
    await page.getByRole("button", { name: "Make the map" }).click();
    await page.getByTestId("map").waitFor();
    expect(await page.getByTestId("map-facts").textContent()).toContain("43 inputs");
    expect(await page.getByTestId("cluster").count()).toBeGreaterThan(1);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test("a cluster selects its inputs, as many as it says", async () => {
    await makeMap(portal);
    const { page, errors } = await open(portal, "explore");
    const cluster = page.getByTestId("cluster").first();
    const [, count = "0"] = /, (\d+) input/.exec((await cluster.getAttribute("aria-label"))!) ?? [];
    await cluster.click();
    await expect.poll(() => countSelected(page)).toBe(Number(count));
    await page.getByTestId("selection-bar").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => countSelected(page)).toBe(0);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test("a lasso selects what it surrounds: around everything, all; around nothing, nothing", async () => {
    const { page } = await open(portal, "explore");
    const { x, y, width, height } = await boxOf(page);
    await page.getByRole("button", { name: "Select with a lasso" }).click();
    await page.mouse.move(x + 2, y + 60);
    await page.mouse.down();
    await page.mouse.move(x + width - 2, y + 60);
    await page.mouse.move(x + width - 2, y + height - 2);
    await page.mouse.move(x + 2, y + height - 2);
    await page.mouse.up();
    await expect.poll(() => countSelected(page)).toBeGreaterThan(38);
    await page.keyboard.press("Escape");
    await page.keyboard.down("Shift");
    await page.mouse.move(x + 4, y + height - 4);
    await page.mouse.down();
    await page.mouse.move(x + 12, y + height - 4);
    await page.mouse.move(x + 12, y + height - 12);
    await page.mouse.up();
    await page.keyboard.up("Shift");
    expect(await countSelected(page)).toBe(0);
    await page.context().close();
  });

  test("colours show the values of a concept with their scale; an unknown one says so", async () => {
    const { page } = await open(portal, "explore");
    await page.getByText("Concept", { exact: true }).click();
    const field = page.getByPlaceholder(/dog, beach/);
    await field.fill("dog");
    await field.press("Enter");
    await page.getByTestId("scale").waitFor();
    await field.fill("nosuchconcept");
    await field.press("Enter");
    await page.getByText("There is no such concept.").waitFor();
    await page.context().close();
  });

  test("keys zoom and show all again; the pointer shows the picture of a point", async () => {
    const { page } = await open(portal, "explore");
    const map = page.getByTestId("map");
    await map.focus();
    const looks = async () => (await map.screenshot()).toString("base64");
    await expect.poll(() => map.getAttribute("data-draw-ms")).not.toBeNull();
    await page.waitForLoadState("networkidle"); // pictures come onto the map
    const whole = await looks();
    await page.keyboard.press("+");
    await expect.poll(looks).not.toBe(whole);
    await page.keyboard.press("0");
    await expect.poll(looks).toBe(whole);
    const { x, y, width, height } = await boxOf(page);
    await expect
      .poll(
        async () => {
          await page.mouse.move(x + Math.random() * width, y + Math.random() * height);
          return page.getByTestId("map-tip").isVisible();
        },
        { timeout: 20_000, interval: 5 },
      )
      .toBe(true);
    await page.context().close();
  });

  test("on a phone the map and its clusters share the screen without scrolling sideways", async () => {
    const { page, errors } = await open(portal, "explore", PHONE);
    await page.getByTestId("cluster").first().click();
    await page.getByTestId("selected").locator("img").first().waitFor();
    const { width, height } = await boxOf(page);
    expect(width).toBe(PHONE.width);
    expect(height).toBeGreaterThan(300);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(PHONE.width);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test("copies are found, shown with the best to keep first, and marked one by one", async () => {
    const { page, errors } = await open(portal, "explore/copies");
    await page.getByRole("button", { name: "Find near-duplicates" }).click();
    await page.getByTestId("copy-group").first().waitFor();
    expect(await page.getByTestId("copy-facts").textContent()).toContain("2 groups · 3 copies");
    const group = page.getByTestId("copy-group").filter({ hasText: pictures[0]!.name });
    expect(await group.getByTestId("copy").count()).toBe(3);
    const resized = page.getByRole("button", { name: `Keep ${copies[0]!.name}` });
    expect(await resized.getAttribute("aria-pressed")).toBe("false");
    await group.getByRole("button", { name: "Delete the other 2" }).waitFor();
    await resized.click();
    await group.getByRole("button", { name: "Delete 1 picture" }).waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test("keys move between groups and mark; deleting can be undone", async () => {
    const { page } = await open(portal, "explore/copies");
    await page.getByTestId("copy-group").first().waitFor();
    await page.keyboard.press("j");
    const focused = page.locator("[data-testid=copy-group]:focus");
    await focused.waitFor();
    await page.keyboard.press("Delete");
    await expect.poll(() => page.getByTestId("copy-group").count()).toBe(1);
    await page.getByTestId("deletion-toast").getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => page.getByTestId("copy-group").count()).toBe(2);
    expect(await portal.engine.countInputs(portal.app)).toMatchObject({ processed: 43 });
    await page.context().close();
  });

  test("a group that is kept is kept on the server, until that is undone", async () => {
    const { page } = await open(portal, "explore/copies", PHONE);
    const groups = page.getByTestId("copy-group");
    await groups.first().waitFor();
    await groups.first().getByRole("button", { name: "Keep all" }).click();
    await groups.first().getByRole("button", { name: "Undo" }).waitFor();
    const { copies: found } = portal.engine.explore;
    const total = async () => (await found.page(portal.app, { offset: 0, limit: 1 })).totalGroups;
    await expect.poll(total).toBe(1);
    await groups.first().getByRole("button", { name: "Undo" }).click();
    await expect.poll(total).toBe(2);
    await page.context().close();
  });

  test("everything that is suggested goes at once, with the number and the size", async () => {
    const { page } = await open(portal, "explore/copies");
    const all = page.getByRole("button", { name: /Delete all suggested in these 2 groups/ });
    expect(await all.textContent()).toMatch(/3 pictures, \d+ k?B/);
    await all.click();
    await expect.poll(() => page.getByTestId("copy-group").count()).toBe(0);
    const left = async () => (await portal.engine.countInputs(portal.app)).processed;
    await expect.poll(left, { timeout: 20_000 }).toBe(40);
    expect(await portal.engine.input(portal.app, toId(pictures[2]!.name))).toBeDefined();
    await page.getByText("No near-duplicates").first().waitFor();
    await page.context().close();
  });
});
