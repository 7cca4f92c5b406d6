// What the screenshots show: each page of the Portal with the sample gallery, and how to get there.
import type { Page } from "playwright-core";

export type Shot = {
  /** Below docs/images. PNG for the README, WebP for docs/portal.md. */
  readonly file: string;
  /** Behind /apps/photos/. */
  readonly path: string;
  readonly colorScheme?: "light" | "dark";
  readonly isPhone?: boolean;
  prepare?(page: Page): Promise<void>;
};

const tile = (page: Page, index: number) =>
  page.locator(`[data-testid="tile"][data-index="${index}"]`);

async function openFirst(page: Page): Promise<void> {
  await tile(page, 0).getByRole("button", { name: /^Open/ }).click();
  await page.getByTestId("viewer").waitFor();
  await page.getByTestId("prediction").first().waitFor({ state: "attached" });
}

async function selectSome(page: Page): Promise<void> {
  for (const index of [0, 1, 2]) {
    await tile(page, index).hover();
    await tile(page, index).getByRole("button", { name: "Select" }).click();
  }
}

export const SHOTS: readonly Shot[] = [
  {
    file: "portal.png",
    path: "inputs?like=sample-sunset-with-a-sailing-boat",
    prepare: (page) => tile(page, 8).hover(),
  },
  {
    file: "concept.png",
    path: "inputs",
    async prepare(page) {
      await page.getByTestId("search-box").pressSequentially("#sn");
      await page.getByTestId("concept-option").first().waitFor();
    },
  },
  { file: "dark.png", path: "inputs?caption=sunset+over+the+sea", colorScheme: "dark" },
  { file: "portal/inputs.webp", path: "inputs" },
  {
    file: "portal/chips.webp",
    path: "inputs?concept*2=beach&not-concept=boat&like=sample-sunset-with-a-sailing-boat&caption=palm+trees&type=jpeg",
  },
  { file: "portal/relevance.webp", path: "inputs?caption=sunset+over+the+sea" },
  {
    file: "portal/filters.webp",
    path: "inputs?colour=blue&shape=landscape",
    async prepare(page) {
      await page.getByTestId("filter-button").click();
      await page.getByTestId("filter-panel").waitFor();
    },
  },
  {
    file: "portal/visual-search.webp",
    path: "inputs?like=sample-sunset-with-a-sailing-boat",
    async prepare(page) {
      await openFirst(page);
      await page.getByRole("button", { name: "Search by a part of it" }).click();
      await page.locator(".ReactCrop").waitFor();
    },
  },
  {
    file: "portal/viewer.webp",
    path: "inputs?caption=a+dog",
    prepare: openFirst,
  },
  { file: "portal/selection.webp", path: "inputs?concept=flower", prepare: selectSome },
  {
    file: "portal/upload.webp",
    path: "inputs",
    async prepare(page) {
      await page.getByRole("button", { name: "Upload" }).first().click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    file: "portal/palette.webp",
    path: "inputs",
    async prepare(page) {
      await page.keyboard.press("Control+k");
      await page.keyboard.type("sun");
      await page.getByRole("option").first().waitFor();
    },
  },
  { file: "portal/searches.webp", path: "searches" },
  { file: "portal/concepts.webp", path: "concepts" },
  { file: "portal/models.webp", path: "models" },
  { file: "portal/model.webp", path: "models/MODEL" },
  { file: "portal/datasets.webp", path: "datasets" },
  { file: "portal/explore.webp", path: "explore" },
  { file: "portal/copies.webp", path: "explore/copies" },
  { file: "portal/settings.webp", path: "settings" },
  { file: "portal/search-model.webp", path: "settings#search-model" },
  { file: "portal/phone-inputs.webp", path: "inputs?caption=sunset+over+the+sea", isPhone: true },
  {
    file: "portal/phone-viewer.webp",
    path: "inputs?caption=a+dog",
    isPhone: true,
    prepare: openFirst,
  },
  { file: "portal/phone-explore.webp", path: "explore", isPhone: true, colorScheme: "dark" },
];
