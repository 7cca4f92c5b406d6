import { createWriteStream, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { expect, test } from "vitest";
import { ZipFile } from "yazl";
import { LIMITS } from "../limits.ts";
import { type ArchiveEntry, isArchive, readArchive } from "./archive.ts";

async function zip(files: Readonly<Record<string, Buffer>>): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), "semblance-")), "photos.zip");
  const archive = new ZipFile();
  for (const [name, bytes] of Object.entries(files)) archive.addBuffer(bytes, name);
  archive.end();
  await pipeline(archive.outputStream, createWriteStream(file));
  return file;
}

async function read(file: string): Promise<ArchiveEntry[]> {
  const entries: ArchiveEntry[] = [];
  for await (const entry of readArchive(file)) entries.push(entry);
  return entries;
}

test("yields the images of an archive with their names and bytes", async () => {
  const file = await zip({
    "a.jpg": Buffer.from("A"),
    "b/c 🐕.png": Buffer.from("C"),
    "notes.txt": Buffer.from("no"),
  });
  expect(await isArchive(file)).toBe(true);
  expect(await read(file)).toEqual([
    { name: "a.jpg", bytes: Buffer.from("A") },
    { name: "b/c 🐕.png", bytes: Buffer.from("C") },
  ]);
});

test("leaves out what macOS adds", async () => {
  const file = await zip({
    "__MACOSX/._a.jpg": Buffer.from("x"),
    ".hidden/b.jpg": Buffer.from("x"),
    "a.jpg": Buffer.from("A"),
  });
  expect((await read(file)).map(({ name }) => name)).toEqual(["a.jpg"]);
});

test("an entry that unpacks to more than an image may have is refused, the others are read", async () => {
  const file = await zip({
    "bomb.jpg": Buffer.alloc(LIMITS.imageBytes + 1),
    "fits.jpg": Buffer.alloc(LIMITS.imageBytes),
  });
  const [bomb, fits] = await read(file);
  expect(bomb).toMatchObject({ name: "bomb.jpg", error: { code: "image_too_large" } });
  expect(fits).toMatchObject({ name: "fits.jpg", bytes: { length: LIMITS.imageBytes } });
});

test("a damaged archive fails with a reason", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "semblance-")), "broken.zip");
  writeFileSync(file, Buffer.concat([Buffer.from("PK\x03\x04"), Buffer.alloc(100)]));
  await expect(read(file)).rejects.toMatchObject({ code: "archive_unreadable" });
});

test("an image is no archive", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "semblance-")), "a.jpg");
  writeFileSync(file, Buffer.from([0xff, 0xd8, 0xff, 0xe0]));
  expect(await isArchive(file)).toBe(false);
});
