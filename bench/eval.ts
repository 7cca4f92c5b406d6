// npm run eval -- [--model FOLDER] [--photos FOLDER] [--quick] [--part reading]: what an encoder knows, on images with
// captions and labels, and how text is read; quick: without the vocabulary, the relevance cut and reading; part: only that.
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadConfig } from "../src/config.ts";
import { openFolderBlobs } from "../src/engine/blobs.ts";
import { readCalibration } from "../src/engine/calibration.ts";
import { Concepts } from "../src/engine/concepts.ts";
import { decode } from "../src/engine/decode.ts";
import { Encoder } from "../src/engine/encode.ts";
import { readModel } from "../src/engine/model.ts";
import { ScanPool } from "../src/engine/scan-pool.ts";
import { Thread } from "../src/engine/thread.ts";
import { negation } from "./negation.ts";
import { type Photo, readPhotos } from "./photos.ts";
import { reading } from "./reading.ts";
import { relevance } from "./relevance.ts";

const BATCH = 16;
const PROMPTS = ["{}", "a photo of a {}", "a {}"];

const { values } = parseArgs({
  options: {
    model: { type: "string" },
    photos: { type: "string", default: "../shared/photos" },
    quick: { type: "boolean", default: false },
    part: { type: "string" },
  },
});
const config = loadConfig({ model: values.model });
const photos = readPhotos(values.photos);
if (values.part === "reading" || !values.quick) await reading(photos, config.threads);
if (values.part === "reading") process.exit();
const model = await readModel(config.model ?? config.embedded);
const encoder = await Encoder.open(model, config.threads);
console.log(`model ${model.name} (${encoder.dim}-d), ${photos.length} images of ${values.photos}`);
const images = await encodePhotos(photos);
await captions();
await zeroShot();
if (!values.quick) await concepts();
await encoder.close();

async function encodePhotos(all: readonly Photo[]): Promise<Float32Array> {
  const codecs = new Thread("codec-worker");
  const embeddings = new Float32Array(all.length * encoder.dim);
  for (let start = 0; start < all.length; start += BATCH) {
    const batch = all.slice(start, start + BATCH);
    const pictures = await Promise.all(batch.map(({ file }) => decode(readFileSync(file), codecs)));
    embeddings.set(await encoder.encodeImages(pictures), start * encoder.dim);
  }
  await codecs.close();
  return embeddings;
}

/** Each caption must find its own image among all. */
async function captions(): Promise<void> {
  const pairs = photos.flatMap((photo, image) =>
    photo.captions.map((caption) => ({ caption, image })),
  );
  if (pairs.length === 0) return;
  const texts = await encoder.encodeTexts(pairs.map(({ caption }) => caption));
  const ranks = pairs.map(({ image }, i) => {
    const scores = cosines(texts.subarray(i * encoder.dim, (i + 1) * encoder.dim));
    return scores.filter((score) => score > scores[image]!).length;
  });
  const recall = (k: number) => percent(ranks.filter((rank) => rank < k).length, ranks.length);
  const median = [...ranks].sort((a, b) => a - b)[ranks.length >> 1]! + 1;
  console.log(
    `captions: ${pairs.length}  R@1 ${recall(1)}  R@5 ${recall(5)}  R@10 ${recall(10)}  median rank ${median}`,
  );
}

