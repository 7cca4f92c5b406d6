import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { crc32 } from "node:zlib";
import sharp from "sharp";
import { expect, onTestFinished, test } from "vitest";
import { readCamera } from "./camera.ts";

const EXIF = {
  IFD0: { Make: "Canon", Model: "Canon EOS 5D", Software: "Darkroom 2.0" },
  IFD2: {
    DateTimeOriginal: "2019:07:14 18:30:05",
    FNumber: "28/10",
    ExposureTime: "10/2500",
    ISOSpeedRatings: "200",
    FocalLength: "50/1",
    LensModel: "EF 50mm f/1.8",
  },
  IFD3: {
    GPSLatitude: "33/1 51/1 3084/100",
    GPSLatitudeRef: "S",
    GPSLongitude: "151/1 12/1 3360/100",
    GPSLongitudeRef: "E",
  },
};

function picture(exif: Record<string, Record<string, string>> = EXIF) {
  const create = { width: 16, height: 12, channels: 3, background: "#27a" } as const;
  return sharp({ create }).withExif(exif);
}

const jpeg = (exif: Record<string, Record<string, string>>) => picture(exif).jpeg().toBuffer();

test.each(["jpeg", "png", "webp", "avif"] as const)("reads the EXIF of %s", async (format) => {
  expect(await readCamera(await picture().toFormat(format).toBuffer())).toEqual({
    takenAt: new Date("2019-07-14T18:30:05Z"),
    exif: {
      camera: "Canon EOS 5D",
      lens: "EF 50mm f/1.8",
      iso: 200,
      aperture: 2.8,
      exposure: "1/250",
      focal_length_mm: 50,
      software: "Darkroom 2.0",
    },
    place: { latitude: -33.858567, longitude: 151.209333 },
  });
});

test("reads the EXIF of a TIFF file, which is one EXIF block itself", async () => {
  expect((await readCamera(tiff([[0x110, 2, 9, 64]], 64, "EOS 5D\0\0\0"))).exif).toEqual({
    camera: "EOS 5D",
  });
});

test.skipIf(!canWriteHeic())(
  "reads the EXIF of HEIC (needs heif-enc: apt-get install libheif-examples)",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "semblance-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const [from, to] = [join(folder, "a.jpg"), join(folder, "a.heic")];
    writeFileSync(from, await picture().jpeg().toBuffer());
    execFileSync("heif-enc", ["-o", to, from], { stdio: "ignore" });
    expect(await readCamera(readFileSync(to))).toMatchObject({
      takenAt: new Date("2019-07-14T18:30:05Z"),
      exif: { camera: "Canon EOS 5D" },
      place: { latitude: -33.858567, longitude: 151.209333 },
    });
  },
);

test("says nothing of pictures without EXIF", async () => {
  const create = { width: 16, height: 12, channels: 3, background: "#27a" } as const;
  const bytes = await sharp({ create }).gif().toBuffer();
  expect(await readCamera(bytes)).toEqual({ takenAt: null, exif: {}, place: null });
});

test.each([
  ["no date", "0000:00:00 00:00:00", null],
  ["the 30th of February", "2019:02:30 10:00:00", null],
  ["a day before photography", "1825:12:31 10:00:00", null],
  ["the future", "2999:01:01 00:00:00", null],
  ["text", "yesterday", null],
  ["a day without a time", "2019:02:03", "2019-02-03T00:00:00.000Z"],
  ["other signs", "2019-02-03T04:05:06", "2019-02-03T04:05:06.000Z"],
])("takes %s for a date or for none", async (_name, text, expected) => {
  const { takenAt } = await readCamera(await jpeg({ IFD2: { DateTimeOriginal: text } }));
  expect(takenAt?.toISOString() ?? null).toBe(expected);
});

test("takes the date of the scan where there is no other", async () => {
  const bytes = await jpeg({ IFD2: { DateTimeDigitized: "2001:02:03 04:05:06" } });
  expect((await readCamera(bytes)).takenAt).toEqual(new Date("2001-02-03T04:05:06Z"));
});

test.each([
  ["beyond the pole", "91/1 0/1 0/1", "10/1 0/1 0/1"],
  ["divided by zero", "10/0 0/1 0/1", "10/1 0/1 0/1"],
  ["where cameras are that do not know", "0/1 0/1 0/1", "0/1 0/1 0/1"],
])("knows no place %s", async (_name, latitude, longitude) => {
  const gps = { GPSLatitude: latitude, GPSLatitudeRef: "N" };
  const bytes = await jpeg({
    IFD3: { ...gps, GPSLongitude: longitude, GPSLongitudeRef: "E" },
  });
  expect((await readCamera(bytes)).place).toBeNull();
});

