// Objects from pictures to hits, with a detector that finds red, green and blue rectangles: what is found, searches over it,
// counts, and what becomes of it when pictures, detectors and encoders come and go.
import { rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SearchRequest } from "../src/engine/query.ts";
import {
  looked,
  openTestEngine,
  settled,
  switched,
  type TestEngine,
  temporaryFolder,
} from "./fixtures/engine.ts";
import { clipFiles, writeModel } from "./fixtures/model-folders.ts";
import { type Rectangle, toPng, writeTinyDetector } from "./fixtures/tiny-detector.ts";

const RED: Rectangle = { colour: "red", left: 20, top: 20, width: 60, height: 40 };
const BLUE: Rectangle = { colour: "blue", left: 120, top: 60, width: 40, height: 60 };
const GREEN: Rectangle = { colour: "green", left: 40, top: 100, width: 80, height: 40 };
const PICTURES: Readonly<Record<string, readonly Rectangle[]>> = {
  "red-and-blue": [RED, BLUE],
  "only-green": [GREEN],
  "all-three": [{ ...RED, left: 110 }, { ...BLUE, left: 20 }, GREEN],
  nothing: [],
};
const redPicture = await toPng(100, 100, [
  { colour: "red", left: 8, top: 8, width: 84, height: 84 },
]);
const detector = writeTinyDetector("d_fine");

const byRed = { kind: "image", bytes: redPicture, weight: 1 } as const;
const page = { ranks: [byRed], filters: [], offset: 0, limit: 10, isOfObjects: true } as const;

async function addPictures(opened: TestEngine): Promise<void> {
  const inputs = Object.entries(PICTURES).map(async ([id, rectangles]) => {
    return { id, name: `${id}.png`, bytes: await toPng(200, 150, rectangles) };
  });
  await opened.engine.addInputs(opened.app, await Promise.all(inputs));
  await settled(opened);
}

async function find({ engine, app }: TestEngine, request: Partial<SearchRequest> = {}) {
  const { hits, ...rest } = await engine.search(app, { ...page, ...request });
  return { ...rest, found: hits.map(({ input, object }) => [input.id, object?.label]) };
}

const counted = (label: string, least: number, most?: number) =>
  ({ anyOf: [{ kind: "objects", label, least, ...(most !== undefined && { most }) }] }) as const;

async function passing(opened: TestEngine, ...filters: SearchRequest["filters"]) {
  const { found } = await find(opened, { ranks: [], filters });
  return found.map(([id]) => id).sort();
}

