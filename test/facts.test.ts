// What pictures say of themselves: found out when they are indexed, or later where an older version indexed them.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import sharp from "sharp";
import { expect, onTestFinished, test } from "vitest";
import type { Input } from "../src/engine/engine.ts";
import { openTestEngine, settled, type TestEngine, temporaryFolder } from "./fixtures/engine.ts";

const EXIF = {
  IFD0: { Make: "Canon", Model: "EOS 5D" },
  IFD2: { DateTimeOriginal: "2019:07:14 18:30:05" },
  IFD3: {
    GPSLatitude: "48/1 51/1 3084/100",
    GPSLatitudeRef: "N",
    GPSLongitude: "2/1 21/1 0/100",
    GPSLongitudeRef: "E",
  },
};
const PARIS = { latitude: 48.858567, longitude: 2.35 };
const OSLO = { latitude: 59.91, longitude: 10.75 };

function red(width = 64) {
  const create = { width, height: 48, channels: 3, background: "#d01010" } as const;
  return sharp({ create }).withExif(EXIF).jpeg().toBuffer();
}

async function open(data = temporaryFolder()): Promise<TestEngine> {
  const opened = await openTestEngine({ data });
  onTestFinished(async () => {
    await opened.engine.close();
    rmSync(data, { recursive: true, force: true });
  });
  return opened;
}

async function inputs({ engine, app }: TestEngine): Promise<readonly Input[]> {
  return engine.inputs(app, { offset: 0, limit: 100 });
}

test("an input knows when, where and with what it was taken, and how it looks", async () => {
  const opened = await open();
  await opened.engine.addInputs(opened.app, [{ bytes: await red() }]);
  await settled(opened);
  const [input] = await inputs(opened);
  expect(input).toMatchObject({
    status: "processed",
    takenAt: new Date("2019-07-14T18:30:05Z"),
    exif: { camera: "Canon EOS 5D" },
    place: PARIS,
  });
  expect(input?.blur?.length).toBeGreaterThan(4);
  const filters = [{ anyOf: [{ kind: "colour", colours: ["red"] } as const] }];
  const found = await opened.engine.search(opened.app, {
    ranks: [],
    filters,
    offset: 0,
    limit: 10,
  });
  expect(found.total).toBe(1);
});

test("the place that people give counts more than the camera's", async () => {
  const opened = await open();
  await opened.engine.addInputs(opened.app, [{ bytes: await red(), place: OSLO }]);
  await settled(opened);
  expect((await inputs(opened))[0]?.place).toEqual(OSLO);
});

test("a file that is indexed in place has them, too", async () => {
  const opened = await open();
  const folder = join(opened.data, "photos");
  mkdirSync(folder);
  writeFileSync(join(folder, "a.jpg"), await red());
  await opened.engine.addPaths(opened.app, [folder]);
  await settled(opened);
  expect((await inputs(opened))[0]).toMatchObject({
    place: PARIS,
    exif: { camera: "Canon EOS 5D" },
  });
});

test("what an older version indexed gets its facts after the start", async () => {
  const data = await indexedByAnOlderVersion();
  const opened = await open(data);
  const { engine, app } = opened;
  await expect.poll(() => engine.activities.list(app)).toHaveLength(1);
  const [activity] = engine.activities.list(app);
  const ended = await engine.activities.ended(app, activity!.id);
  expect(ended).toMatchObject({ kind: "facts", state: "done", done: 3, result: { inputs: 3 } });
  const found = await inputs(opened);
  expect(found.map(({ place }) => place)).toEqual([PARIS, OSLO, null]);
  expect(found.map(({ takenAt }) => takenAt?.getUTCFullYear())).toEqual([2019, 2019, undefined]);
  expect(found.every(({ blur }) => blur !== null)).toBe(true);
});

test("facts that are known are not looked for again", async () => {
  const data = await indexedByAnOlderVersion();
  const first = await openTestEngine({ data });
  await expect.poll(async () => (await inputs(first)).every(({ blur }) => blur)).toBe(true);
  await first.engine.close();
  const second = await open(data);
  await second.engine.search(second.app, { ranks: [], filters: [], offset: 0, limit: 1 });
  expect(second.engine.activities.list(second.app)).toEqual([]);
});

test("who cancels the looking keeps what was found; the next start goes on", async () => {
  const data = await indexedByAnOlderVersion();
  const first = await openTestEngine({ data });
  const { engine, app } = first;
  await expect.poll(() => engine.activities.list(app)).toHaveLength(1);
  const { id } = engine.activities.list(app)[0]!;
  expect(["cancelled", "done"]).toContain((await engine.activities.cancel(app, id)).state);
  await engine.close();
  const second = await open(data);
  await expect.poll(async () => (await inputs(second)).every(({ blur }) => blur)).toBe(true);
});

/** A folder with three inputs without facts: one as it was, one with a place of its own, one whose bytes are gone. */
async function indexedByAnOlderVersion(): Promise<string> {
  const opened = await openTestEngine();
  const { engine, app, data } = opened;
  await engine.addInputs(app, [
    { bytes: await red(64) },
    { bytes: await red(65), place: OSLO },
    { bytes: await red(66) },
  ]);
  await settled(opened);
  const [, , last] = await inputs(opened);
  await engine.close();
  const { sha256 } = last as Input & { sha256: string };
  rmSync(join(data, "blobs/originals", String(app.row), sha256.slice(0, 2), sha256));
  const database = new DatabaseSync(join(data, "semblance.db"));
  database.exec(`
    UPDATE inputs SET taken_ms = NULL, exif = NULL, blur = NULL, colours = 0, facts = 0;
    UPDATE inputs SET latitude = NULL, longitude = NULL WHERE latitude < 59;
  `);
  database.close();
  return data;
}
