// Own concepts, taught by 1 to 20 pictures drawn by lot and nothing else: how well the other pictures are ranked, beside the
// name alone on the same pictures, and how far values are from the truth. Every other picture is both in the background that
// training sees, without its label, and in what is ranked: as in a collection.
import { pickTelling } from "../../src/engine/labelling/suggestions.ts";
import { study } from "../../src/engine/training/evaluation.ts";
import { type LinearClassifier, logit, sigmoid } from "../../src/engine/training/linear.ts";
import { chooseExamples, readExamples } from "../../src/engine/training/training-examples.ts";
import { ZeroShot } from "../../src/engine/training/zero-shot.ts";
import { random32 } from "../vectors.ts";
import { drawnPictures } from "./drawn-pictures.ts";
import type { Evaluated } from "./evaluated.ts";
import { countNames } from "./named.ts";
import { averagePrecision, calibrationError, mean, type Predicted } from "./ranking.ts";
import type { Report } from "./report.ts";

const COUNTS = [1, 5, 10, 20] as const;
const DRAWS = 4;
/** After so many, so many suggestions are answered. */
const ANSWERS = { after: 5, count: 12 } as const;
/** Pictures of a class that must be left to be found. */
const LEFT_MIN = 3;
const LABELLED_MIN = 5;
/** Captions of a picture that tell what it shows, how many must name it, and pictures that make it a class. */
const CAPTIONS = { least: 3, naming: 3, pictures: 25 } as const;
/** Values below say that it is not there; nearly all are. */
const LIKELY = 0.1;

/** `pool`: pictures of which somebody said whether they show it, numbers of rows. */
type Class = {
  readonly name: string;
  readonly shown: readonly number[];
  readonly pool: readonly number[];
};
type Collection = {
  readonly images: Float32Array;
  readonly dim: number;
  readonly zeroShot: ZeroShot;
};
type Outcome = { readonly precision: number; readonly predicted: readonly Predicted[] };

export async function custom(evaluated: Evaluated, report: Report): Promise<void> {
  const { images, dim } = evaluated;
  const { calibration, concepts, encodeTexts } = evaluated;
  const parts = { encoder: { dim, encodeTexts }, calibration, concepts: Promise.resolve(concepts) };
  const zeroShot = new ZeroShot(parts);
  await tell({ images, dim, zeroShot }, report, "custom, by label", labelledClasses(evaluated));
  await tell({ images, dim, zeroShot }, report, "custom, by captions", toldClasses(evaluated));
  const drawn = await drawnPictures();
  const pictures = await evaluated.encodePictures(drawn);
  await tell({ images: pictures, dim, zeroShot }, report, "custom, drawn", byLabel(drawn));
}

function labelledClasses({ photos }: Evaluated): readonly Class[] {
  return byLabel(photos);
}

function byLabel(photos: readonly { readonly label: string }[]): readonly Class[] {
  const pool = photos.flatMap(({ label }, i) => (label ? [i] : []));
  const names = [...new Set(pool.map((i) => photos[i]!.label))];
  return names
    .map((name) => ({ name, shown: pool.filter((i) => photos[i]!.label === name), pool }))
    .filter(({ shown }) => shown.length >= LABELLED_MIN);
}

// What most captions of a picture name; those that only some name are left out.
function toldClasses({ photos, concepts }: Evaluated): readonly Class[] {
  const counts = photos.map(({ captions }) => countNames(captions, concepts));
  const told = photos.flatMap(({ captions }, i) => (captions.length >= CAPTIONS.least ? [i] : []));
  const names = [...new Set(told.flatMap((i) => [...counts[i]!.keys()]))];
  return names
    .map((name) => {
      const count = (i: number) => counts[i]!.get(name) ?? 0;
      const shown = told.filter((i) => count(i) >= CAPTIONS.naming);
      const pool = told.filter((i) => count(i) === 0 || count(i) >= CAPTIONS.naming);
      return { name, shown, pool };
    })
    .filter(({ shown }) => shown.length >= CAPTIONS.pictures);
}

async function tell(
  collection: Collection,
  report: Report,
  part: string,
  classes: readonly Class[],
): Promise<void> {
  for (const count of COUNTS) {
    const some = classes.filter(({ shown }) => shown.length >= count + LEFT_MIN);
    if (some.length === 0) continue;
    const taught: Outcome[] = [];
    const named: Outcome[] = [];
    const answers = { suggested: [] as number[], likeliest: [] as number[] };
    for (const [i, one] of some.entries()) {
      for (let draw = 0; draw < DRAWS; draw++) {
        const positives = drawFrom(one.shown, count, 100 * count + 10 * i + draw + 1);
        const outcomes = await compare(collection, one, positives);
        taught.push(outcomes.taught);
        named.push(outcomes.named);
        if (count !== ANSWERS.after) continue;
        answers.suggested.push(await answered(collection, one, positives, true));
        answers.likeliest.push(await answered(collection, one, positives, false));
      }
    }
    const of = `${count} of ${some.length} classes`;
    report.share(part, `${of}: mean average precision`, meanPrecision(taught));
    report.share(part, `${of}: the name alone`, meanPrecision(named));
    if (count === ANSWERS.after) {
      const and = `${of} and ${ANSWERS.count} answers`;
      report.share(part, `${and} to suggestions`, mean(answers.suggested));
      report.share(part, `${and} to the likeliest`, mean(answers.likeliest));
    }
    report.ratio(part, `${of}: calibration error (ECE)`, errorOf(taught, 0), "lower");
    report.ratio(part, `${of}: ECE of values from ${LIKELY}`, errorOf(taught, LIKELY), "lower");
    report.ratio(part, `${of}: the same of the name alone`, errorOf(named, LIKELY), "lower");
  }
}

