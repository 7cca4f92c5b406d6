// Where the search says that good matches end, against labels and captions: for each kind of query its precision, recall
// and F1 (means over the queries), beside those of the best flat cosine in hindsight, which nobody knows beforehand.
import type { Calibration } from "../src/engine/calibration.ts";
import type { Concepts } from "../src/engine/concepts.ts";
import { leastRelevant, type QueryKind } from "../src/engine/relevance.ts";
import type { Photo } from "./photos.ts";

/** What none of the photographs shows. */
const ABSENT = [
  "a surgeon in an operating theatre",
  "a submarine under water",
  "an astronaut on the moon",
  "a volcano erupting at night",
  "an x-ray of a hand",
  "a nuclear power plant",
  "an old map of europe",
  "bacteria under a microscope",
  "the eiffel tower at night",
  "a sewing machine",
  "a telescope in an observatory",
  "the skeleton of a dinosaur in a museum",
  "a combine harvester in a field of wheat",
  "a computer circuit board",
  "wind turbines by the sea",
  "an invoice from the dentist",
  "a bar chart of quarterly revenue",
  "equations on a blackboard",
  "northern lights above an igloo",
  "the pyramids of Giza",
] as const;
/** Images of one label that make it worth searching by one of them. */
const LABEL_MIN = 3;

export type Encoded = {
  readonly photos: readonly Photo[];
  /** [photos, dim] f32, unit rows. */
  readonly images: Float32Array;
  readonly dim: number;
  readonly calibration: Calibration;
  readonly concepts: Concepts;
  encodeTexts(texts: readonly string[]): Promise<Float32Array>;
};

/** Cosines with every image, and which images are good matches; `self`: the image that is the query. */
type Query = {
  readonly cosines: Float32Array;
  readonly good: ReadonlySet<number>;
  readonly self?: number;
};
type Quality = { readonly precision: number; readonly recall: number; readonly f1: number };

export async function relevance(encoded: Encoded): Promise<void> {
  const { photos, dim, images, calibration, concepts } = encoded;
  const labels = [...new Set(photos.map(({ label }) => label))].filter((label) => label !== "");
  const known = labels.filter((label) => concepts.find(label) !== undefined);
  const vectors = known.map((label) => concepts.embedding(concepts.find(label)!));
  const texts = await queriesOf(encoded, labels);
  const shown = photos.flatMap(({ label }, image) =>
    photos.filter((other) => label !== "" && other.label === label).length >= LABEL_MIN
      ? [imageQuery(encoded, image)]
      : [],
  );
  const limitOf = (kind: Exclude<QueryKind, "concept">) => (query: Query) =>
    leastRelevant(kind, query.cosines, calibration);
  print(
    "concept",
    vectors.map((vector, i) => labelQuery(encoded, vector, known[i]!)),
    limitOf("text"),
  );
  print("label as text", texts, limitOf("text"));
  print("caption", await captionQueries(encoded), limitOf("text"));
  print("image", shown, limitOf("image"));
  const absent = await encoded.encodeTexts(ABSENT);
  const found = ABSENT.map((_, i) => {
    const cosines = cosinesWith(images, absent.subarray(i * dim, (i + 1) * dim));
    const least = leastRelevant("text", cosines, calibration);
    return cosines.filter((cosine) => cosine >= least).length;
  });
  const none = found.filter((count) => count === 0).length;
  const mean = found.reduce((sum, count) => sum + count, 0) / found.length;
  console.log(
    `relevant for captions of what is not there: nothing in ${none} of ${found.length}, ${mean.toFixed(1)} images on average`,
  );
}

async function queriesOf(encoded: Encoded, labels: readonly string[]): Promise<readonly Query[]> {
  const texts = await encoded.encodeTexts(labels.map((label) => `a photo of a ${label}`));
  return labels.map((label, i) =>
    labelQuery(encoded, texts.subarray(i * encoded.dim, (i + 1) * encoded.dim), label),
  );
}

function labelQuery({ photos, images }: Encoded, vector: Float32Array, label: string): Query {
  const own = photos.flatMap((photo, image) => (photo.label === label ? [image] : []));
  return { cosines: cosinesWith(images, vector), good: new Set(own) };
}

// A caption is about one image and true of others, so that its precision says little.
async function captionQueries({ photos, images, dim, encodeTexts }: Encoded) {
  const pairs = photos.flatMap(({ captions }, image) =>
    captions.map((caption) => ({ caption, image })),
  );
  const texts = await encodeTexts(pairs.map(({ caption }) => caption));
  return pairs.map(({ image }, i): Query => {
    const cosines = cosinesWith(images, texts.subarray(i * dim, (i + 1) * dim));
    return { cosines, good: new Set([image]) };
  });
}

// Of its own label, without itself: that one is always found.
function imageQuery({ photos, images, dim }: Encoded, image: number): Query {
  const { label } = photos[image]!;
  const good = photos.flatMap((other, i) => (other.label === label && i !== image ? [i] : []));
  const cosines = cosinesWith(images, images.subarray(image * dim, (image + 1) * dim));
  return { cosines, good: new Set(good), self: image };
}

function print(kind: string, queries: readonly Query[], leastOf: (query: Query) => number): void {
  const ours = measure(queries, leastOf);
  const flats = Array.from({ length: 100 }, (_, i) => i / 100);
  const best = flats
    .map((flat) => ({ flat, ...measure(queries, () => flat) }))
    .reduce((a, b) => (b.f1 > a.f1 ? b : a));
  console.log(
    `relevant, ${kind}: ${queries.length} queries  ${toText(ours)}  (best flat cosine, ${best.flat}: ${toText(best)})`,
  );
}

function measure(queries: readonly Query[], leastOf: (query: Query) => number): Quality {
  const each = queries.map((query) => qualityOf(query, leastOf(query)));
  const mean = (of: (one: Quality) => number) =>
    each.reduce((sum, one) => sum + of(one), 0) / each.length;
  return {
    precision: mean(({ precision }) => precision),
    recall: mean(({ recall }) => recall),
    f1: mean(({ f1 }) => f1),
  };
}

// Nothing found has no precision: 0, as nothing found where something is has no F1.
function qualityOf({ cosines, good, self }: Query, least: number): Quality {
  let [found, right] = [0, 0];
  cosines.forEach((cosine, image) => {
    if (cosine < least || image === self) return;
    found++;
    if (good.has(image)) right++;
  });
  const precision = found === 0 ? 0 : right / found;
  const recall = right / good.size;
  const f1 = right === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f1 };
}

function toText({ precision, recall, f1 }: Quality): string {
  return `precision ${precision.toFixed(3)} recall ${recall.toFixed(3)} F1 ${f1.toFixed(3)}`;
}

function cosinesWith(images: Float32Array, query: Float32Array): Float32Array {
  const cosines = new Float32Array(images.length / query.length);
  for (let i = 0; i < cosines.length; i++) {
    let dot = 0;
    for (let d = 0; d < query.length; d++) dot += query[d]! * images[i * query.length + d]!;
    cosines[i] = dot;
  }
  return cosines;
}
