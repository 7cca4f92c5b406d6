// Files and archives through the engine's public door: bad ones, changed ones, moved ones.
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Input } from "../src/engine/engine.ts";
import { AppError } from "../src/errors.ts";
import {
  inputNamed,
  openTestEngine,
  settled,
  type TestEngine,
  temporaryFolder,
} from "./fixtures/engine.ts";
import { drawEmoji } from "./fixtures/pictures.ts";

const emoji = await drawEmoji(40);
const page = { filters: [], offset: 0, limit: 10 };

describe("a folder with bad files", () => {
  let opened: TestEngine;
  const folder = temporaryFolder();
  const oddName = "new\nline 🐕 <b>.jpg";
  beforeAll(async () => {
    opened = await openTestEngine();
    const photo = await sharp({
      create: {
        width: 400,
        height: 300,
        channels: 3,
        background: "#246",
        noise: { type: "gaussian", mean: 128, sigma: 50 },
      },
    })
      .jpeg()
      .toBuffer();
    mkdirSync(join(folder, "deep", "er"), { recursive: true });
    const files: Record<string, Buffer> = {
      "truncated.jpg": photo.subarray(0, photo.length / 2),
      "text.jpg": Buffer.from("this is no picture"),
      "empty.png": Buffer.alloc(0),
      [oddName]: emoji[1]!.bytes,
      [join("deep", "er", "good.jpg")]: emoji[2]!.bytes,
      "same.jpg": emoji[2]!.bytes,
      "notes.txt": Buffer.from("not taken"),
    };
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
    // For root, permissions forbid nothing; a link that leads nowhere is unreadable for everyone.
    symlinkSync(join(folder, "nowhere"), join(folder, "unreadable.jpg"));
    await opened.engine.addPaths(opened.app, [folder]);
    await settled(opened);
  });
  afterAll(() => opened.engine.close());

  test("indexes the good ones, whatever they are called", async () => {
    expect(await inputNamed(opened, oddName)).toMatchObject({
      status: "processed",
      path: join(folder, oddName),
    });
    const { processed, failed, duplicate } = await opened.engine.countInputs(opened.app);
    expect({ processed, failed, duplicate }).toEqual({ processed: 2, failed: 4, duplicate: 1 });
  });

  test.each([
    ["truncated.jpg", "image_unreadable", /damaged file/],
    ["text.jpg", "image_unsupported", /Expected JPEG, PNG/],
    ["empty.png", "image_unreadable", /empty file/],
    ["unreadable.jpg", "file_unreadable", /ENOENT/],
  ])("%s fails with a reason", async (name, code, message) => {
    const input = await inputNamed(opened, name);
    expect(input).toMatchObject({
      status: "failed",
      failure: { code, message: expect.stringMatching(message) },
    });
  });

  test("a second look takes nothing again but what failed, until a file changes", async () => {
    const { engine, app } = opened;
    expect(await engine.addPaths(app, [folder])).toMatchObject({ queued: 4, unchanged: 3 });
    await settled(opened);
    writeFileSync(join(folder, "text.jpg"), emoji[5]!.bytes);
    await engine.addPaths(app, [folder]);
    await settled(opened);
    expect(await inputNamed(opened, "text.jpg")).toMatchObject({
      status: "processed",
      failure: null,
    });
  });

  test("a changed file replaces its vector", async () => {
    const { engine, app } = opened;
    const before = (await inputNamed(opened, oddName)) as Input;
    await sharp({ create: { width: 64, height: 64, channels: 3, background: "#0a0" } })
      .jpeg()
      .toFile(join(folder, "tmp"));
    writeFileSync(join(folder, oddName), await sharp(join(folder, "tmp")).toBuffer());
    await engine.addPaths(app, [folder]);
    await settled(opened);
    const { hits, total } = await engine.search(app, {
      ...page,
      ranks: [{ kind: "image", bytes: emoji[1]!.bytes, weight: 1 }],
    });
    expect(total).toBe(3);
    const hit = hits.find(({ input }) => input.id === before.id);
    expect(hit!.score).toBeLessThan(0.99);
  });
});