test.each([
  ["Apple", "iPhone 12", "Apple iPhone 12"],
  ["NIKON CORPORATION", "NIKON D90", "NIKON D90"],
  ["Leica", " ", "Leica"],
])("names the camera of %s and %s", async (Make, Model, camera) => {
  expect((await readCamera(await jpeg({ IFD0: { Make, Model } }))).exif.camera).toBe(camera);
});

test("keeps text short and without signs that control", async () => {
  const Model = `a\u0007b\u007fc  ${"x".repeat(500)}`;
  const { camera } = (await readCamera(await jpeg({ IFD0: { Model } }))).exif;
  expect(camera).toMatch(/^a b c x+$/);
  expect(camera).toHaveLength(100);
});

test("survives EXIF that is broken anywhere", async () => {
  const bytes = await picture().jpeg().toBuffer();
  const start = bytes.indexOf("Exif\0\0") + 6;
  for (let at = start; at < start + 480; at++) {
    for (const value of [0x00, 0xff]) {
      const broken = Buffer.from(bytes);
      broken.fill(value, at, at + 4);
      expect(await readCamera(broken)).toHaveProperty("takenAt");
    }
  }
});

test.each([
  ["one value of 19 MB", tiff([[0x110, 2, 19_000_000, 1000]], 20_000_000)],
  ["500 values of 1 MB", tiff(Array(500).fill([0x110, 2, 1_000_000, 8000]), 2_000_000)],
  ["a directory behind the end", tiff([[0x8769, 4, 1, 4_000_000_000]], 1000)],
])("is not held up by a TIFF file with %s", async (_name, bytes) => {
  const start = performance.now();
  expect((await readCamera(bytes)).exif).toEqual({});
  expect(performance.now() - start).toBeLessThan(100);
});

test.each([
  ["whose values overlap", Array(4000).fill([0x110, 2, 10_000, 50_000])],
  ["of 500 long values", Array(500).fill([0x110, 2, 10_000, 50_000])],
  ["of 500 directories, all in one another", Array(500).fill([0x8769, 4, 1, 8])],
  ["of 500 directories at places of their own", [...Array(500)].map((_, i) => [0x8769, 4, 1, i])],
  ["with a pointer of half the length", [[0x8769, 3, 1, 8 + 65_536]]],
])("reads nothing of a block %s, before anybody expands it", async (_name, entries) => {
  const block = tiff(entries, 65_000);
  const exif = Buffer.concat([Buffer.from("Exif\0\0"), block]);
  const bytes = await picture({}).jpeg().toBuffer();
  const head = Buffer.from([0xff, 0xe1, (exif.length + 2) >> 8, (exif.length + 2) & 255]);
  const hostile = Buffer.concat([bytes.subarray(0, 2), head, exif, bytes.subarray(2)]);
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  expect((await readCamera(hostile)).exif).toEqual({});
  loop.disable();
  expect(loop.max / 1e6).toBeLessThan(50); // ms
});

test("is not held up by a PNG file whose block of 128 KB has 10,000 entries", async () => {
  const entries = Array.from({ length: 10_000 }, (_, tag) => [tag + 1, 2, 130_000, 10]);
  const bytes = await withBlock(tiff(entries, 128 * 1024));
  await readCamera(await picture().png().toBuffer()); // loads what it needs
  const start = performance.now();
  expect((await readCamera(bytes)).exif).toEqual({});
  expect(performance.now() - start).toBeLessThan(100);
});

/** A PNG file with this EXIF block, behind its header of 33 bytes. */
async function withBlock(block: Buffer): Promise<Buffer> {
  const png = await picture({}).png().toBuffer();
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from("eXIf"), block, Buffer.alloc(4)]);
  chunk.writeUInt32BE(block.length, 0);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}

/** A little-endian TIFF header with one directory of [tag, type, count, value]; `text` from byte 64 on. */
function tiff(entries: readonly (readonly number[])[], sizeBytes: number, text = ""): Buffer {
  const bytes = Buffer.alloc(Math.max(sizeBytes, 64 + text.length), "A");
  bytes.write("II*\0", 0, "latin1");
  bytes.writeUInt32LE(8, 4);
  bytes.writeUInt16LE(entries.length, 8);
  entries.forEach(([tag = 0, type = 0, count = 0, value = 0], i) => {
    const at = 10 + 12 * i;
    bytes.writeUInt16LE(tag, at);
    bytes.writeUInt16LE(type, at + 2);
    bytes.writeUInt32LE(count, at + 4);
    bytes.writeUInt32LE(value, at + 8);
  });
  bytes.writeUInt32LE(0, 10 + 12 * entries.length);
  if (text) bytes.write(text, 64, "latin1");
  return bytes;
}

function canWriteHeic(): boolean {
  try {
    execFileSync("heif-enc", ["--help"], { stdio: "ignore" });
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ENOENT";
  }
}
