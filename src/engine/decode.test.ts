import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";
import { afterAll, expect, test } from "vitest";
import { LIMITS } from "../limits.ts";
import { type Decoded, decode, WORKING_SIDE_PX } from "./decode.ts";
import { Thread } from "./thread.ts";

const codecs = new Thread("codec-worker");
afterAll(() => codecs.close());

/** Left half red, right half blue. */
function twoColours(width = 64, height = 32): Sharp {
  const right = { create: { width: width / 2, height, channels: 3, background: "#00f" } } as const;
  return sharp({ create: { width, height, channels: 3, background: "#f00" } }).composite([
    { input: right, left: width / 2, top: 0 },
  ]);
}

function pixel({ rgb, widthPx }: Decoded, x: number, y: number): number[] {
  return [...rgb.subarray(3 * (y * widthPx + x), 3 * (y * widthPx + x) + 3)];
}

function expectNear(actual: readonly number[], expected: readonly number[]): void {
  for (const [i, value] of expected.entries())
    expect(Math.abs(actual[i]! - value)).toBeLessThan(12);
}

test.each(["jpeg", "png", "webp", "gif", "tiff", "avif"] as const)("reads %s", async (format) => {
  const picture = await decode(await twoColours().toFormat(format).toBuffer(), codecs);
  expect(picture).toMatchObject({
    widthPx: 64,
    heightPx: 32,
    originalWidthPx: 64,
    originalHeightPx: 32,
    format,
  });
  expectNear(pixel(picture, 8, 16), [255, 0, 0]);
  expectNear(pixel(picture, 56, 16), [0, 0, 255]);
});

test("turns a picture upright as its EXIF orientation says", async () => {
  const bytes = await twoColours()
    .jpeg({ quality: 95, chromaSubsampling: "4:4:4" })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  const picture = await decode(bytes, codecs);
  expect(picture).toMatchObject({
    widthPx: 32,
    heightPx: 64,
    originalWidthPx: 32,
    originalHeightPx: 64,
  });
  expectNear(pixel(picture, 16, 8), [255, 0, 0]); // 6: what was left is now on top
  expectNear(pixel(picture, 16, 56), [0, 0, 255]);
});

test("puts transparent pictures on white", async () => {
  const clear = {
    create: { width: 8, height: 8, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  } as const;
  expectNear(
    pixel(await decode(await sharp(clear).png().toBuffer(), codecs), 4, 4),
    [255, 255, 255],
  );
});

test("reads CMYK, 16-bit and grey pictures as RGB", async () => {
  const cmyk = await twoColours().toColourspace("cmyk").jpeg({ quality: 100 }).toBuffer();
  expect(pixel(await decode(cmyk, codecs), 8, 16)[0]).toBeGreaterThan(150);
  const deep = await twoColours().toColourspace("rgb16").png().toBuffer();
  expectNear(pixel(await decode(deep, codecs), 8, 16), [255, 0, 0]);
  const grey = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#808080" } })
    .toColourspace("b-w")
    .png()
    .toBuffer();
  expectNear(pixel(await decode(grey, codecs), 4, 4), [128, 128, 128]);
});

test("takes the first frame of an animation of 5,000", async () => {
  const frames = Array.from({ length: 5000 }, (_, i) => (i === 0 ? [255, 0, 0] : [0, 0, i % 256]));
  const raw = Buffer.from(frames.flatMap((rgb) => Array.from({ length: 64 }, () => rgb).flat()));
  const gif = await sharp(raw, { raw: { width: 8, height: 8 * 5000, channels: 3, pageHeight: 8 } })
    .gif({ delay: frames.map(() => 20), effort: 1 })
    .toBuffer();
  const picture = await decode(gif, codecs);
  expect(picture).toMatchObject({ originalWidthPx: 8, originalHeightPx: 8, format: "gif" });
  expectNear(pixel(picture, 4, 4), [255, 0, 0]);
});

test("shrinks large pictures to the working size and remembers how large they were", async () => {
  const picture = await decode(await twoColours(2000, 1000).jpeg().toBuffer(), codecs);
  expect(picture).toMatchObject({
    widthPx: WORKING_SIDE_PX,
    heightPx: WORKING_SIDE_PX / 2,
    originalWidthPx: 2000,
  });
});

test("reads BMP", async () => {
  const picture = await decode(bmp(4, 2, [0, 0, 255]), codecs); // blue, green, red
  expect(picture).toMatchObject({ widthPx: 4, heightPx: 2, format: "bmp" });
  expectNear(pixel(picture, 1, 1), [255, 0, 0]);
});

const heifEnc = findHeifEnc();
test.skipIf(!heifEnc)(
  "reads iPhone HEIC (needs heif-enc: apt-get install libheif-examples)",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "semblance-"));
    writeFileSync(join(folder, "in.png"), await twoColours(128, 64).png().toBuffer());
    execFileSync("heif-enc", ["-q", "90", "-o", join(folder, "out.heic"), join(folder, "in.png")], {
      stdio: "ignore",
    });
    const picture = await decode(readFileSync(join(folder, "out.heic")), codecs);
    expect(picture).toMatchObject({ widthPx: 128, heightPx: 64, format: "heif" });
    expectNear(pixel(picture, 16, 32), [255, 0, 0]);
    expectNear(pixel(picture, 112, 32), [0, 0, 255]);
  },
);