describe("files that change under us", () => {
  let opened: TestEngine;
  beforeEach(async () => {
    opened = await openTestEngine();
  });
  afterEach(() => opened.engine.close());

  async function index(...paths: string[]) {
    const taken = await opened.engine.addPaths(opened.app, paths);
    await settled(opened);
    return taken;
  }

  async function found(bytes: Buffer): Promise<readonly string[]> {
    const ranks = [{ kind: "image", bytes, weight: 1 }] as const;
    const { hits } = await opened.engine.search(opened.app, { ...page, ranks });
    return hits.map(({ input }) => input.name);
  }

  test("a damaged archive is a failed input, and the files around it are indexed", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "a.jpg"), emoji[0]!.bytes);
    writeFileSync(join(folder, "b.zip"), "PK\x03\x04 no archive");
    writeFileSync(join(folder, "c.jpg"), emoji[1]!.bytes);
    await index(folder);
    const { processed, failed } = await opened.engine.countInputs(opened.app);
    expect({ processed, failed }).toEqual({ processed: 2, failed: 1 });
    expect(await inputNamed(opened, "b.zip")).toMatchObject({
      failure: { code: "archive_unreadable" },
    });
  });

  test("overlapping folders name each file once", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "a.jpg"), emoji[0]!.bytes);
    expect(await index(folder, folder, join(folder, "a.jpg"))).toMatchObject({ queued: 1 });
    expect(await opened.engine.countInputs(opened.app)).toMatchObject({
      processed: 1,
      duplicate: 0,
    });
  });

  test("a file that moved is found at its new place", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "old"));
    writeFileSync(join(folder, "old", "a.jpg"), emoji[0]!.bytes);
    await index(join(folder, "old"));
    renameSync(join(folder, "old"), join(folder, "new"));
    await index(join(folder, "new"));
    const { engine, app } = opened;
    expect(await engine.countInputs(app)).toMatchObject({ processed: 1, duplicate: 0, failed: 0 });
    expect((await inputNamed(opened, "a.jpg"))?.path).toBe(join(folder, "new", "a.jpg"));
  });

  test("a duplicate takes the place of its original when that is deleted", async () => {
    const folder = temporaryFolder();
    const [original] = await opened.engine.addInputs(opened.app, [{ bytes: emoji[0]!.bytes }]);
    await settled(opened);
    writeFileSync(join(folder, "twin.jpg"), emoji[0]!.bytes);
    await index(folder);
    expect(await inputNamed(opened, "twin.jpg")).toMatchObject({ status: "duplicate" });
    await opened.engine.deleteInputs(opened.app, [(original as Input).id]);
    await index(folder);
    expect(await found(emoji[0]!.bytes)).toEqual(["twin.jpg"]);
  });

  test("a file that became unreadable is not found any more", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "a.jpg"), emoji[0]!.bytes);
    await index(folder);
    writeFileSync(join(folder, "a.jpg"), "no picture any more");
    await index(folder);
    expect(await found(emoji[0]!.bytes)).toEqual([]);
  });

  test("only the bytes that were indexed are given back as original", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "a.jpg");
    writeFileSync(file, emoji[0]!.bytes);
    await index(folder);
    const { id } = (await inputNamed(opened, "a.jpg"))!;
    expect((await opened.engine.original(opened.app, id))?.bytes.length).toBe(
      emoji[0]!.bytes.length,
    );
    writeFileSync(join(folder, "secret"), "root:x:0:0");
    rmSync(file);
    symlinkSync(join(folder, "secret"), file);
    expect(await opened.engine.original(opened.app, id)).toBeUndefined();
  });

  test("a pipe is refused by name instead of being waited for", async () => {
    const pipe = join(temporaryFolder(), "pipe.jpg");
    execFileSync("mkfifo", [pipe]);
    await expect(index(pipe)).rejects.toMatchObject({
      code: "file_unreadable",
      message: expect.stringContaining(pipe),
    });
  });

  test("inputs that are deleted while they are indexed leave no thumbnails", async () => {
    const { engine, app, data } = opened;
    await engine.addInputs(
      app,
      emoji.map(({ name, bytes }) => ({ name, bytes })),
    );
    await setTimeout(40);
    await engine.deleteAllInputs(app);
    await settled(opened);
    await expect.poll(() => filesBelow(join(data, "blobs", "thumbnails"))).toBe(0);
    expect(await filesBelow(join(data, "blobs", "originals"))).toBe(0);
  });
});

function filesBelow(folder: string): number {
  if (!existsSync(folder)) return 0;
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

test("a zip archive yields its images, with duplicates and bad ones named", async () => {
  const { ZipFile } = await import("yazl");
  const archive = new ZipFile();
  archive.addBuffer(emoji[0]!.bytes, "holiday/a.jpg");
  archive.addBuffer(emoji[0]!.bytes, "holiday/copy.jpg");
  archive.addBuffer(emoji[1]!.bytes, "holiday/b.jpg");
  archive.addBuffer(Buffer.from("x"), "holiday/readme.txt");
  archive.end();
  const chunks: Buffer[] = [];
  for await (const chunk of archive.outputStream) chunks.push(chunk as Buffer);
  const opened = await openTestEngine();
  const file = join(opened.data, "upload.tmp");
  writeFileSync(file, Buffer.concat(chunks));
  const results = await opened.engine.addUpload(opened.app, file, "holiday.zip");
  expect(
    results.map((result) => (result instanceof AppError ? result.code : (result as Input).name)),
  ).toEqual(["holiday/a.jpg", "duplicate_image", "holiday/b.jpg"]);
  expect(() => statSync(file)).toThrow("ENOENT");
  await settled(opened);
  expect((await opened.engine.countInputs(opened.app)).processed).toBe(2);
  await opened.engine.close();
});
