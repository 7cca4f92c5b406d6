// The settings page in Chromium, and the way in and out of a server with a key.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { drawEmoji } from "../fixtures/pictures.ts";
import { CHROMIUM, openPortal, type Portal } from "./portal.ts";

const KEY = "a-key-of-sixteen-or-more";

async function open(
  portal: Portal,
  path: string,
  options: Parameters<Portal["newPage"]>[0] = {},
): Promise<Page> {
  const page = await portal.newPage(options);
  onTestFinished(() => page.context().close());
  await page.goto(portal.url + path);
  return page;
}

describe.skipIf(!CHROMIUM)("the settings (need Chromium: apt-get install chromium)", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await openPortal(await drawEmoji(12));
  }, 120_000);
  afterAll(() => portal?.close());

  const section = (page: Page, id: string) => page.getByTestId(`section-${id}`);

  test("the app gets another name, which the sidebar shows", async () => {
    const page = await open(portal, "/apps/photos/settings");
    const app = section(page, "app");
    await app.getByTestId("app-name").fill("Holiday <b>snaps</b>");
    await app.getByLabel("Description").fill("All of them");
    await app.getByRole("button", { name: "Save" }).click();
    await expect.poll(() => app.getByRole("status").textContent()).toBe("Saved");
    await expect
      .poll(() => page.getByTestId("apps").textContent())
      .toContain("Holiday <b>snaps</b>");
    await app.getByLabel("Description").fill("");
    await app.getByRole("button", { name: "Save" }).click();
    await page.reload();
    expect(await app.getByLabel("Description").inputValue()).toBe("");
    expect(await app.getByRole("button", { name: "Delete this app" }).count()).toBe(0);
  });

  test("another app is deleted once its id was typed, and the default one is shown", async () => {
    await portal.engine.apps.create("me", { id: "old-stuff" });
    const page = await open(portal, "/apps/old-stuff/settings");
    await section(page, "app").getByRole("button", { name: "Delete this app" }).click();
    const dialog = page.getByRole("dialog");
    const confirm = dialog.getByRole("button", { name: "Delete app for good" });
    await dialog.getByTestId("delete-app-id").fill("old-stuf");
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByTestId("delete-app-id").fill("old-stuff");
    await confirm.click();
    await page.waitForURL(/apps\/photos\/inputs/);
    expect(await portal.engine.app("me", "old-stuff")).toBeUndefined();
  });

  test("the base workflow changes, and indexes all again if that is wanted", async () => {
    const page = await open(portal, "/apps/photos/settings");
    const workflow = section(page, "base-workflow");
    const change = workflow.getByRole("button", { name: "Change base workflow" });
    await expect.poll(() => change.isDisabled()).toBe(true);
    await workflow.getByLabel(/^General/).check();
    await workflow.getByLabel(/^Reindex existing/).check();
    await change.click();
    await expect
      .poll(async () => (await portal.engine.app("me", "photos"))?.baseWorkflow)
      .toBe("General");
    const jobs = section(page, "jobs");
    await expect
      .poll(() => jobs.getByTestId("activity").first().textContent(), { timeout: 20_000 })
      .toMatch(/^Reindexed12 renewed/);
    await workflow.getByLabel(/^Universal/).check();
    await change.click();
    await expect
      .poll(async () => (await portal.engine.app("me", "photos"))?.baseWorkflow)
      .toBe("Universal");
  });

  test("work on the server is announced in a corner, and opens into a list", async () => {
    const page = await open(portal, "/apps/photos/settings");
    await page.getByRole("button", { name: "Reindex all inputs" }).click();
    const pill = page.getByTestId("activity-pill");
    await expect.poll(() => pill.textContent(), { timeout: 20_000 }).toMatch(/Reindexed/);
    await pill.click();
    const panel = page.getByTestId("activities");
    await expect.poll(() => panel.getByTestId("activity").first().textContent()).toMatch(/renewed/);
    await panel.getByRole("button", { name: "Close" }).click();
    await expect.poll(() => panel.count()).toBe(0);
  });

  test("work that takes long can be stopped from the corner", async () => {
    const { engine, app } = portal;
    engine.activities.start(app, "map", "", async (report, signal) => {
      report(1, 100);
      await new Promise((_, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason)),
      );
    });
    const page = await open(portal, "/apps/photos/settings");
    await expect
      .poll(() => page.getByTestId("activity-pill").textContent())
      .toMatch(/^Drawing the map1 of 100/);
    await page.getByTestId("activity-pill").click();
    const row = page.getByTestId("activities").getByTestId("activity").first();
    await row.getByRole("button", { name: "Cancel Drawing the map" }).click();
    await expect.poll(() => row.textContent()).toMatch(/Drawing the map was cancelled/);
  });

  test("model, storage and version are those of the server", async () => {
    const page = await open(portal, "/apps/photos/settings#storage");
    const { dim } = portal.engine.model;
    await expect
      .poll(() => section(page, "search-model").textContent())
      .toContain(`${dim} numbers per image`);
    const storage = section(page, "storage");
    await expect.poll(() => storage.getByTestId("storage").textContent()).toMatch(/Originals\d/);
    expect(await storage.textContent()).toContain(portal.data);
    await expect.poll(() => section(page, "about").textContent()).toMatch(/Semblance \d+\.\d+/);
  });

  test("without a key it says who may use the server, and suggests one", async () => {
    const page = await open(portal, "/apps/photos/settings");
    const keys = section(page, "keys");
    await expect.poll(() => keys.getByTestId("keyed").getAttribute("data-keyed")).toBe("false");
    await keys.getByRole("button", { name: "Suggest a key" }).click();
    const suggested = await keys.locator("code").nth(1).textContent();
    expect(suggested).toMatch(/^[\w-]{32}$/);
    expect(await page.getByRole("button", { name: "Sign out" }).count()).toBe(0);
  });

  test("theme, tile size and stillness are kept by the browser", async () => {
    const page = await open(portal, "/apps/photos/settings");
    const appearance = section(page, "appearance");
    await appearance.getByText("Dark", { exact: true }).click();
    await appearance.getByLabel("Animations").uncheck({ force: true });
    const root = page.locator("html");
    await expect.poll(() => root.getAttribute("data-mantine-color-scheme")).toBe("dark");
    await page.reload();
    await expect.poll(() => root.getAttribute("data-mantine-color-scheme")).toBe("dark");
    expect(await root.getAttribute("data-still")).toBe("");
  });

  test("fits a phone, section by section", async () => {
    const page = await open(portal, "/apps/photos/settings", { width: 390, height: 844 });
    await section(page, "about").waitFor();
    const widths = "[document.documentElement.scrollWidth, innerWidth]";
    const [content, screen] = await page.evaluate<[number, number]>(widths);
    expect(content).toBeLessThanOrEqual(screen);
    await page.getByRole("link", { name: "About" }).click();
    await expect
      .poll(async () => (await section(page, "about").boundingBox())!.y)
      .toBeLessThan(844 - 56);
  });
});

