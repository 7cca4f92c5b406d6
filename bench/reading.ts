// How well text in pictures is read: what is found of texts that were drawn, whether a search by trigrams finds their
// pictures, how long it takes, and what is read in photographs, most of which have no text.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import sharp from "sharp";
import { decodeForReading } from "../src/engine/reading/decode-for-reading.ts";
import type { Reading } from "../src/engine/reading/picture.ts";
import { Reader } from "../src/engine/reading/reader.ts";
import { Thread } from "../src/engine/thread.ts";
import { createRandom, type Random } from "../src/samples/random.ts";
import { samplePictures } from "../src/samples/sample-pictures.ts";
import type { Photo } from "./photos.ts";
import { drawPicture } from "./reading-pictures.ts";
import { drawText } from "./reading-texts.ts";

const PICTURES = 500;
const SEED = 15;
/** Longer side of drawn pictures. */
const SIDE_PX = 800;
const WORD = /\p{L}{4,}/gu;
const NOT_FOR_WORDS = /math|symbol|emoji|icon|dingbat|hei|extralight/i;

export type ReadingFigures = {
  /** Edits / characters, case and accents folded. */
  readonly characterErrors: number;
  /** Shares of the drawn pictures whose whole text is found; `letters`: but for spaces. */
  readonly exact: number;
  readonly letters: number;
  readonly inTop3: number;
  /** Time of `read` alone. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Photographs in which a word of at least four letters was read. */
  readonly photosWithWords: number;
  readonly photos: number;
};

type Drawn = { readonly text: string; readonly read: string; readonly ms: number };

/** Prints the figures, and what was read in photographs: whether it is there, only a person can say. */
export async function reading(photos: readonly Photo[], threads: number): Promise<ReadingFigures> {
  const codecs = new Thread("codec-worker");
  const reader = await Reader.open({ threads });
  const readBytes = async (bytes: Buffer) => reader.read(await decodeForReading(bytes, codecs));
  try {
    const { empty, withWords } = await readPhotos(photos, readBytes);
    const drawn = await readDrawn(empty, reader, codecs);
    const figures = figuresOf(drawn, withWords, photos.length);
    print(figures);
    return figures;
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
    drawn.push({ text: text.join(" "), read, ms: performance.now() - start });
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

function figuresOf(
  drawn: readonly Drawn[],
  photosWithWords: number,
  photos: number,
): ReadingFigures {
  const pairs = drawn.map(({ text, read }) => [folded(text), folded(read)] as const);
  const edits = pairs.map(([text, read]) => Math.min(text.length, editsBetween(text, read)));
  const times = drawn.map(({ ms }) => ms).sort((a, b) => a - b);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    characterErrors: sum(edits) / sum(pairs.map(([text]) => text.length)),
    exact: pairs.filter(([text, read]) => text === read).length / pairs.length,
    letters: pairs.filter(([text, read]) => joined(text) === joined(read)).length / pairs.length,
    inTop3: ranksByTrigrams(pairs).filter((rank) => rank < 3).length / pairs.length,
    p50Ms: times[times.length >> 1]!,
    p95Ms: times[Math.floor(times.length * 0.95)]!,
    photosWithWords,
    photos,
  };
}

/** Without accents, case and line breaks. */
function folded(text: string): string {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/\s+/g, " ").trim();
}

const joined = (text: string) => text.replaceAll(" ", "");

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

/** How many other pictures' texts share more trigrams with each text than its own picture's. */
function ranksByTrigrams(pairs: readonly (readonly [string, string])[]): readonly number[] {
  const read = pairs.map(([, text]) => trigramsOf(text));
  return pairs.map(([text], own) => {
    const query = trigramsOf(text);
    const scores = read.map((other) => similarity(query, other));
    return scores.filter((score, i) => i !== own && score >= scores[own]!).length;
  });
}

function trigramsOf(text: string): ReadonlySet<string> {
  const padded = `  ${text} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_, i) => padded.slice(i, i + 3)));
}

/** Jaccard: shared / all. */
function similarity(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((trigram) => other.has(trigram)).length;
  return shared / (one.size + other.size - shared);
}

function print(figures: ReadingFigures): void {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  console.log(
    `reading: ${PICTURES} drawn pictures  character errors ${percent(figures.characterErrors)}  whole text ${percent(figures.exact)}, but for spaces ${percent(figures.letters)}  ` +
      `in the top 3 of a search by its text ${percent(figures.inTop3)}  p50 ${figures.p50Ms.toFixed(0)} ms  p95 ${figures.p95Ms.toFixed(0)} ms  ` +
      `photographs with a word ${figures.photosWithWords} of ${figures.photos}`,
  );
}
