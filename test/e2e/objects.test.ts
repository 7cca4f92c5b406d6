// Object Mode in Chromium: the switch, tiles that show what was found, filters by counts, and boxes in the viewer.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { looked } from "../fixtures/engine.ts";
import { type Rectangle, toPng, writeTinyDetector } from "../fixtures/tiny-detector.ts";
import { findViolations } from "./axe.ts";
import { CHROMIUM, openPortal, type Portal } from "./portal.ts";

const RED: Rectangle = { colour: "red", left: 20, top: 30, width: 100, height: 75 };
const BLUE: Rectangle = { colour: "blue", left: 140, top: 15, width: 40, height: 60 };

describe.skipIf(!CHROMIUM)("objects (needs Chromium)", () => {
  let portal: Portal;
  beforeAll(async () => {
    const pictures = [
      { name: "both", bytes: await toPng(200, 150, [RED, BLUE]) },
      { name: "blue", bytes: await toPng(200, 150, [BLUE]) },
      { name: "grey", bytes: await toPng(200, 150, []) },
    ];
    portal = await openPortal(pictures, { detector: writeTinyDetector("d_fine") });
    await looked(portal);
  }, 60_000);
  afterAll(() => portal?.close());

  test("the switch compares with objects, tiles and the viewer show them, counts restrict", async () => {
    const page = await portal.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(`${portal.url}/apps/photos/inputs?like=blue`);
    const count = async () => page.getByTestId("match-count").getAttribute("data-count");
    await expect.poll(count).toBe("3");
    await page.getByTestId("objects-toggle").click();
    await expect.poll(count).toBe("2");
    expect(new URL(page.url()).searchParams.get("by")).toBe("objects");
    const tile = page.locator('[data-testid="tile"][data-id="blue"]');
    await expect.poll(() => tile.getByTestId("object-label").textContent()).toBe("blue");
    const [frame, outline] = [
      await tile.boundingBox(),
      await tile.getByTestId("object-outline").boundingBox(),
    ];
    // The object fills most of the tile: without it, it would be less than half as high.
    expect(outline!.height / frame!.height).toBeGreaterThan(0.6);
    await page.getByTestId("filter-button").click();
    const section = page.getByTestId("filter-objects");
    await section.getByRole("button", { name: "Objects" }).click();
    await section.getByRole("checkbox", { name: "red" }).check();
    await expect.poll(count).toBe("1");
    expect(await findViolations(page)).toEqual([]);
    await section.getByTestId("object-count").getByLabel("At least").fill("2");
    await expect.poll(count).toBe("0");
    expect(new URL(page.url()).searchParams.get("objects")).toBe("2.. red");
    await page.goto(`${portal.url}/apps/photos/inputs?like=blue&by=objects&view=both`);
    const names = () => page.getByTestId("region").allTextContents();
    await expect.poll(async () => (await names()).sort()).toEqual(["blue", "red"]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test("nothing is offered where nothing ranks", async () => {
    const page = await portal.newPage();
    await page.goto(`${portal.url}/apps/photos/inputs`);
    await page.getByTestId("tile").first().waitFor();
    expect(await page.getByTestId("objects-toggle").count()).toBe(0);
    await page.context().close();
  });
});
