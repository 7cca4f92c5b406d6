// Upright pixels -> lines of text: glance, locate, straighten, recognise, keep what is sure, put in order.
import { join } from "node:path";
import type { InferenceSession } from "onnxruntime-node";
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";
import { agreed } from "./agreement.ts";
import type { Guess } from "./ctc.ts";
import { detect, hasText, type Region } from "./detector.ts";
import { READING_FILES, type RecogniserFiles } from "./files.ts";
import { openGraph } from "./graph.ts";
import { guessLanguage } from "./language.ts";
import type { Line, Picture, Reading } from "./picture.ts";
import { inReadingOrder } from "./reading-order.ts";
import { openRecogniser, type Recogniser, recognise } from "./recogniser.ts";
import type { Point } from "./rectangle.ts";
import { inReadingDirection, stripOf, turned } from "./strip.ts";

/** Below, the other recogniser is asked, too; below, the line may be upside down; below, it is no text. */
const SURE = 0.98;
const DOUBTFUL = 0.7;
const LEAST_CONFIDENCE = 0.8;
/** So many doubtful lines are no text upside down either: the others are not tried. */
const VAIN_TURNS = 6;
/** Letters and digits of a line: fewer are mostly edges and shadows. */
const LEAST_CHARACTERS = 2;

/** Opened when a picture first needs them. */
export type Networks = {
  detector(): Promise<InferenceSession>;
  latin(): Promise<Recogniser>;
  chinese(): Promise<Recogniser>;
};

/** `corners`: in pixels of the picture. */
type Found = Guess & { readonly corners: readonly Point[] };

/** @throws AppError "model_unavailable" from the networks, when they are asked */
export function openNetworks(folder: string, threads: number): Networks {
  const recogniser = (files: RecogniserFiles) => once(() => openRecogniser(folder, files, threads));
  return {
    detector: once(() => openGraph(join(folder, READING_FILES.detector), threads)),
    latin: recogniser(READING_FILES.latin),
    chinese: recogniser(READING_FILES.chinese),
  };
}

function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => {
    opened ??= open();
    return opened;
  };
}

/** `checkTime` is called before each step, at most 0.1 s on a usual machine, and throws when it has been enough. */
export async function read(
  picture: Picture,
  networks: Networks,
  checkTime: () => void,
): Promise<Reading> {
  checkTime();
  const detector = await networks.detector();
  if (!(await hasText(detector, picture))) return { lines: [], text: "" };
  checkTime();
  const regions = likeliest(await detect(detector, picture));
  const lines = await readLines(picture, regions, networks, checkTime);
  return toReading(
    picture,
    inReadingOrder(lines.filter(isText), ({ corners }) => corners),
  );
}

function likeliest(regions: readonly Region[]): readonly Region[] {
  return [...regions].sort((a, b) => b.score - a.score).slice(0, LIMITS.readingLines);
}

async function readLines(
  picture: Picture,
  regions: readonly Region[],
  networks: Networks,
  checkTime: () => void,
): Promise<readonly Found[]> {
  const lines: Found[] = [];
  let vainTurns = 0;
  for (const region of regions) {
    checkTime();
    const corners = inReadingDirection(region.corners);
    const upright = await readStrip(picture, corners, networks);
    const isDoubtful = upright.confidence < DOUBTFUL && vainTurns < VAIN_TURNS;
    const other = isDoubtful ? await readStrip(picture, turned(corners, 2), networks) : upright;
    if (isDoubtful && other.confidence < LEAST_CONFIDENCE) vainTurns++;
    lines.push(surer(upright, other));
  }
  return lines;
}

async function readStrip(
  picture: Picture,
  corners: readonly Point[],
  networks: Networks,
): Promise<Found> {
  const strip = stripOf(picture, corners);
  const latin = await recognise(await networks.latin(), strip);
  if (latin.confidence >= SURE) return { ...latin, corners };
  return { ...agreed(latin, await recognise(await networks.chinese(), strip)), corners };
}

const surer = (one: Found, other: Found) => (other.confidence > one.confidence ? other : one);

function isText({ text, confidence }: Found): boolean {
  const characters = text.match(/[\p{L}\p{N}]/gu) ?? [];
  return confidence >= LEAST_CONFIDENCE && characters.length >= LEAST_CHARACTERS;
}

function toReading(picture: Picture, found: readonly Found[]): Reading {
  let length = -1;
  const kept = found.filter((line) => {
    length += line.text.length + 1;
    return length <= LIMITS.readingLength;
  });
  const lines = kept.map((line) => toLine(picture, line));
  const text = lines.map((line) => line.text).join("\n");
  const language = guessLanguage(text);
  return language === undefined ? { lines, text } : { lines, text, language };
}

function toLine({ widthPx, heightPx }: Picture, { text, confidence, corners }: Found): Line {
  const within = corners.map(
    ([x, y]) => [x / widthPx, y / heightPx].map(toShare) as [number, number],
  );
  const [xs, ys] = [within.map(([x]) => x), within.map(([, y]) => y)];
  const box = {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs),
    bottom: Math.max(...ys),
  };
  return { text: text.trim(), box, corners: within, confidence };
}

const toShare = (value: number) => Math.max(0, Math.min(1, value));

/** Throws once `limitMs` have passed since it was made. */
export function timeLimit(limitMs: number): () => void {
  const endMs = performance.now() + limitMs;
  return () => {
    if (performance.now() <= endMs) return;
    throw new AppError(
      "internal",
      `Expected to read a picture within ${limitMs} ms but it takes longer.`,
    );
  };
}