describe.skipIf(!CHROMIUM)("a server with a key (needs Chromium)", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await openPortal(await drawEmoji(3), { key: KEY });
  }, 120_000);
  afterAll(() => portal?.close());

  async function signIn(page: Page): Promise<void> {
    await page.getByLabel("Access key", { exact: true }).fill(KEY);
    await page.getByRole("button", { name: "Sign in" }).click();
  }

  test("signing in leads where the link pointed, signing out back to the question", async () => {
    const page = await open(portal, "/apps/photos/settings");
    await signIn(page);
    await page.getByTestId("section-about").waitFor();
    await expect.poll(() => page.getByTestId("keyed").getAttribute("data-keyed")).toBe("true");
    await page.getByTestId("section-about").getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    await page.reload();
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    await signIn(page);
    await page.getByTestId("sidebar").getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Sign in" }).waitFor();
  });

  test("a session that ends in the middle asks for the key and goes on at the same address", async () => {
    const page = await open(portal, "/apps/photos/inputs?caption=a+dog");
    await signIn(page);
    await page.locator('[data-testid="tile"] img').first().waitFor();
    await page.context().clearCookies();
    await page.getByTestId("search-box").fill("a dog and #hear");
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    expect(page.url()).toContain("caption=a+dog");
    await signIn(page);
    await page.locator('[data-testid="tile"] img').first().waitFor();
    expect(page.url()).toContain("caption=a+dog");
    expect(await page.getByTestId("notice").count()).toBe(0);
  });

  test("a wrong key is told so", async () => {
    const page = await open(portal, "/");
    await page.getByLabel("Access key", { exact: true }).fill("another-key-of-sixteen");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect.poll(() => page.textContent("main")).toMatch(/not the right one/);
  });
});
