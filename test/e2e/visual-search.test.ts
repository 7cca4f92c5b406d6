// Searching by a picture that is not in the collection, or by a part of one, in Chromium.
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawEmoji } from "../fixtures/pictures.ts";
import { findViolations } from "./axe.ts";
import { CHROMIUM, openPortal, type Portal, toFolder, toId } from "./portal.ts";

const pictures = await drawEmoji(30);
const [LEFT, RIGHT] = [pictures[4]!, pictures[17]!];
const PHONE = { width: 390, height: 844 };

/** Two pictures beside each other. */
async function pair(): Promise<Buffer> {
  const [left, right] = await Promise.all(
    [LEFT, RIGHT].map(({ bytes }) => sharp(bytes).resize(300, 300).png().toBuffer()),
  );
  return sharp({ create: { width: 600, height: 300, channels: 3, background: "white" } })
    .composite([
      { input: left!, left: 0, top: 0 },
      { input: right!, left: 300, top: 0 },
    ])
    .png()
    .toBuffer();
}

describe.skipIf(!CHROMIUM)("visual search (needs Chromium: apt-get install chromium)", () => {
  let portal: Portal;
  let folder: string;
  beforeAll(async () => {
    portal = await openPortal(pictures);
    folder = toFolder([LEFT, { name: "pair.png", bytes: await pair() }]);
  }, 120_000);
  afterAll(() => portal?.close());

  async function open(search = "", size: { width?: number; height?: number } = {}): Promise<Page> {
    const page = await portal.newPage(size);
    await page.goto(`${portal.url}/apps/photos/inputs${search}`);
    await page.locator('[data-testid="tile"] img').first().waitFor();
    return page;
  }

  async function openDialog(page: Page, file: string): Promise<void> {
    await page.getByTestId("visual-search").click();
    await page.getByTestId("visual-search-file").setInputFiles(join(folder, file));
    await page.locator('[data-testid="crop-picture"]').waitFor();
  }

  const chip = (page: Page, kind: string) =>
    page.locator(`[data-testid="chip"][data-kind="${kind}"]`);
  const firstId = (page: Page) =>
    page.locator('[data-testid="tile"][data-index="0"]').getAttribute("data-id");

  test("a picture from this device finds its like, and its thumbnail becomes the chip", async () => {
    const page = await open();
    await openDialog(page, LEFT.name);
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await chip(page, "example").waitFor();
    await expect.poll(() => firstId(page)).toBe(toId(LEFT.name));
    const image = chip(page, "example").locator("img");
    await expect.poll(() => naturalWidth(image)).toBeGreaterThan(0);
    await page.reload();
    await expect.poll(() => firstId(page)).toBe(toId(LEFT.name));
    await page.context().close();
  });

  test.each([
    ["left", LEFT],
    ["right", RIGHT],
  ] as const)("the %s part of a picture finds what is there", async (side, wanted) => {
    const page = await open();
    await openDialog(page, "pair.png");
    const image = page.getByTestId("crop-picture");
    await drawOver(page, image, side);
    await page.getByRole("button", { name: "Search by this part" }).click();
    await chip(page, "example").waitFor();
    await expect.poll(() => firstId(page)).toBe(toId(wanted.name));
    await page.context().close();
  });

  test("a part is chosen by keys as well, and given up for the whole picture", async () => {
    const page = await open();
    await openDialog(page, "pair.png");
    await page.getByRole("button", { name: "Choose a part" }).click();
    const part = page.locator(".ReactCrop__crop-selection");
    await page.locator(".ReactCrop__crop-selection:focus").waitFor();
    const before = (await part.boundingBox())!;
    await page.keyboard.press("ArrowRight");
    await expect.poll(async () => (await part.boundingBox())!.x).toBeGreaterThan(before.x);
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole("button", { name: "Whole picture" }).click();
    await expect.poll(() => part.count()).toBe(0);
    await page.context().close();
  });

  test("a part of an image of the collection takes the place of the image in the search", async () => {
    const page = await open(`?not-concept=cat&like*2=${toId(LEFT.name)}&caption=heart`);
    await chip(page, "like")
      .getByRole("button", { name: /^Options/ })
      .click();
    await page.getByRole("menuitem", { name: /part of it/ }).click();
    const image = page.getByTestId("crop-picture");
    await expect.poll(() => naturalWidth(image)).toBeGreaterThan(0);
    await drawOver(page, image, "left");
    await page.getByRole("button", { name: "Search by this part" }).click();
    await chip(page, "example").waitFor();
    const names = [...new URL(page.url()).searchParams.keys()];
    expect(names).toEqual(["not-concept", "example*2", "caption"]);
    await page.context().close();
  });

  test("the keys of the dialog are none of the viewer's around it", async () => {
    const page = await open(`?view=${toId(LEFT.name)}`);
    await page.getByRole("button", { name: "Search by a part" }).click();
    await page.getByRole("button", { name: "Choose a part" }).click();
    await page.locator(".ReactCrop__crop-selection:focus").waitFor();
    for (const key of ["ArrowRight", "s", "Delete"]) await page.keyboard.press(key);
    const dialog = page.getByRole("dialog", { name: "Search by an image" });
    await dialog.getByRole("button", { name: "Close" }).click();
    await expect.poll(() => page.getByTestId("crop-picture").count()).toBe(0);
    expect(await page.getByTestId("viewer").count()).toBe(1);
    expect(new URL(page.url()).search).toBe(`?view=${toId(LEFT.name)}`);
    await page.context().close();
  });

  test("a picture pasted into the bar is searched by at once", async () => {
    const page = await open();
    await page.getByTestId("search-box").focus();
    await paste(page, adding(LEFT.bytes));
    await chip(page, "example").waitFor();
    await expect.poll(() => firstId(page)).toBe(toId(LEFT.name));
    await page.context().close();
  });

  test("a picture pasted into the dialog is ready to be cropped", async () => {
    const page = await open();
    await page.getByTestId("visual-search").click();
    await page.getByTestId("visual-search-file").waitFor({ state: "attached" });
    await paste(page, adding(LEFT.bytes));
    await expect.poll(() => naturalWidth(page.getByTestId("crop-picture"))).toBeGreaterThan(0);
    await page.context().close();
  });

  test("an address pasted into the bar becomes a chip", async () => {
    const page = await open();
    await page.getByTestId("search-box").focus();
    await paste(page, `setData("text", "https://a.example/b.jpg")`);
    await expect.poll(() => chip(page, "url").textContent()).toContain("a.example");
    expect(page.url()).toContain("url=https");
    expect(await page.getByTestId("search-box").inputValue()).toBe("");
    await page.context().close();
  });

  test("a picture dropped on the bar is searched by and not uploaded", async () => {
    const page = await open();
    const bar = page.getByRole("search");
    const transfer = await page.evaluateHandle(
      `(() => { const made = new DataTransfer(); made.${adding(LEFT.bytes)}; return made; })()`,
    );
    await bar.dispatchEvent("dragenter", { dataTransfer: transfer });
    await page.getByTestId("search-drop").waitFor();
    expect(await page.getByTestId("drop-veil").count()).toBe(0);
    await bar.dispatchEvent("drop", { dataTransfer: transfer });
    await expect.poll(() => firstId(page)).toBe(toId(LEFT.name));
    expect(await page.getByTestId("search-drop").count()).toBe(0);
    expect(await page.getByTestId("upload").count()).toBe(0);
    await page.context().close();
  });

  test("what is no picture says so, in the bar and in the dialog", async () => {
    const page = await open();
    await page.getByTestId("search-box").focus();
    await paste(page, adding(Buffer.from("text")));
    await expect.poll(() => page.getByRole("alert").textContent()).toContain("Expected");
    await page.getByRole("button", { name: "Dismiss" }).click();
    await expect.poll(() => page.getByRole("alert").count()).toBe(0);
    await page.getByTestId("visual-search").click();
    const text = { name: "a.jpg", mimeType: "image/jpeg", buffer: Buffer.from("text") };
    await page.getByTestId("visual-search-file").setInputFiles(text);
    await expect.poll(() => page.getByRole("alert").textContent()).toContain("Expected");
    await page.context().close();
  });

  test("on a phone a photo can be taken, and the crop fits the screen", async () => {
    const page = await open("", PHONE);
    await page.getByTestId("visual-search").click();
    await page.getByRole("button", { name: "Take a photo" }).waitFor();
    const photo = page.getByTestId("visual-search-photo");
    expect(await photo.getAttribute("capture")).toBe("environment");
    await photo.setInputFiles(join(folder, "pair.png"));
    const image = page.getByTestId("crop-picture");
    await expect.poll(() => naturalWidth(image)).toBe(600);
    const { x, width } = (await image.boundingBox())!;
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(PHONE.width);
    await page.context().close();
  });
});

/** What is done in the page to a DataTransfer. */
function adding(bytes: Buffer): string {
  const data = `new Uint8Array([${[...bytes].join()}])`;
  return `items.add(new File([${data}], "a.jpg", { type: "image/jpeg" }))`;
}

function paste(page: Page, filling: string): Promise<unknown> {
  return page.evaluate(`(() => {
    const clipboardData = new DataTransfer();
    clipboardData.${filling};
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    (document.activeElement ?? document.body).dispatchEvent(event);
  })()`);
}

function naturalWidth(image: Locator): Promise<number> {
  return image.evaluate((one: { readonly naturalWidth: number }) => one.naturalWidth);
}

async function drawOver(page: Page, image: Locator, side: "left" | "right"): Promise<void> {
  await expect.poll(() => naturalWidth(image)).toBeGreaterThan(0);
  const { x, y, width, height } = (await image.boundingBox())!;
  const start = side === "left" ? x + 2 : x + width / 2 + 2;
  await page.mouse.move(start, y + 2);
  await page.mouse.down();
  await page.mouse.move(start + width / 2 - 6, y + height - 4, { steps: 5 });
  await page.mouse.up();
}