/** Each labelled image must find its label among all labels of the folder, said in the usual ways. */
async function zeroShot(): Promise<void> {
  const names = [...new Set(photos.map(({ label }) => label.toLowerCase()))].filter(Boolean).sort();
  const labelled = photos.flatMap(({ label }, image) =>
    label ? [{ image, name: names.indexOf(label.toLowerCase()) }] : [],
  );
  if (labelled.length === 0) return;
  const classes = new Float32Array(names.length * encoder.dim);
  for (const prompt of PROMPTS) {
    const rows = await encoder.encodeTexts(names.map((name) => toPhrase(prompt, name)));
    for (let i = 0; i < rows.length; i++) classes[i]! += rows[i]!;
  }
  const ranks = labelled.map(({ image, name }) => {
    const row = images.subarray(image * encoder.dim, (image + 1) * encoder.dim);
    const scores = names.map((_, n) => cosine(row, classes.subarray(n * encoder.dim)));
    return scores.filter((score) => score > scores[name]!).length;
  });
  const top = (k: number) => percent(ranks.filter((rank) => rank < k).length, ranks.length);
  console.log(
    `labels as text: ${names.length} names on ${labelled.length} images  top-1 ${top(1)}  top-5 ${top(5)}  top-10 ${top(10)}`,
  );
}

/** "a {}" with "apple" is "an apple". */
function toPhrase(prompt: string, name: string): string {
  return prompt.replace("a {}", /^[aeiou]/.test(name) ? "an {}" : "a {}").replace("{}", () => name);
}

/** Of `a` with the first numbers of `b`. */
function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, squares] = [0, 0];
  for (let d = 0; d < a.length; d++) {
    dot += a[d]! * b[d]!;
    squares += b[d]! ** 2;
  }
  return dot / Math.sqrt(squares || 1);
}

/** Labels that the vocabulary knows: how well `#label` ranks its images, and whether images get it predicted. */
async function concepts(): Promise<void> {
  const cache = await openFolderBlobs(mkdtempSync(join(tmpdir(), "semblance-")));
  const pool = await ScanPool.open(config.threads);
  const calibration = await readCalibration(model);
  const vocabulary = await Concepts.open(encoder, calibration, pool, cache);
  const labels = new Map<number, number[]>();
  photos.forEach(({ label }, image) => {
    const concept = label ? vocabulary.find(label) : undefined;
    if (concept !== undefined) labels.set(concept, [...(labels.get(concept) ?? []), image]);
  });
  const encodeTexts = (texts: readonly string[]) => encoder.encodeTexts(texts);
  const { dim } = encoder;
  await negation({ photos, images, dim, concepts: vocabulary, encodeTexts });
  if (labels.size === 0) return void (await pool.close());
  const precisions = [...labels].map(([concept, own]) => {
    const scores = cosines(vocabulary.embedding(concept));
    return averagePrecision(scores, own);
  });
  const labelled = [...labels].flatMap(([concept, own]) =>
    own.map((image) => ({ concept, image })),
  );
  const predicted = await Promise.all(
    labelled.map(({ image }) =>
      vocabulary.predict(images.subarray(image * encoder.dim, (image + 1) * encoder.dim)),
    ),
  );
  const hits = (k: number) =>
    predicted.filter((concepts, i) =>
      concepts.slice(0, k).some(([id]) => vocabulary.find(id) === labelled[i]!.concept),
    ).length;
  await pool.close();
  console.log(
    `concepts: ${labels.size} labels on ${labelled.length} images  mean average precision ${percent(sum(precisions), labels.size)}  (chance ${percent(labelled.length / labels.size, photos.length)})`,
  );
  console.log(
    `predicted: label among the top 1 ${percent(hits(1), labelled.length)}  top 5 ${percent(hits(5), labelled.length)}  top 20 ${percent(hits(20), labelled.length)}`,
  );
  await relevance({ photos, images, dim, calibration, concepts: vocabulary, encodeTexts });
}

function cosines(query: Float32Array): Float32Array {
  const scores = new Float32Array(photos.length);
  for (let i = 0; i < scores.length; i++) {
    let dot = 0;
    for (let d = 0; d < encoder.dim; d++) dot += query[d]! * images[i * encoder.dim + d]!;
    scores[i] = dot;
  }
  return scores;
}

function averagePrecision(scores: Float32Array, relevant: readonly number[]): number {
  const order = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!);
  let found = 0;
  return order.reduce((total, image, rank) => {
    if (!relevant.includes(image)) return total;
    found++;
    return total + found / (rank + 1) / relevant.length;
  }, 0);
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
