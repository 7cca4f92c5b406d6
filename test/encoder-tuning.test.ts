// The settings that an engine measures for its encoder, keeps, and uses at the next start.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { loadConfig } from "../src/config.ts";
import { factsOf, settingsFile, writeSettings } from "../src/engine/encoder-settings.ts";
import { readModel } from "../src/engine/model.ts";
import { openEngine } from "../src/engine/open-engine.ts";
import { openTuned, tune } from "../src/engine/tune.ts";
import { Turns } from "../src/engine/turns.ts";
import { openTestEngine, temporaryFolder } from "./fixtures/engine.ts";
import { clipFiles, writeModel } from "./fixtures/model-folders.ts";

const folder = writeModel("clip", clipFiles());

type Kept = { readonly facts: object; readonly settings: Record<string, number> };

function readKept(data: string): readonly Kept[] {
  return JSON.parse(readFileSync(settingsFile(data), "utf8"));
}

/** Opens an encoder, measures it if it must be, and returns all that is kept. */
async function measure(data: string, threads = 2): Promise<readonly Kept[]> {
  const onError = (error: Error) => {
    throw error;
  };
  const turns = new Turns();
  const parts = { data, threads, device: "auto", measures: true, turns, onError } as const;
  const encoder = await openTuned(parts, await readModel(folder));
  await tune(parts, encoder, Promise.resolve(), new AbortController().signal);
  await encoder.close();
  return readKept(data);
}

test("are measured once, and again when a fact changes or the file is damaged", async () => {
  const data = temporaryFolder();
  const first = await measure(data);
  expect(first).toMatchObject([{ facts: { threads: 2, device: "auto" } }]);
  const { settings } = first[0]!;
  expect(Object.keys(settings)).toEqual(["imageThreads", "textThreads", "imageBatch"]);
  expect(settings.imageBatch).toBeLessThanOrEqual(64);
  expect(await measure(data)).toEqual(first);
  expect(await measure(data, 1)).toMatchObject([{ facts: { threads: 1 } }, first[0]!]);
  writeFileSync(settingsFile(data), "{");
  expect(await measure(data)).toMatchObject([{ facts: { threads: 2 } }]);
});

test("are used by the next encoder of these facts", async () => {
  const [data, model] = [temporaryFolder(), await readModel(folder)];
  const settings = { imageThreads: 1, textThreads: 1, imageBatch: 2 };
  await writeSettings(data, factsOf(model.id, 2, "auto"), settings);
  const onError = () => undefined;
  const parts = { data, threads: 2, device: "auto", measures: false, onError } as const;
  const encoder = await openTuned({ ...parts, turns: new Turns() }, model);
  expect(encoder.imageBatch).toBe(2);
  await encoder.close();
});

test("are measured by an engine that is asked to, behind its requests", async () => {
  const data = temporaryFolder();
  const config = loadConfig({ data, threads: 2, model: folder }, {});
  const onError = () => undefined;
  const stopped = await openEngine({ config, onError, measures: true });
  await stopped.close(); // at once: nothing is kept
  expect(existsSync(settingsFile(data))).toBe(false);
  const engine = await openEngine({ config, onError, measures: true });
  while (!existsSync(settingsFile(data))) await setTimeout(50);
  await engine.close();
  expect(readKept(data)).toHaveLength(1);
});

test("are not measured by others", async () => {
  const { engine, data } = await openTestEngine();
  await setTimeout(500);
  await engine.close();
  expect(existsSync(settingsFile(data))).toBe(false);
});
