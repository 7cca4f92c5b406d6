import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findFiles } from "./files.ts";

async function namesIn(...paths: string[]): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of findFiles(paths)) names.push(name);
  return names.sort();
}

function folder(files: readonly string[]): string {
  const root = mkdtempSync(join(tmpdir(), "semblance-"));
  for (const file of files) {
    mkdirSync(join(root, file, ".."), { recursive: true });
    writeFileSync(join(root, file), "x");
  }
  return root;
}

test("finds images and archives recursively, whatever their case, and nothing else", async () => {
  const root = folder(["a.jpg", "b/c.PNG", "b/d/e.heic", "b/notes.txt", "f.zip", "no-extension"]);
  expect(await namesIn(root)).toEqual([
    "a.jpg",
    join("b", "c.PNG"),
    join("b", "d", "e.heic"),
    "f.zip",
  ]);
});

test("leaves out hidden files and the thumbnails of NAS systems", async () => {
  const root = folder([
    ".hidden.jpg",
    ".git/a.jpg",
    "@eaDir/a.jpg",
    "#recycle/a.jpg",
    "__MACOSX/a.jpg",
    "ok.jpg",
  ]);
  expect(await namesIn(root)).toEqual(["ok.jpg"]);
});

test("takes a file that is named itself, with any name: newlines and emoji too", async () => {
  const root = folder(["odd\nname 🐕.jpg", "photo-without-extension"]);
  expect(
    await namesIn(join(root, "photo-without-extension"), join(root, "odd\nname 🐕.jpg")),
  ).toEqual(["odd\nname 🐕.jpg", "photo-without-extension"]);
});

test("does not follow links to folders, so that a loop ends", async () => {
  const root = folder(["a.jpg"]);
  symlinkSync(root, join(root, "loop"));
  expect(await namesIn(root)).toEqual(["a.jpg"]);
});

test("names a path that does not exist", async () => {
  await expect(namesIn("/nowhere/at/all")).rejects.toMatchObject({
    code: "file_unreadable",
    message: expect.stringContaining("/nowhere/at/all"),
  });
});

test("stops when it is aborted", async () => {
  const root = folder(["a.jpg", "b.jpg"]);
  const run = async () => {
    for await (const _ of findFiles([root], AbortSignal.abort())) expect.unreachable();
  };
  await expect(run()).rejects.toMatchObject({ name: "AbortError" });
});