describe("with a detector", () => {
  let opened: TestEngine;
  beforeAll(async () => {
    opened = await openTestEngine({ detector });
    await addPictures(opened);
    await looked(opened);
  });
  afterAll(() => opened.engine.close());

  test("objects are searched: each input once, with its nearest object and its place", async () => {
    const { found, total } = await find(opened);
    expect(total).toBe(3);
    expect(found.slice(0, 2).map(([, label]) => label)).toEqual(["red", "red"]);
    expect(found.map(([id]) => id).sort()).toEqual(["all-three", "only-green", "red-and-blue"]);
    const { hits } = await opened.engine.search(opened.app, page);
    const hit = hits.find(({ input }) => input.id === "red-and-blue");
    expect(hit?.object).toEqual({
      label: "red",
      confidence: expect.closeTo(1, 2),
      box: {
        left: expect.closeTo(0.1, 1),
        top: expect.closeTo(2 / 15, 1),
        right: expect.closeTo(0.4, 1),
        bottom: expect.closeTo(0.4, 1),
      },
    });
    expect(hits.every(({ score }, i) => score <= (hits[i - 1]?.score ?? 1))).toBe(true);
  });

  test("pages, totals, filters and orders are as usual", async () => {
    const all = (await find(opened)).found;
    const first = await find(opened, { limit: 1 });
    const rest = await find(opened, { offset: 1, limit: 2 });
    expect([...first.found, ...rest.found]).toEqual(all);
    expect(first.total).toBe(3);
    const filters = [{ anyOf: [{ kind: "ids", ids: ["only-green", "nothing"] }] }] as const;
    expect(await find(opened, { filters })).toMatchObject({
      found: [["only-green", "green"]],
      total: 1,
    });
    const relevant = await find(opened, { isRelevantOnly: true });
    expect(relevant.total).toBe(relevant.relevant);
    expect((await find(opened, { order: "oldest" })).found).toHaveLength(3);
    expect((await find(opened, { minScore: 1 })).total).toBe(0);
    const { engine, app } = opened;
    expect(await engine.searchIds(app, page)).toEqual(all.map(([id]) => id));
  });

  test("without ranks, the switch says nothing", async () => {
    expect(await find(opened, { ranks: [] })).toMatchObject({ total: 4 });
  });

  test("captions and inputs rank objects, too", async () => {
    const ranks = [{ kind: "text", text: "a red thing", weight: 1 }] as const;
    expect((await find(opened, { ranks })).total).toBe(3);
    const like = [{ kind: "input", inputId: "only-green", weight: 1 }] as const;
    expect((await find(opened, { ranks: like })).total).toBe(3);
  });

  test("counts restrict", async () => {
    expect(await passing(opened, counted("red", 1))).toEqual(["all-three", "red-and-blue"]);
    expect(await passing(opened, counted("Reds", 1))).toEqual(["all-three", "red-and-blue"]);
    expect(await passing(opened, counted("red", 2))).toEqual([]);
    expect(await passing(opened, counted("red", 0, 0))).toEqual(["nothing", "only-green"]);
    expect(await passing(opened, { ...counted("green", 1, 1), negate: true })).toEqual([
      "nothing",
      "red-and-blue",
    ]);
    expect(await passing(opened, counted("red", 1), counted("green", 1))).toEqual(["all-three"]);
  });

  test("facets offer the labels, and boxes are told", async () => {
    const { engine, app, errors } = opened;
    expect((await engine.facets(app)).objects).toEqual([
      { label: "blue", count: 2 },
      { label: "green", count: 2 },
      { label: "red", count: 2 },
    ]);
    const input = (await engine.input(app, "red-and-blue"))!;
    const boxes = (await engine.objects.of([input])).get(input.row);
    expect(boxes?.map(({ label }) => label).sort()).toEqual(["blue", "red"]);
    expect(errors).toEqual([]);
  });
});

test("what was found is there after a restart, and is not looked for again", async () => {
  const first = await openTestEngine({ detector });
  await addPictures(first);
  await looked(first);
  const before = await find(first);
  await first.engine.close();
  const again = await openTestEngine({ data: first.data, detector });
  expect(await find(again)).toEqual(before);
  await setTimeout(1300);
  expect(again.engine.activities.list(again.app)).toEqual([]);
  await again.engine.deleteInputs(again.app, ["red-and-blue"]);
  expect((await find(again)).found.map(([id]) => id).sort()).toEqual(["all-three", "only-green"]);
  expect(await passing(again, counted("red", 1))).toEqual(["all-three"]);
  await again.engine.deleteAllInputs(again.app);
  expect(await find(again)).toEqual({ found: [], total: 0, relevant: 0 });
  await again.engine.close();
});

test("a changed file is looked at again", async () => {
  const opened = await openTestEngine({ detector });
  const { engine, app } = opened;
  const file = join(temporaryFolder(), "scene.png");
  writeFileSync(file, await toPng(200, 150, [RED]));
  await engine.addPaths(app, [file]);
  await settled(opened);
  await looked(opened);
  expect(await find(opened)).toMatchObject({ found: [[expect.any(String), "red"]] });
  writeFileSync(file, await toPng(200, 150, [GREEN]));
  utimesSync(file, new Date(), new Date(Date.now() + 5000));
  await engine.addPaths(app, [file]);
  await settled(opened);
  await looked(opened, 2);
  expect(await find(opened)).toMatchObject({ found: [[expect.any(String), "green"]], total: 1 });
  writeFileSync(file, "no picture any more");
  utimesSync(file, new Date(), new Date(Date.now() + 10_000));
  await engine.addPaths(app, [file]);
  await settled(opened);
  expect((await find(opened)).total).toBe(0);
  await engine.close();
});