async function compare(
  collection: Collection,
  one: Class,
  positives: readonly number[],
): Promise<{ readonly taught: Outcome; readonly named: Outcome }> {
  const classifier = await teach(collection, one, positives, []);
  const byName = await collection.zeroShot.of(one.name);
  const rest = one.pool.filter((i) => !positives.includes(i));
  const good = new Set(rest.flatMap((i, place) => (one.shown.includes(i) ? [place] : [])));
  const judge = (by: LinearClassifier): Outcome => {
    const odds = oddsOf(collection, by, rest);
    return {
      precision: averagePrecision(odds, good),
      predicted: odds.map((logOdds, place) => ({
        value: sigmoid(logOdds),
        isTrue: good.has(place),
      })),
    };
  };
  return { taught: judge(classifier), named: judge(byName) };
}

async function teach(
  { images, dim, zeroShot }: Collection,
  { name, pool }: Class,
  positives: readonly number[],
  negatives: readonly number[],
): Promise<LinearClassifier> {
  const read = (some: readonly number[]) => rowsOf(images, dim, some);
  const toMap = (rows: readonly number[]) => new Map(rows.map((row) => [row, row]));
  const labelled = { positives: toMap(positives), negatives: toMap(negatives) };
  const chosen = chooseExamples(labelled, [], toMap(pool));
  const examples = await readExamples({ vectors: { read }, dim }, chosen, async () => undefined);
  return (await study(examples, await zeroShot.of(name))).classifier;
}

// Average precision once suggestions are answered: an answered picture stands where it was put.
async function answered(
  collection: Collection,
  one: Class,
  positives: readonly number[],
  isTelling: boolean,
): Promise<number> {
  const { images, dim } = collection;
  const rest = one.pool.filter((i) => !positives.includes(i));
  const before = oddsOf(collection, await teach(collection, one, positives, []), rest);
  const likeliest = [...rest.keys()].sort((a, b) => before[b]! - before[a]!);
  const vectors = rowsOf(images, dim, rest);
  const values = before.map(sigmoid);
  const asked = isTelling ? pickTelling(vectors, values, dim, ANSWERS.count) : likeliest;
  const rows = asked.slice(0, ANSWERS.count).map((place) => rest[place]!);
  const yes = rows.filter((i) => one.shown.includes(i));
  const no = rows.filter((i) => !one.shown.includes(i));
  const after = oddsOf(
    collection,
    await teach(collection, one, [...positives, ...yes], no),
    rest,
  ).map((logOdds, place) => {
    if (!rows.includes(rest[place]!)) return logOdds;
    return yes.includes(rest[place]!) ? Number.MAX_VALUE : -Number.MAX_VALUE;
  });
  const good = new Set(rest.flatMap((i, place) => (one.shown.includes(i) ? [place] : [])));
  return averagePrecision(after, good);
}

function oddsOf({ images, dim }: Collection, by: LinearClassifier, rows: readonly number[]) {
  return rows.map((i) => logit(by, images.subarray(i * dim, (i + 1) * dim)));
}

function rowsOf(images: Float32Array, dim: number, rows: readonly number[]): Float32Array {
  const vectors = new Float32Array(rows.length * dim);
  rows.forEach((row, i) => {
    vectors.set(images.subarray(row * dim, (row + 1) * dim), i * dim);
  });
  return vectors;
}

function drawFrom(rows: readonly number[], count: number, seed: number): readonly number[] {
  const next = random32(seed);
  for (let i = 0; i < 10; i++) next(); // the first numbers of near seeds are alike
  const left = [...rows];
  return Array.from({ length: count }, () => left.splice(next() % left.length, 1)[0]!);
}

function meanPrecision(outcomes: readonly Outcome[]): number {
  return mean(outcomes.map(({ precision }) => precision));
}

function errorOf(outcomes: readonly Outcome[], least: number): number {
  const all = outcomes.flatMap(({ predicted }) => predicted);
  const likely = all.filter(({ value }) => value >= least);
  return likely.length === 0 ? 0 : calibrationError(likely);
}
