// How well text in pictures is read: what is found of texts that were drawn, whether a search by trigrams finds their
// pictures, how long it takes, and what is read in photographs, most of which have no text.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import sharp from "sharp";
import type { Model } from "../../src/engine/model.ts";
import { decodeForReading } from "../../src/engine/reading/decode-for-reading.ts";
import type { Reading } from "../../src/engine/reading/picture.ts";
import { Reader } from "../../src/engine/reading/reader.ts";
import { Thread } from "../../src/engine/thread.ts";
import { createRandom, type Random } from "../../src/samples/random.ts";
import { samplePictures } from "../../src/samples/sample-pictures.ts";
import type { Photo } from "../photos.ts";
import { type Evaluated, evaluate } from "./evaluated.ts";
import { drawPicture } from "./reading-pictures.ts";
import { drawText } from "./reading-texts.ts";
import type { Report } from "./report.ts";

const PICTURES = 500;
const FIRST = 3;
const SEED = 15;
/** Longer side of drawn pictures. */
const SIDE_PX = 800;
const WORD = /\p{L}{4,}/gu;
const NOT_FOR_WORDS = /math|symbol|emoji|icon|dingbat|hei|extralight/i;

type Drawn = {
  readonly bytes: Buffer;
  readonly text: string;
  readonly read: string;
  readonly ms: number;
};

/** Prints, too, what was read in photographs: whether it is there, only a person can say. */
export async function reading(evaluated: Evaluated, report: Report): Promise<void> {
  const { photos, model, threads } = evaluated;
  const codecs = new Thread("codec-worker");
  const reader = await Reader.open({ threads });
  const readBytes = async (bytes: Buffer) => reader.read(await decodeForReading(bytes, codecs));
  try {
    const { empty, withWords } = await readPhotos(photos, readBytes);
    const drawn = await readDrawn(empty, reader, codecs);
    tell(report, drawn);
    report.share(
      "reading",
      "drawn: in the top 3 of a search by its text",
      await found(model, threads, drawn),
    );
    report.count("reading", "photographs in which a word of 4 letters is read", withWords);
  } finally {
    await reader.close();
    await codecs.close();
  }
}

/** `empty`: photographs for backgrounds, in which nothing was read. */
async function readPhotos(photos: readonly Photo[], read: (bytes: Buffer) => Promise<Reading>) {
  const empty: string[] = [];
  let withWords = 0;
  for (const { file } of photos) {
    const { text, lines } = await read(readFileSync(file));
    if (lines.length === 0) empty.push(file);
    const words = text.match(WORD) ?? [];
    if (words.length === 0) continue;
    withWords++;
    console.log(`reading: in ${file}: ${words.join(" ")}`);
  }
  return { empty, withWords };
}

async function readDrawn(
  photos: readonly string[],
  reader: Reader,
  codecs: Thread,
): Promise<readonly Drawn[]> {
  const random = createRandom(SEED);
  const fonts = fontFamilies();
  console.log(`reading: fonts ${fonts.join(", ")}`);
  const scenes = samplePictures().map(({ draw }) => once(draw));
  const drawn: Drawn[] = [];
  for (let i = 0; i < PICTURES; i++) {
    const background = await backgroundOf(random, scenes, photos);
    const text = drawText(random);
    const bytes = await drawPicture(background, { text, font: random.pick(fonts) }, random);
    const picture = await decodeForReading(bytes, codecs);
    const start = performance.now();
    const { text: read } = await reader.read(picture);
    drawn.push({ bytes, text: text.join(" "), read, ms: performance.now() - start });
  }
  return drawn;
}

function once(draw: () => Promise<Buffer>): () => Promise<Buffer> {
  let drawn: Promise<Buffer> | undefined;
  return () => {
    drawn ??= draw();
    return drawn;
  };
}

async function backgroundOf(
  random: Random,
  scenes: readonly (() => Promise<Buffer>)[],
  photos: readonly string[],
): Promise<Buffer> {
  const isPhoto = photos.length > 0 && random.isTrue(0.5);
  const bytes = isPhoto ? readFileSync(random.pick(photos)) : await random.pick(scenes)();
  return sharp(bytes)
    .autoOrient()
    .resize(SIDE_PX, SIDE_PX, { fit: "inside" })
    .flatten()
    .toColourspace("srgb")
    .png()
    .toBuffer();
}

/** Those of this machine that have Latin letters, as fontconfig names them. */
function fontFamilies(): readonly string[] {
  const listed = execFileSync("fc-list", [":lang=en", "family"], { encoding: "utf8" });
  const families = listed.split("\n").map((line) => line.split(",")[0]!.trim());
  return [...new Set(families)].filter((name) => name && !NOT_FOR_WORDS.test(name)).sort();
}

function tell(report: Report, drawn: readonly Drawn[]): void {
  const pairs = drawn.map(({ text, read }) => [folded(text), folded(read)] as const);
  const edits = pairs.map(([text, read]) => Math.min(text.length, editsBetween(text, read)));
  const times = drawn.map(({ ms }) => ms).sort((a, b) => a - b);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const share = (isSame: (text: string, read: string) => boolean) =>
    pairs.filter(([text, read]) => isSame(text, read)).length / pairs.length;
  const characters = sum(pairs.map(([text]) => text.length));
  report.count("reading", "drawn pictures", drawn.length);
  report.share("reading", "drawn: wrong characters", sum(edits) / characters, "lower");
  report.share(
    "reading",
    "drawn: whole text",
    share((text, read) => text === read),
  );
  const letters = (text: string) => text.replaceAll(" ", "");
  report.share(
    "reading",
    "drawn: whole text but for spaces",
    share((text, read) => letters(text) === letters(read)),
  );
  report.ms("reading", "drawn: p50", times[times.length >> 1]!);
  report.ms("reading", "drawn: p95", times[Math.floor(times.length * 0.95)]!);
}

/** The share of the pictures that the search finds among its first three when it is asked for what was written in them. */
async function found(model: Model, threads: number, drawn: readonly Drawn[]): Promise<number> {
  const pictures = drawn.map(({ bytes }, i) => ({
    file: String(i),
    bytes,
    label: "",
    captions: [],
  }));
  const evaluated = await evaluate(model, pictures, threads);
  const collection = await evaluated.collection(({ file }) => ({
    name: "",
    read: drawn[Number(file)]!.read,
  }));
  let hits = 0;
  for (const [i, { text }] of drawn.entries()) {
    const { order } = await collection.rank({ kind: "text", text, weight: 1 }, FIRST);
    if (order.includes(i)) hits++;
  }
  await evaluated.close();
  return hits / drawn.length;
}

/** Without accents, case and line breaks. */
function folded(text: string): string {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/\s+/g, " ").trim();
}

/** Levenshtein. */
function editsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const kept = row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(kept, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[other.length]!;
}