test("another detector looks at everything again, another encoder makes the vectors again", async () => {
  const first = await openTestEngine({ detector });
  await addPictures(first);
  await looked(first);
  await first.engine.close();
  const config = { model_type: "d_fine", id2label: { 0: "rose", 1: "leaf", 2: "sky" } };
  const renamed = writeTinyDetector("d_fine", { "config.json": config }, "renamed");
  const opened = await openTestEngine({ data: first.data, detector: renamed });
  const { engine, errors } = opened;
  await looked(opened);
  expect((await find(opened)).found[0]?.[1]).toBe("rose");
  expect(await passing(opened, counted("red", 1))).toEqual([]);
  engine.encoders.changeTo(writeModel("tiny-clip", clipFiles()));
  await switched(opened);
  await looked(opened, 2);
  const vector = await find(opened, {
    ranks: [{ kind: "input", inputId: "only-green", weight: 1 }],
  });
  expect(vector.total).toBe(3);
  expect(errors).toEqual([]);
  await engine.close();
});

test("without a detector everything else works, and Object Mode says what is missing", async () => {
  const opened = await openTestEngine();
  const { engine, app, errors } = opened;
  await addPictures(opened);
  await expect(find(opened)).rejects.toMatchObject({
    code: "invalid_search",
    message: expect.stringContaining("semblance models pull"),
  });
  await expect(engine.searchIds(app, page)).rejects.toMatchObject({ code: "invalid_search" });
  expect((await find(opened, { isOfObjects: false })).total).toBe(4);
  expect((await engine.facets(app)).objects).toEqual([]);
  expect(engine.objects.detector).toBeUndefined();
  expect(await passing(opened, counted("red", 1))).toEqual([]);
  expect(errors).toEqual([]);
  await engine.close();
});

describe("a detector that does not work", () => {
  test.each([
    ["is no folder", "./nowhere-at-all", /there is no .*nowhere-at-all/],
    ["is not installed", "d-fine-nano-x", /semblance models pull d-fine-nano-x/],
    ["has no labels", writeTinyDetector("d_fine", { "config.json": {} }), /config\.json/],
  ])("%s: it is told, and the rest works", async (_, folder, message) => {
    const opened = await openTestEngine({ detector: folder });
    expect(opened.errors).toEqual([expect.objectContaining({ code: "model_unavailable" })]);
    expect(opened.errors[0]!.message).toMatch(message);
    await addPictures(opened);
    expect((await find(opened, { isOfObjects: false })).total).toBe(4);
    await opened.engine.close();
  });

  test("has a damaged graph: its work fails once, and goes on when it is mended", async () => {
    const folder = writeTinyDetector("d_fine");
    truncateSync(join(folder, "onnx/model.onnx"), 300);
    const first = await openTestEngine({ detector: folder });
    await addPictures(first);
    await expect(looked(first)).rejects.toThrow(/model\.onnx/);
    expect(first.errors).toHaveLength(1);
    await first.engine.close();
    const mended = await openTestEngine({ data: first.data, detector });
    await looked(mended);
    expect((await find(mended)).total).toBe(3);
    await mended.engine.close();
  });

  test("pictures that cannot be read any more are noted, and others found", async () => {
    const first = await openTestEngine();
    const file = join(temporaryFolder(), "scene.png");
    writeFileSync(file, await toPng(150, 150, [GREEN]));
    await first.engine.addPaths(first.app, [file]);
    await addPictures(first);
    await first.engine.close();
    rmSync(join(first.data, "blobs"), { recursive: true });
    const opened = await openTestEngine({ data: first.data, detector });
    await looked(opened);
    expect(opened.engine.activities.list(opened.app)[0]?.result).toEqual({
      inputs: 5,
      objects: 1,
      skipped: 4,
    });
    expect(opened.errors).toHaveLength(1);
    expect((await find(opened)).total).toBe(1);
    await opened.engine.close();
  });
});
