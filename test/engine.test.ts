import { rmSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadConfig } from "../src/config.ts";
import { type BlobStore, openFolderBlobs } from "../src/engine/blobs.ts";
import type { App, Input } from "../src/engine/engine.ts";
import { DEFAULT_APP, openEngine } from "../src/engine/open-engine.ts";
import { AppError } from "../src/errors.ts";
import { openTestEngine, settled, type TestEngine, temporaryFolder } from "./fixtures/engine.ts";
import { clipFiles, writeModel } from "./fixtures/model-folders.ts";
import { drawEmoji } from "./fixtures/pictures.ts";

const emoji = await drawEmoji(40);
const page = { filters: [], offset: 0, limit: 10 };

describe("forty pictures", () => {
  let opened: TestEngine;
  let inputs: readonly Input[];
  beforeAll(async () => {
    opened = await openTestEngine();
    const added = await opened.engine.addInputs(
      opened.app,
      emoji.map(({ name, bytes }) => ({ name, bytes })),
    );
    inputs = added.filter((result) => !(result instanceof Error)) as Input[];
    await settled(opened);
  });
  afterAll(() => opened.engine.close());

  test("are all indexed, with size, format and predicted concepts", async () => {
    const { engine, app } = opened;
    expect(await engine.countInputs(app)).toEqual({
      pending: 0,
      processed: 40,
      failed: 0,
      duplicate: 0,
    });
    const input = (await engine.input(app, inputs[0]!.id)) as Input;
    expect(input).toMatchObject({
      status: "processed",
      format: "jpeg",
      widthPx: 160,
      heightPx: 160,
      name: emoji[0]!.name,
    });
    const predictions = (await engine.predictions([input])).get(input.row)!;
    expect(predictions).toHaveLength(20);
    const values = predictions.map(({ value }) => value);
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  test("are listed newest first with score 1 when nothing ranks them", async () => {
    const { hits, total } = await opened.engine.search(opened.app, { ...page, ranks: [] });
    expect(total).toBe(40);
    expect(hits.map(({ score }) => score)).toEqual(Array(10).fill(1));
    expect(hits.map(({ input }) => input.row)).toEqual(
      inputs
        .map(({ row }) => row)
        .reverse()
        .slice(0, 10),
    );
  });

  test("rank themselves first by input and by their own bytes, with score 1", async () => {
    const { engine, app } = opened;
    for (const i of [0, 17, 39]) {
      const byInput = await engine.search(app, {
        ...page,
        ranks: [{ kind: "input", inputId: inputs[i]!.id, weight: 1 }],
      });
      const byBytes = await engine.search(app, {
        ...page,
        ranks: [{ kind: "image", bytes: emoji[i]!.bytes, weight: 1 }],
      });
      for (const { hits, total } of [byInput, byBytes]) {
        expect(total).toBe(40);
        expect(hits[0]!.input.id).toBe(inputs[i]!.id);
        expect(hits[0]!.score).toBeCloseTo(1, 3);
        expect(hits.map(({ score }) => score)).toEqual(
          hits.map(({ score }) => score).sort((a, b) => b - a),
        );
      }
    }
  });

  test("rank by caption and by concept in falling scores of 0 to 1", async () => {
    const { engine, app } = opened;
    for (const rank of [
      { kind: "text", text: "a red heart" },
      { kind: "concept", concept: "Dog" },
    ] as const) {
      const { hits } = await engine.search(app, {
        ...page,
        limit: 40,
        ranks: [{ ...rank, weight: 1 }],
      });
      const scores = hits.map(({ score }) => score);
      expect(hits).toHaveLength(40);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
      expect(Math.max(...scores)).toBeLessThanOrEqual(1);
      expect(Math.min(...scores)).toBeGreaterThanOrEqual(0);
    }
  });

  test("rank by a concept under its name in any language", async () => {
    const { engine, app } = opened;
    const order = async (concept: string) => {
      const ranks = [{ kind: "concept", concept, weight: 1 }] as const;
      return (await engine.search(app, { ...page, ranks })).hits.map(({ input }) => input.id);
    };
    for (const name of ["#Hund", "chien", "犬", "собака"]) {
      expect(await order(name)).toEqual(await order("dog"));
    }
  });

  test("rank in the opposite order for a negated concept", async () => {
    const { engine, app } = opened;
    const search = (weight: number) =>
      engine.search(app, {
        ...page,
        limit: 40,
        ranks: [{ kind: "concept", concept: "dog", weight }],
      });
    const [with_, without] = [await search(1), await search(-1)];
    expect(without.hits.map(({ input }) => input.id)).toEqual(
      with_.hits.map(({ input }) => input.id).reverse(),
    );
    expect(without.hits[0]!.score).toBeCloseTo(1 - with_.hits[39]!.score, 6);
  });

  test("come in pages that add up to the whole ranking, without overlap", async () => {
    const { engine, app } = opened;
    const ranks = [{ kind: "text", text: "a face", weight: 1 }] as const;
    const whole = await engine.search(app, { ranks, filters: [], offset: 0, limit: 40 });
    const pages = [];
    for (let offset = 0; offset < 45; offset += 7) {
      pages.push(...(await engine.search(app, { ranks, filters: [], offset, limit: 7 })).hits);
    }
    expect(pages.map(({ input }) => input.id)).toEqual(whole.hits.map(({ input }) => input.id));
  });

  test("can be restricted to ids and to a least score", async () => {
    const { engine, app } = opened;
    const ids = [inputs[3]!.id, inputs[5]!.id, "no-such-id"];
    const ranks = [{ kind: "input", inputId: inputs[3]!.id, weight: 1 }] as const;
    const some = await engine.search(app, {
      ...page,
      ranks,
      filters: [{ anyOf: [{ kind: "ids", ids }] }],
    });
    expect(some.total).toBe(2);
    expect(some.hits.map(({ input }) => input.id)).toEqual([inputs[3]!.id, inputs[5]!.id]);
    const all = await engine.search(app, { ...page, limit: 40, ranks });
    const minScore = all.hits[4]!.score;
    const near = await engine.search(app, { ...page, ranks, minScore });
    expect(near.total).toBe(5);
    expect(near.hits).toHaveLength(5);
  });

  test("refuse queries that mean nothing, with a reason", async () => {
    const { engine, app } = opened;
    const search = (rank: object) =>
      engine.search(app, { ...page, ranks: [{ weight: 1, ...rank } as never] });
    await expect(search({ kind: "concept", concept: "no such thing" })).rejects.toThrow(
      "#no such thing",
    );
    await expect(search({ kind: "input", inputId: "nobody" })).rejects.toMatchObject({
      code: "not_indexed",
    });
    await expect(search({ kind: "text", text: "  " })).rejects.toMatchObject({
      code: "invalid_search",
    });
    await expect(search({ kind: "vector", vector: new Float32Array(3) })).rejects.toThrow(
      /Expected 384/,
    );
    await expect(
      search({ kind: "vector", vector: new Float32Array(384).fill(Number.NaN) }),
    ).rejects.toThrow(AppError);
    await expect(search({ kind: "image", bytes: Buffer.from("text") })).rejects.toMatchObject({
      code: "image_unsupported",
    });
  });

  test("are not taken twice: the second result names the first input", async () => {
    const { engine, app } = opened;
    const [again] = await engine.addInputs(app, [{ bytes: emoji[0]!.bytes }]);
    expect(again).toMatchObject({ code: "duplicate_image", details: { id: inputs[0]!.id } });
    const [sameId] = await engine.addInputs(app, [{ id: inputs[0]!.id, bytes: emoji[1]!.bytes }]);
    expect(sameId).toMatchObject({ code: "id_exists" });
    expect((await engine.countInputs(app)).processed).toBe(40);
  });

  test("two equal pictures in one request give one input and one duplicate", async () => {
    const { engine, app } = opened;
    const bytes = await sharp({
      create: { width: 40, height: 30, channels: 3, background: "#777" },
    })
      .png()
      .toBuffer();
    const [first, second] = await engine.addInputs(app, [{ id: "grey", bytes }, { bytes }]);
    expect(first).toMatchObject({ id: "grey", status: "pending" });
    expect(second).toMatchObject({ code: "duplicate_image", details: { id: "grey" } });
    const [third] = await engine.addInputs(app, [
      { id: "grey-again", bytes, allowDuplicate: true },
    ]);
    expect(third).toMatchObject({ id: "grey-again" });
    await settled(opened);
    expect(await engine.deleteInputs(app, ["grey"])).toBe(1);
    expect((await engine.original(app, "grey-again"))?.bytes).toEqual(bytes); // kept for the other one
    expect(await engine.deleteInputs(app, ["grey-again", "nobody"])).toBe(1);
  });

  test("have upright JPEG thumbnails and their originals back", async () => {
    const { engine, app } = opened;
    const thumbnail = await engine.thumbnail(app, inputs[2]!.id);
    expect(await sharp(Buffer.from(thumbnail!.bytes)).metadata()).toMatchObject({
      format: "jpeg",
      width: 234,
      height: 234,
    });
    expect(await engine.original(app, inputs[2]!.id)).toMatchObject({ mediaType: "image/jpeg" });
    expect(
      Buffer.from((await engine.original(app, inputs[2]!.id))!.bytes).equals(emoji[2]!.bytes),
    ).toBe(true);
    expect(await engine.thumbnail(app, "nobody")).toBeUndefined();
  });

  test("offer concepts by prefix, by word and by wildcard", async () => {
    const { engine, app } = opened;
    const names = async (pattern: string) =>
      (await engine.findConcepts(app, pattern, 8)).map(({ name }) => name);
    expect((await names("dog"))[0]).toBe("dog");
    expect(await names("#DO")).toContain("dog");
    expect((await names("dog*")).every((name) => name.startsWith("dog"))).toBe(true);
    expect(await names("zzz")).toEqual([]);
    expect(await names("*".repeat(256))).toHaveLength(8);
    await expect(names("*".repeat(257))).rejects.toThrow(/at most 256 characters/);
  });

  test("an input that is deleted is gone from every search at once", async () => {
    const { engine, app } = opened;
    const [id, other] = [inputs[39]!.id, inputs[38]!.id];
    expect(await engine.deleteInputs(app, [id])).toBe(1);
    const { hits, total } = await engine.search(app, {
      ...page,
      limit: 40,
      ranks: [{ kind: "input", inputId: other, weight: 1 }],
    });
    expect(total).toBe(39);
    expect(hits.map(({ input }) => input.id)).not.toContain(id);
    expect(await engine.thumbnail(app, id)).toBeUndefined();
    expect(await engine.original(app, id)).toBeUndefined();
  });
});

test("a restart finds everything again, and what came or went while the snapshot was old", async () => {
  const first = await openTestEngine();
  await first.engine.addInputs(
    first.app,
    emoji.slice(0, 10).map(({ name, bytes }, i) => ({ id: `e${i}`, name, bytes })),
  );
  await settled(first);
  await first.engine.close();
  const second = await openTestEngine({ data: first.data });
  await second.engine.deleteInputs(second.app, ["e3"]);
  await second.engine.addInputs(second.app, [{ id: "new", bytes: emoji[20]!.bytes }]);
  await settled(second);
  const ids = async ({ engine, app }: TestEngine) =>
    (
      await engine.search(app, {
        ...page,
        limit: 50,
        ranks: [{ kind: "text", text: "a face", weight: 1 }],
      })
    ).hits.map(({ input }) => input.id);
  const before = await ids(second);
  await second.engine.close();
  const third = await openTestEngine({ data: first.data });
  expect(await ids(third)).toEqual(before);
  expect(before).toHaveLength(10);
  await third.engine.close();
  rmSync(join(first.data, "index"), { recursive: true }); // without any snapshot
  const fourth = await openTestEngine({ data: first.data });
  expect(await ids(fourth)).toEqual(before);
  await fourth.engine.close();
});

test("a data folder belongs to one process at a time", async () => {
  const first = await openTestEngine();
  await expect(openTestEngine({ data: first.data })).rejects.toMatchObject({
    code: "data_folder_busy",
    message: expect.stringContaining(`process ${process.pid}`),
  });
  await first.engine.close();
  await (await openTestEngine({ data: first.data })).engine.close();
});

test("posts and deletes of the same bytes at once never lose an acknowledged image", async () => {
  const opened = await openTestEngine();
  const { engine, app } = opened;
  for (let i = 0; i < 30; i++) {
    await engine.addInputs(app, [
      { id: `first-${i}`, bytes: emoji[0]!.bytes, allowDuplicate: true },
    ]);
    const post = { id: `second-${i}`, bytes: emoji[0]!.bytes, allowDuplicate: true };
    const [[second]] = await Promise.all([
      engine.addInputs(app, [post]),
      engine.deleteInputs(app, [`first-${i}`]),
    ]);
    expect(second).not.toBeInstanceOf(Error);
    expect(
      (await engine.original(app, `second-${i}`)) ?? (await settledOriginal(opened, i)),
    ).toBeDefined();
    await engine.deleteInputs(app, [`second-${i}`]);
  }
  await engine.close();
});

async function settledOriginal(opened: TestEngine, i: number) {
  await settled(opened);
  return opened.engine.original(opened.app, `second-${i}`);
}

test("two posts of one id at once: one is taken, the other is told", async () => {
  const { engine, app } = await openTestEngine();
  const results = await Promise.all(
    [0, 1].map((i) => engine.addInputs(app, [{ id: "same", bytes: emoji[i]!.bytes }])),
  );
  const codes = results
    .flat()
    .map((result) => (result instanceof AppError ? result.code : "taken"));
  expect(codes.sort()).toEqual(["id_exists", "taken"]);
  await engine.close();
});

test("a vocabulary that cannot be cached costs the next start some time, nothing else", async () => {
  const data = temporaryFolder();
  const model = writeModel("clip", clipFiles()); // of the embedded encoder's the build made it
  const real = await openFolderBlobs(join(data, "blobs"));
  const put: BlobStore["put"] = async (key, bytes, options) => {
    if (key.startsWith("cache/")) throw Object.assign(new Error("full"), { code: "ENOSPC" });
    return real.put(key, bytes, options);
  };
  const get: BlobStore["get"] = async (key) =>
    key.startsWith("cache/") ? undefined : real.get(key);
  const config = loadConfig({ data, threads: 2, model }, {});
  const engine = await openEngine({ config, onError: () => {}, blobs: { ...real, put, get } });
  const opened = { engine, app: (await engine.app(DEFAULT_APP.userId, DEFAULT_APP.id)) as App };
  await opened.engine.addInputs(opened.app, [{ bytes: emoji[0]!.bytes }]);
  await settled(opened);
  expect(await opened.engine.countInputs(opened.app)).toMatchObject({ processed: 1, failed: 0 });
  await opened.engine.close();
});

test("a full disk fails the input with a reason, and the rest is indexed", async () => {
  const folder = temporaryFolder();
  const real = await openFolderBlobs(join(folder, "blobs"));
  let isFull = false;
  const blobs = {
    ...real,
    put: async (key: string, bytes: Uint8Array) => {
      if (isFull && key.startsWith("thumbnails/")) {
        isFull = false;
        throw Object.assign(new Error("ENOSPC: no space left on device, write"), {
          code: "ENOSPC",
        });
      }
      return real.put(key, bytes);
    },
  };
  const opened = await openTestEngine({ data: folder, blobs });
  isFull = true;
  await opened.engine.addInputs(
    opened.app,
    emoji.slice(0, 6).map(({ name, bytes }) => ({ name, bytes })),
  );
  await settled(opened);
  expect(await opened.engine.countInputs(opened.app)).toMatchObject({ processed: 5, failed: 1 });
  const [failed] = await opened.engine.inputs(opened.app, {
    offset: 0,
    limit: 5,
    statuses: ["failed"],
  });
  expect(failed!.failure).toMatchObject({
    code: "disk_full",
    message: expect.stringMatching(/disk is full/),
  });
  await opened.engine.close();
});
