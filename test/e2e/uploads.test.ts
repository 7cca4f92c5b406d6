// Uploads in Chromium: files, folders, archives, URLs, their settings, and what may go wrong on the way.
import { createWriteStream, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { ZipFile } from "yazl";
import { inputNamed, temporaryFolder } from "../fixtures/engine.ts";
import { type ImageServer, startImageServer } from "../fixtures/image-server.ts";
import { drawEmoji, type TestPicture } from "../fixtures/pictures.ts";
import { CHROMIUM, openPortal, type Portal, toFolder } from "./portal.ts";

const pictures = await drawEmoji(40);
/** Those that no test has taken yet. */
let fresh = pictures.slice(2);

function take(count: number): readonly TestPicture[] {
  const taken = fresh.slice(0, count);
  fresh = fresh.slice(count);
  return taken;
}

function filesOf(folder: string): string[] {
  return readdirSync(folder).map((name) => join(folder, name));
}

async function writeArchive(inside: readonly TestPicture[]): Promise<string> {
  const archive = new ZipFile();
  for (const { name, bytes } of inside) archive.addBuffer(Buffer.from(bytes), `trip/${name}`);
  archive.end();
  const path = join(temporaryFolder(), "trip.zip");
  await pipeline(archive.outputStream, createWriteStream(path));
  return path;
}

const rows = (page: Page, kind: string) =>
  page.locator(`[data-testid="upload"][data-kind="${kind}"]`);

async function openDialog(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Upload", exact: true }).click();
  await page.getByRole("dialog").waitFor();
}

// As text: what runs in the page knows a browser's globals, the tests do not.
// The database is not opened before the page has made it.
const COUNT_FILES = `(async () => {
  const name = "semblance-upload-files";
  if (!(await indexedDB.databases()).some((database) => database.name === name)) return 0;
  return new Promise((resolve) => {
    const opening = indexedDB.open(name);
    opening.onsuccess = () => {
      const count = opening.result.transaction("files").objectStore("files").count();
      count.onsuccess = () => resolve(count.result);
    };
  });
})()`;

/** Files in the browser's own store. */
function keptFiles(page: Page): Promise<number> {
  return page.evaluate<number>(COUNT_FILES);
}

describe.skipIf(!CHROMIUM)("uploads (needs Chromium: apt-get install chromium)", () => {
  let portal: Portal;
  let images: ImageServer;
  beforeAll(async () => {
    const [red, green, blue] = take(3);
    images = await startImageServer({
      "/red.png": red!.bytes,
      "/green.png": green!.bytes,
      "/blue.png": blue!.bytes,
      "/late.png": () => {},
    });
    const urlAllow = [{ hostname: "127.0.0.1", port: images.port }];
    portal = await openPortal(pictures.slice(0, 2), { urlAllow });
  }, 120_000);
  afterAll(async () => {
    await portal?.close();
    await images?.close();
  });

  async function open(options: Parameters<Portal["newPage"]>[0] = {}): Promise<Page> {
    const page = await portal.newPage(options);
    onTestFinished(() => page.context().close());
    await page.goto(portal.url);
    await page.locator('[data-testid="tile"] img').first().waitFor();
    return page;
  }

  test("files chosen in the dialog get its labels, dataset and metadata", async () => {
    const page = await open();
    const [picture] = take(1);
    await openDialog(page);
    const dialog = page.getByRole("dialog");
    await dialog.getByTestId("upload-settings").click();
    await dialog.getByTestId("concept-field").fill("harbour");
    await page.keyboard.press("Enter");
    await dialog.getByTestId("upload-dataset").selectOption("New dataset…");
    await dialog.getByTestId("new-upload-dataset").fill("Summer 2019");
    await dialog.getByRole("button", { name: "Create" }).click();
    await expect.poll(() => dialog.getByTestId("upload-dataset").inputValue()).toBe("summer-2019");
    await dialog.getByTestId("upload-metadata").fill('{"trip": "Lisbon"}');
    await dialog.getByTestId("upload-input").setInputFiles(filesOf(toFolder([picture!])));
    await expect.poll(() => dialog.count()).toBe(0);
    await expect.poll(() => rows(page, "sent").count()).toBe(1);
    const input = await inputNamed(portal, picture!.name);
    expect(input?.metadata).toEqual({ trip: "Lisbon" });
    const labels = await portal.engine.annotations.labelsOf([input!]);
    expect(labels.get(input!.row)?.map(({ name }) => name)).toEqual(["harbour"]);
    const dataset = await portal.engine.datasets.get(portal.app, "summer-2019");
    expect(await portal.engine.datasets.count(dataset!)).toBe(1);
  });

  test("metadata that are no JSON object are told so while one types", async () => {
    const page = await open();
    await openDialog(page);
    const dialog = page.getByRole("dialog");
    await dialog.getByTestId("upload-settings").click();
    await dialog.getByTestId("upload-metadata").fill("[1]");
    await expect.poll(() => dialog.textContent()).toMatch(/object/i);
    await expect
      .poll(() => dialog.getByTestId("upload-metadata").getAttribute("aria-invalid"))
      .toBe("true");
  });

  test("settings are remembered, said in a line, and not given to what is dropped without them", async () => {
    const page = await open();
    await openDialog(page);
    const dialog = page.getByRole("dialog");
    await dialog.getByTestId("upload-settings").click();
    await dialog.getByTestId("concept-field").fill("museum");
    await page.keyboard.press("Enter");
    await page.reload();
    await openDialog(page);
    await expect.poll(() => dialog.getByTestId("upload-settings").textContent()).toMatch(/1 label/);
    await page.keyboard.press("Escape");
    await expect.poll(() => dialog.count()).toBe(0);
    const [picture] = take(1);
    await page.getByTestId("upload-input").setInputFiles(filesOf(toFolder([picture!])));
    await expect.poll(() => rows(page, "sent").count()).toBe(1);
    const input = await inputNamed(portal, picture!.name);
    const labels = await portal.engine.annotations.labelsOf([input!]);
    expect(labels.get(input!.row) ?? []).toEqual([]);
  });

  test("a folder is walked, and what is no picture in it is left out", async () => {
    const page = await open();
    const folder = toFolder(take(2));
    writeFileSync(join(folder, "notes.txt"), "text");
    await openDialog(page);
    await page.getByRole("dialog").getByTestId("upload-folder-input").setInputFiles(folder);
    await expect.poll(() => rows(page, "sent").count()).toBe(2);
    await expect
      .poll(() => page.getByTestId("uploads").textContent())
      .toMatch(/1 other file skipped/);
  });

  test("an archive says how many of its images were added and how many were here", async () => {
    const page = await open();
    const archive = await writeArchive([...take(2), pictures[0]!]);
    await openDialog(page);
    await page.getByRole("dialog").getByTestId("upload-input").setInputFiles(archive);
    await expect
      .poll(() => rows(page, "sent").first().textContent())
      .toMatch(/2 added, 1 already here/);
  });

  test("a picture that is here already says so", async () => {
    const page = await open();
    await page.getByTestId("upload-input").setInputFiles(filesOf(toFolder([pictures[0]!])));
    await expect.poll(() => rows(page, "sent").textContent()).toMatch(/Already here/);
  });

  test("a file that is no picture says why, and is not offered again", async () => {
    const page = await open();
    const path = join(temporaryFolder(), "<i>notes.jpg");
    writeFileSync(path, "text");
    await page.getByTestId("upload-input").setInputFiles(path);
    const row = rows(page, "failed");
    await expect.poll(() => row.textContent()).toMatch(/<i>notes\.jpg.*Expected JPEG/);
    expect(await row.getByRole("button", { name: /^Retry/ }).count()).toBe(0);
    await row.getByRole("button", { name: /^Dismiss/ }).click();
    await expect.poll(() => page.getByTestId("uploads").count()).toBe(0);
  });

  test("URLs are counted, bad lines are named, and the server fetches the rest", async () => {
    const page = await open();
    await openDialog(page);
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("tab", { name: "URLs" }).click();
    const lines = ["/red.png", "/red.png", "/green.png", "/missing.png"].map((p) => images.url + p);
    await dialog.getByTestId("urls").fill([...lines, "ftp://example.com/a.png"].join("\n"));
    expect(await dialog.getByTestId("urls-found").textContent()).toBe(
      "3 addresses, 1 repeated1 line cannot be used",
    );
    expect(await dialog.getByTestId("bad-lines").textContent()).toMatch(/Line 5: ftp:/);
    await dialog.getByRole("button", { name: "Add 3 images" }).click();
    const job = page.getByTestId("url-job");
    await expect
      .poll(() => job.textContent(), { timeout: 20_000 })
      .toMatch(/2 added, 1 failed \(missing\.png: .*404/);
    // Once more: what is here stays as it is.
    await openDialog(page);
    await dialog.getByRole("tab", { name: "URLs" }).click();
    await dialog.getByTestId("urls").fill(lines[0]!);
    await dialog.getByRole("button", { name: "Add 1 image" }).click();
    await expect
      .poll(() => job.first().textContent(), { timeout: 20_000 })
      .toMatch(/0 added, 1 already here/);
  });

  test("URLs that are being fetched can be cancelled, and are found again after a reload", async () => {
    const page = await open();
    await openDialog(page);
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("tab", { name: "URLs" }).click();
    await dialog.getByTestId("urls").fill(`${images.url}/late.png\n${images.url}/blue.png`);
    await dialog.getByRole("button", { name: "Add 2 images" }).click();
    const job = page.getByTestId("url-job");
    await expect.poll(() => job.textContent()).toMatch(/1 of 2 fetched/);
    await page.reload();
    await expect.poll(() => job.textContent()).toMatch(/1 of 2 fetched/);
    await job.getByRole("button", { name: /^Cancel/ }).click();
    await expect.poll(() => job.textContent()).toMatch(/Cancelled, 1 added/);
  });

  test("uploads wait while the server is away and go on when it is back", async () => {
    const page = await open();
    await page.waitForLoadState("networkidle"); // the window for uploads has loaded
    const folder = toFolder(take(3));
    await portal.whileAway(async () => {
      await page.getByTestId("upload-input").setInputFiles(filesOf(folder));
      await expect
        .poll(() => page.getByTestId("uploads").textContent())
        .toMatch(/Waiting for Semblance/);
      expect(await rows(page, "failed").count()).toBe(0);
    });
    await expect.poll(() => rows(page, "sent").count(), { timeout: 20_000 }).toBe(3);
  });

  test("an error of the server can be retried, one file or all", async () => {
    const page = await open();
    let isBroken = true;
    await page.route("**/uploads?*", (route) =>
      isBroken
        ? route.fulfill({
            status: 507,
            json: { status: { code: 99009, description: "Full disk" } },
          })
        : route.continue(),
    );
    await page.getByTestId("upload-input").setInputFiles(filesOf(toFolder(take(3))));
    await expect.poll(() => rows(page, "failed").count()).toBe(3);
    expect(await rows(page, "failed").first().textContent()).toMatch(/Full disk/);
    isBroken = false;
    await rows(page, "failed")
      .first()
      .getByRole("button", { name: /^Retry/ })
      .click();
    await expect.poll(() => rows(page, "sent").count()).toBe(1);
    await page.getByRole("button", { name: "Retry failed" }).click();
    await expect.poll(() => rows(page, "sent").count()).toBe(3);
  });

  test("one upload or all can be cancelled; what is over stands in a group of its own", async () => {
    const page = await open();
    await page.getByTestId("upload-input").setInputFiles(filesOf(toFolder(take(1))));
    await expect.poll(() => rows(page, "sent").count()).toBe(1);
    await page.route("**/uploads?*", () => {}); // never answers
    await page.getByTestId("upload-input").setInputFiles(filesOf(toFolder(take(5))));
    await expect.poll(() => page.getByTestId("uploads-active").textContent()).toBe("Active 5");
    expect(await page.getByTestId("uploads").textContent()).toMatch(/Uploading 0 of 5/);
    await rows(page, "sending")
      .first()
      .getByRole("button", { name: /^Cancel/ })
      .click();
    await expect.poll(() => page.getByTestId("uploads-active").textContent()).toBe("Active 4");
    await page.getByTestId("uploads-over").click();
    await expect.poll(() => rows(page, "sent").count()).toBe(1);
    await page.getByTestId("uploads-active").click();
    await page.getByRole("button", { name: "Cancel all" }).click();
    await expect.poll(() => page.getByTestId("uploads-active").count()).toBe(0);
  });

  test("a reload goes on with files and settings, and shows what was over", async () => {
    const page = await open();
    const [done, ...rest] = take(4);
    await page.getByTestId("upload-input").setInputFiles(filesOf(toFolder([done!])));
    await expect.poll(() => rows(page, "sent").count()).toBe(1);
    await page.route("**/uploads?*", () => {});
    await openDialog(page);
    const dialog = page.getByRole("dialog");
    await dialog.getByTestId("upload-settings").click();
    await dialog.getByTestId("concept-field").fill("reload");
    await page.keyboard.press("Enter");
    await dialog.getByTestId("upload-input").setInputFiles(filesOf(toFolder(rest)));
    await expect.poll(() => keptFiles(page)).toBe(3);
    const leaving = "dispatchEvent(new Event('beforeunload', { cancelable: true }))";
    await expect.poll(() => page.evaluate(leaving)).toBe(true); // nobody would be warned
    let hasWarned = false;
    page.on("dialog", async (warning) => {
      hasWarned = true;
      await warning.accept();
    });
    await page.unroute("**/uploads?*");
    await page.reload();
    await expect.poll(() => rows(page, "sent").count(), { timeout: 20_000 }).toBe(4);
    expect(hasWarned).toBe(false);
    for (const { name } of rest) {
      const input = await inputNamed(portal, name);
      const labels = await portal.engine.annotations.labelsOf([input!]);
      expect(labels.get(input!.row)?.map((label) => label.name)).toEqual(["reload"]);
    }
    await expect.poll(() => keptFiles(page)).toBe(0);
    await page.getByTestId("uploads").getByRole("button", { name: "Close" }).click();
    await page.reload();
    await page.locator('[data-testid="tile"] img').first().waitFor();
    expect(await page.getByTestId("upload").count()).toBe(0);
  });

  test("two tabs send what a third one left only once", async () => {
    const page = await open();
    const context = page.context();
    await context.route("**/uploads?*", () => {});
    await page.getByTestId("upload-input").setInputFiles(filesOf(toFolder(take(3))));
    await expect.poll(() => keptFiles(page)).toBe(3);
    await context.unroute("**/uploads?*");
    const sent: string[] = [];
    context.on("request", (request) => {
      if (request.url().includes("/uploads?")) sent.push(new URL(request.url()).search);
    });
    await page.close();
    const tabs = await Promise.all([context.newPage(), context.newPage()]);
    await Promise.all(tabs.map((tab) => tab.goto(portal.url)));
    const counts = () => Promise.all(tabs.map((tab) => rows(tab, "sent").count()));
    await expect
      .poll(async () => (await counts()).reduce((a, b) => a + b, 0), { timeout: 20_000 })
      .toBe(3);
    expect(sent).toHaveLength(3);
    expect(new Set(sent).size).toBe(3);
  });

  test("a phone offers its camera and its photo library", async () => {
    const page = await open({ width: 390, height: 844, isTouch: true });
    await openDialog(page);
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Take a photo" }).waitFor();
    const photo = dialog.getByTestId("upload-photo-input");
    expect(await photo.getAttribute("capture")).toBe("environment");
    await dialog.getByTestId("upload-library-input").setInputFiles(filesOf(toFolder(take(1))));
    await expect.poll(() => rows(page, "sent").count()).toBe(1);
    const tray = (await page.getByTestId("uploads").boundingBox())!;
    expect(tray.x).toBeGreaterThanOrEqual(0);
    expect(tray.x + tray.width).toBeLessThanOrEqual(390);
    const bar = (await page.getByTestId("sidebar").boundingBox())!;
    expect(tray.y + tray.height).toBeLessThanOrEqual(bar.y);
  });

  test("what failed can be tried again from its page", async () => {
    const page = await open();
    await page.goto(`${portal.url}/apps/photos/failed`);
    const inputs = page.getByTestId("failed-input");
    await expect.poll(() => inputs.count()).toBe(3); // of the tests before
    expect(await page.getByTestId("failed-group").count()).toBe(3);
    await page.getByRole("button", { name: "Retry missing.png" }).click();
    await expect.poll(() => page.textContent("main")).toMatch(/1 input is tried again/);
    await expect.poll(() => inputs.count(), { timeout: 20_000 }).toBe(3);
    await page.getByRole("button", { name: "Remove all" }).click();
    await expect.poll(() => page.textContent("main")).toMatch(/Nothing failed/);
  });
});
