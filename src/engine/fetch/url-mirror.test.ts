import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { LIMITS } from "../../limits.ts";
import { createFetchImage, type FetchImage } from "./fetch-image.ts";

const root = mkdtempSync(join(tmpdir(), "semblance-mirror-"));
const folder = join(root, "samples");
let fetchImage: FetchImage;

const text = async (url: string) => Buffer.from(await fetchImage(url)).toString();
const mirror = (host: string, prefix: string[], of: string) => ({ host, prefix, folder: of });

beforeAll(() => {
  mkdirSync(join(folder, "deep"), { recursive: true });
  writeFileSync(join(folder, "dog.tiff"), "dog");
  writeFileSync(join(folder, "a b%.jpg"), "odd name");
  writeFileSync(join(folder, "deep", "cat.jpg"), "cat");
  writeFileSync(join(root, "secret"), "secret");
  writeFileSync(`${folder}-too`, "secret");
  symlinkSync(join(root, "secret"), join(folder, "out"));
  symlinkSync(root, join(folder, "up"));
  symlinkSync(join(folder, "dog.tiff"), join(folder, "inside"));
  writeFileSync(join(folder, "large"), "");
  truncateSync(join(folder, "large"), LIMITS.imageBytes + 1);
  const lookupAll = async () => Promise.reject(new Error("no network in this test"));
  const urlMirror = [
    mirror("samples.test", [], folder),
    mirror("samples.test", ["more", "of it"], join(folder, "deep")),
    mirror("s3.test", ["samples.test"], folder),
    mirror("samples.test:8080", [], join(folder, "deep")),
    mirror("missing.test", [], join(root, "missing")),
  ];
  fetchImage = createFetchImage({ urlAllow: [], urlMirror }, { lookupAll });
});

test.each([
  ["https://samples.test/dog.tiff", "dog"],
  ["http://SAMPLES.test:80/dog.tiff?size=large#top", "dog"],
  ["https://s3.test/samples.test/dog.tiff", "dog"],
  ["https://samples.test/deep/cat.jpg", "cat"],
  ["https://samples.test/deep/../dog.tiff", "dog"],
  ["https://samples.test//deep//cat.jpg", "cat"],
  ["https://samples.test/a%20b%25.jpg", "odd name"],
  ["https://samples.test/more/of%20it/cat.jpg", "cat"],
  ["http://samples.test:8080/cat.jpg", "cat"],
  ["https://samples.test/inside", "dog"],
])("reads %s from its folder", async (url, content) => {
  expect(await text(url)).toBe(content);
});

test.each([
  "https://samples.test/",
  "https://samples.test/cat.jpg",
  "https://samples.test/deep",
  "https://samples.test/out",
  "https://samples.test/up/secret",
  "https://samples.test/../secret",
  "https://samples.test/%2e%2e/secret",
  "https://samples.test/..%2fsecret",
  "https://samples.test/deep%2fcat.jpg",
  "https://samples.test/..%5csecret",
  "https://samples.test/dog.tiff%00.jpg",
  "https://samples.test/%ff",
  "https://s3.test/samples.test",
  "https://missing.test/dog.tiff",
])("has nothing at %s", async (url) => {
  await expect(fetchImage(url)).rejects.toMatchObject({
    code: "url_unreachable",
    message: expect.stringContaining("the folder that mirrors its host has no such file"),
  });
});

test.each([
  "https://s3.test/other/dog.tiff",
  "https://s3.test/samples.tests/dog.tiff",
  "https://x.samples.test/dog.tiff",
])("leaves %s to the network", async (url) => {
  await expect(fetchImage(url)).rejects.toThrow("no network in this test");
});

test("refuses files that are too large", async () => {
  await expect(fetchImage("https://samples.test/large")).rejects.toMatchObject({
    code: "image_too_large",
  });
});

test.skipIf(process.platform === "win32")("does not wait for a pipe", async () => {
  execFileSync("mkfifo", [join(folder, "pipe")]);
  await expect(fetchImage("https://samples.test/pipe")).rejects.toMatchObject({
    code: "url_unreachable",
  });
});
