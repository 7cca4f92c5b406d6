import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import {
  boundedBatch,
  factsOf,
  readSettings,
  settingsFile,
  writeSettings,
} from "./encoder-settings.ts";

const facts = factsOf("some-model", 2, "auto");
const settings = { imageThreads: 2, textThreads: 1, imageBatch: 8 };
let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "semblance-"));
});

test("are found again under the facts they were measured under, and no others", async () => {
  await writeSettings(data, facts, settings);
  await writeSettings(data, { ...facts, model: "other" }, { ...settings, imageBatch: 1 });
  expect(await readSettings(data, facts)).toEqual(settings);
  for (const changed of [{ cpu: "x" }, { cores: 999 }, { threads: 1 }, { onnxruntime: "0" }]) {
    expect(await readSettings(data, { ...facts, ...changed })).toBeUndefined();
  }
  expect(readdirSync(data)).toEqual(["encoder-settings.json"]);
});

test("of the eight models measured last are kept", async () => {
  for (let i = 0; i < 9; i++) await writeSettings(data, { ...facts, model: `${i}` }, settings);
  expect(await readSettings(data, { ...facts, model: "0" })).toBeUndefined();
  expect(await readSettings(data, { ...facts, model: "1" })).toEqual(settings);
});

test.each(["", "[{", '{"a":1}', '[{"facts":{},"settings":{"imageBatch":65}}]'])(
  "of a damaged file (%s) are ignored and made again",
  async (damaged) => {
    writeFileSync(settingsFile(data), damaged);
    expect(await readSettings(data, facts)).toBeUndefined();
    await writeSettings(data, facts, settings);
    expect(await readSettings(data, facts)).toEqual(settings);
  },
);

test("a batch has 1 to 64 images and fits into a quarter of the free memory", () => {
  const picture = { widthPx: 224, heightPx: 224 }; // 18 MB each
  expect(boundedBatch(64, picture, 64 * 2 ** 30)).toBe(64);
  expect(boundedBatch(65, picture, 64 * 2 ** 30)).toBe(64);
  expect(boundedBatch(64, picture, 2 ** 30)).toBe(14);
  expect(boundedBatch(64, picture, 0)).toBe(1);
});
