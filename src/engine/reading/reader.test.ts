import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { LIMITS } from "../../limits.ts";
import { Thread } from "../thread.ts";
import { decodeForReading, READING_SIDE_PX } from "./decode-for-reading.ts";
import { readingFolder } from "./files.ts";
import type { Line, Picture } from "./picture.ts";
import { Reader } from "./reader.ts";

const codecs = new Thread("codec-worker");
const reader = await Reader.open({ threads: 1 });
afterAll(() => Promise.all([reader.close(), codecs.close()]));

type Words = { x: number; y: number; size: number; text: string; degrees?: number };

/** Black words on a light picture. `x`, `y`: where the base line begins, in px. */
function draw(words: readonly Words[], [width, height] = [1024, 768]): Promise<Buffer> {
  const texts = words.map(
    ({ x, y, size, text, degrees = 0 }) =>
      `<text x="${x}" y="${y}" font-size="${size}" font-family="DejaVu Sans, sans-serif" ` +
      `transform="rotate(${degrees} ${x} ${y})">${text}</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="#cde"/>${texts.join("")}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer();
}

async function readDrawn(...words: readonly Words[]) {
  return reader.read(await decodeForReading(await draw(words), codecs));
}

async function findsFont(): Promise<boolean> {
  const { channels } = await sharp(await draw([{ x: 99, y: 200, size: 90, text: "W" }])).stats();
  return channels[0]!.min < 100;
}

const skipped = !(await findsFont());
const withFont = (name: string) =>
  skipped ? `${name} (needs a font: apt-get install fonts-dejavu-core)` : name;

test.skipIf(skipped)(withFont("reads words and says where they are"), async () => {
  const { text, lines } = await readDrawn({ x: 100, y: 200, size: 60, text: "Harbour 42" });
  expect(text).toBe("Harbour 42");
  const [{ box, confidence, corners }] = lines as [Line];
  expect(confidence).toBeGreaterThan(0.9);
  expect(corners).toHaveLength(4);
  // Drawn from x 100, between y 155 and 200, about 340 px long; a margin is around it.
  expect(Math.abs(box.left - 100 / 1024)).toBeLessThan(0.02);
  expect(Math.abs(box.top - 155 / 768)).toBeLessThan(0.03);
  expect(Math.abs(box.bottom - 200 / 768)).toBeLessThan(0.03);
  expect(box.right).toBeGreaterThan(0.35);
  expect(box.right).toBeLessThan(0.6);
});

test.skipIf(skipped)(withFont("reads tilted lines in order and guesses the language"), async () => {
  const degrees = 8;
  const { text, language } = await readDrawn(
    { x: 120, y: 420, size: 50, text: "of the second street", degrees },
    { x: 140, y: 220, size: 50, text: "This is the first line", degrees },
  );
  expect(text).toBe("This is the first line\nof the second street");
  expect(language).toBe("en");
});

test.skipIf(skipped)(withFont("reads German with its accents and spaces"), async () => {
  const text = "Straße nach München über Köln";
  const reading = await readDrawn({ x: 60, y: 200, size: 52, text });
  expect(reading).toMatchObject({ text, language: "de" });
});

test.skipIf(skipped)(withFont("reads what is upside down or stands on its side"), async () => {
  const down = await readDrawn({ x: 900, y: 400, size: 56, text: "Turned around", degrees: 180 });
  expect(down.text).toBe("Turned around");
  const side = await readDrawn({ x: 380, y: 120, size: 60, text: "SIDEWAYS", degrees: 90 });
  expect(side.text).toBe("SIDEWAYS");
  const [[startX, startY], [endX, endY]] = side.lines[0]!.corners as [
    [number, number],
    [number, number],
  ];
  expect(endY - startY).toBeGreaterThan(0.3);
  expect(Math.abs(endX - startX)).toBeLessThan(0.02);
});

test.skipIf(skipped)(withFont("reads letters of 16 px in a photograph of 4,000"), async () => {
  const words = { x: 200, y: 300, size: 60, text: "Small print" };
  const bytes = await draw([words], [4000, 3000]);
  const picture = await decodeForReading(bytes, codecs);
  expect(picture).toMatchObject({ widthPx: READING_SIDE_PX, heightPx: 1200 });
  expect((await reader.read(picture)).text).toBe("Small print");
});

test.skipIf(skipped)(withFont("keeps at most 200 lines"), async () => {
  const words = Array.from({ length: 240 }, (_, i) => ({
    x: 20 + 130 * (i % 12),
    y: 60 + 55 * Math.floor(i / 12),
    size: 28,
    text: `n${100 + i}`,
  }));
  const { lines, text } = await reader.read(
    await decodeForReading(await draw(words, [1600, 1200]), codecs),
  );
  expect(lines.length).toBeGreaterThan(150);
  expect(lines.length).toBeLessThanOrEqual(LIMITS.readingLines);
  expect(text.length).toBeLessThanOrEqual(LIMITS.readingLength);
});

test("a picture without text gives an empty reading, also one of a single pixel", async () => {
  const picture = await decodeForReading(await draw([]), codecs);
  expect(await reader.read(picture)).toEqual({ lines: [], text: "" });
  expect(await reader.read(flat(1, 1))).toEqual({ lines: [], text: "" });
  expect(await reader.read(flat(1600, 3))).toEqual({ lines: [], text: "" });
});

function flat(widthPx: number, heightPx: number, value = 0): Picture {
  return { rgb: new Uint8Array(widthPx * heightPx * 3).fill(value), widthPx, heightPx };
}

test("pixels that do not fit the size are refused by name", async () => {
  await expect(reader.read({ ...flat(4, 4), widthPx: 5 })).rejects.toMatchObject({
    code: "invalid_request",
    message: "Expected 60 bytes for a picture of 5 x 4 pixels but received 48.",
  });
});

test("missing weights are named when it opens", async () => {
  const folder = mkdtempSync(join(tmpdir(), "semblance-"));
  await expect(Reader.open({ threads: 1, folder })).rejects.toMatchObject({
    code: "model_unavailable",
    message: expect.stringContaining(join(folder, "ch_PP-OCRv4_det_infer.onnx")),
  });
});

test("a picture that takes too long fails, and the next is read", async () => {
  const thread = new Thread("reading/reading-worker", { folder: readingFolder(), threads: 1 });
  const hasty = new Reader(thread, { limitMs: 0.001, hangMs: 60_000, idleMs: 1000 });
  for (const _ of [1, 2])
    await expect(hasty.read(flat(64, 64))).rejects.toMatchObject({
      code: "internal",
      message: "Expected to read a picture within 0.001 ms but it takes longer.",
    });
  await hasty.close();
});

test("a worker that ends or hangs fails its picture, and the next has a new one", async () => {
  const thread = new Thread(join(import.meta.dirname, "../../../test/fixtures/failing-worker.js"));
  const unlucky = new Reader(thread, { limitMs: 100, hangMs: 400, idleMs: 1000 });
  await expect(unlucky.read(flat(1, 1, 1))).rejects.toThrow("to run but it exited");
  await expect(unlucky.read(flat(1, 1, 2))).rejects.toThrow("an answer within 400 ms");
  await expect(unlucky.read(flat(1, 1, 0))).resolves.toMatchObject({ text: "alive" });
  await unlucky.close();
  await expect(unlucky.read(flat(1, 1))).rejects.toMatchObject({ code: "cancelled" });
});

test("the networks leave memory after a rest and return with the next picture", async () => {
  const thread = new Thread("reading/reading-worker", { folder: readingFolder(), threads: 1 });
  const restful = new Reader(thread, { limitMs: 30_000, hangMs: 60_000, idleMs: 20 });
  const calls = [flat(64, 64), flat(64, 64)].map((picture) => restful.read(picture));
  await expect(Promise.all(calls)).resolves.toHaveLength(2);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await expect(restful.read(flat(64, 64))).resolves.toEqual({ lines: [], text: "" });
  await restful.close();
});
