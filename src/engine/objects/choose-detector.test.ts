import { cpSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/fixtures/engine.ts";
import { clipFiles, writeModel } from "../../../test/fixtures/model-folders.ts";
import { writeTinyDetector } from "../../../test/fixtures/tiny-detector.ts";
import { loadConfig } from "../../config.ts";
import { chooseDetector } from "./choose-detector.ts";

const data = temporaryFolder();
const installed = (id: string) => join(data, "models", id);
const install = (folder: string, id: string, at: string) => {
  cpSync(folder, installed(id), { recursive: true });
  utimesSync(installed(id), new Date(at), new Date(at));
};
const asked = (detector: string) => loadConfig({ data, detector }, {}).detector;

test("the detector that was installed last is used, unless another one is asked for", async () => {
  expect(await chooseDetector(data, undefined)).toBeUndefined();
  install(writeModel("clip", clipFiles()), "clip", "2026-03-03"); // an encoder
  expect(await chooseDetector(data, undefined)).toBeUndefined();
  install(writeTinyDetector("yolox"), "older", "2026-01-01");
  install(writeTinyDetector("d_fine"), "newer", "2026-02-02");
  expect(await chooseDetector(data, undefined)).toBe(installed("newer"));
  const record = { format: 1, id: "older", kind: "detector", title: "", variant: null, repo: null };
  const from = { revision: null, commit: null, licence: null, source: "", files: [] };
  const pulledAt = "2026-04-04T00:00:00Z";
  writeFileSync(
    join(installed("older"), "pack.json"),
    JSON.stringify({ ...record, ...from, pulledAt }),
  );
  expect(await chooseDetector(data, undefined)).toBe(installed("older"));
  expect(await chooseDetector(data, asked("newer"))).toBe(installed("newer"));
  expect(await chooseDetector(data, asked(installed("newer")))).toBe(installed("newer"));
  expect(await chooseDetector(data, asked("none"))).toBeUndefined();
  expect(loadConfig({ data }, { SEMBLANCE_DETECTOR: "newer" }).detector).toBe(installed("newer"));
});

test("one that is not there is refused by name", async () => {
  await expect(chooseDetector(data, asked("missing"))).rejects.toThrow(/models pull missing/);
  await expect(chooseDetector(data, asked("./missing"))).rejects.toThrow(/Name a folder/);
});