test("a damaged HEIC fails with a reason", async () => {
  const bytes = Buffer.concat([
    Buffer.from([0, 0, 0, 24]),
    Buffer.from("ftypheic\0\0\0\0mif1heic"),
    Buffer.alloc(200, 7),
  ]);
  await expect(decode(bytes, codecs)).rejects.toMatchObject({ code: "image_unreadable" });
});

test("bad files fail with a code and a reason", async () => {
  const jpeg = await sharp({
    create: {
      width: 640,
      height: 480,
      channels: 3,
      background: "#123",
      noise: { type: "gaussian", mean: 128, sigma: 60 },
    },
  })
    .jpeg()
    .toBuffer();
  await expect(decode(jpeg.subarray(0, jpeg.length / 2), codecs)).rejects.toMatchObject({
    code: "image_unreadable",
  });
  await expect(decode(Buffer.from("just a text"), codecs)).rejects.toMatchObject({
    code: "image_unsupported",
  });
  await expect(decode(Buffer.alloc(0), codecs)).rejects.toThrow(/empty file \(0 bytes\)/);
  await expect(
    decode(Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"), codecs),
  ).rejects.toThrow(/Expected JPEG.*but received svg/);
  await expect(decode(Buffer.from("BM tiny"), codecs)).rejects.toMatchObject({
    code: "image_unreadable",
  });
});

test("a bomb of 50,000 x 50,000 pixels is refused by its header, at once", async () => {
  const startMs = performance.now();
  await expect(decode(png(50_000, 50_000), codecs)).rejects.toThrow("received 50000 x 50000");
  await expect(decode(bmpHeader(50_000, 50_000), codecs)).rejects.toMatchObject({
    code: "image_too_large",
  });
  expect(performance.now() - startMs).toBeLessThan(3000);
});

test("the limits hold at the limit and one above", async () => {
  const side = Math.floor(Math.sqrt(LIMITS.imagePixels));
  await expect(decode(png(side, side), codecs)).rejects.toMatchObject({ code: "image_unreadable" }); // passes the limit; its pixels are missing
  await expect(decode(png(LIMITS.imagePixels + 1, 1), codecs)).rejects.toMatchObject({
    code: "image_too_large",
  });
  const padded = Buffer.concat([
    await twoColours().png().toBuffer(),
    Buffer.alloc(LIMITS.imageBytes),
  ]);
  await expect(decode(padded.subarray(0, LIMITS.imageBytes), codecs)).resolves.toMatchObject({
    format: "png",
  });
  await expect(decode(padded.subarray(0, LIMITS.imageBytes + 1), codecs)).rejects.toMatchObject({
    code: "image_too_large",
  });
});

/** A PNG that claims a size but carries the pixels of one row at most. */
function png(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8); // 1 bit, grey
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc(100))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

function bmpHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(54);
  header.write("BM");
  header.writeUInt32LE(54, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(24, 28);
  return header;
}

function bmp(width: number, height: number, bgr: readonly number[]): Buffer {
  const row = Buffer.alloc(Math.ceil((width * 3) / 4) * 4);
  for (let x = 0; x < width; x++) row.set(bgr, 3 * x);
  return Buffer.concat([bmpHeader(width, height), ...Array.from({ length: height }, () => row)]);
}

function findHeifEnc(): boolean {
  try {
    execFileSync("heif-enc", ["--help"], { stdio: "ignore" });
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ENOENT";
  }
}
