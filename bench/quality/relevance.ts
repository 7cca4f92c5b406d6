// Where the search says that good matches end, against labels and captions: for each kind of query its precision, recall and F1
// (means over the queries), beside those of the best flat cosine in hindsight, which nobody knows beforehand. And how often it
// finds nothing: for captions of what is not there, and for those of what is.
import type { Rank } from "../../src/engine/query.ts";
import { ABSENT, ABSENT_SENTENCES } from "./absent.ts";
import type { Collection, Evaluated } from "./evaluated.ts";
import { cosinesWith, mean } from "./ranking.ts";
import type { Report } from "./report.ts";

/** Images of one label that make it worth searching by one of them. */
const LABEL_MIN = 3;

/** `vector`: of the query alone; `good`: photos that it should find; `self`: the photo that is the query. */
type Query = {
  readonly rank: Rank;
  readonly vector: Float32Array;
  readonly good: ReadonlySet<number>;
  readonly self?: number;
};
type Quality = { readonly precision: number; readonly recall: number; readonly f1: number };

export async function relevance(evaluated: Evaluated, report: Report): Promise<void> {
  const collection = await evaluated.collection(() => ({ name: "" }));
  const labels = [...new Set(evaluated.photos.map(({ label }) => label))].filter(Boolean);
  const kinds = {
    concept: conceptQueries(evaluated, labels),
    "label as text": await textQueries(evaluated, labels),
    caption: await captionQueries(evaluated),
    image: imageQueries(evaluated),
  };
  for (const [kind, queries] of Object.entries(kinds)) {
    if (queries.length > 0) await tell(evaluated, report, collection, kind, queries);
  }
  for (const [name, texts] of Object.entries({ captions: ABSENT, sentences: ABSENT_SENTENCES })) {
    const found = await Promise.all(texts.map((text) => collection.rank(textRank(text))));
    const none = found.map(({ relevant }) => (relevant === 0 ? 1 : 0));
    report.share("no answer", `${name} of what is not there: nothing is found`, mean(none));
  }
}

async function tell(
  { images }: Evaluated,
  report: Report,
  collection: Collection,
  kind: string,
  queries: readonly Query[],
): Promise<void> {
  const ours: Quality[] = [];
  let nothing = 0;
  for (const query of queries) {
    const { order, relevant } = await collection.rank(query.rank);
    if (relevant === 0) nothing++;
    ours.push(qualityOf(query, order.slice(0, relevant)));
  }
  const cosines = queries.map(({ vector }) => cosinesWith(images, vector));
  const flats = Array.from({ length: 100 }, (_, i) => i / 100).map((flat) =>
    meanOf(queries.map((query, i) => qualityOf(query, above(cosines[i]!, flat)))),
  );
  const best = flats.reduce((a, b) => (b.f1 > a.f1 ? b : a));
  const { precision, recall, f1 } = meanOf(ours);
  report.count("relevance", `${kind}: queries`, queries.length);
  report.ratio("relevance", `${kind}: precision`, precision);
  report.ratio("relevance", `${kind}: recall`, recall);
  report.ratio("relevance", `${kind}: F1`, f1);
  report.ratio("relevance", `${kind}: F1 of the best flat cosine in hindsight`, best.f1);
  report.share("relevance", `${kind}: nothing is found`, nothing / queries.length, "lower");
}

function conceptQueries({ concepts, labels: known }: Evaluated, labels: readonly string[]) {
  const found = labels.flatMap((label) => concepts.find(label) ?? []);
  return [...new Set(found)].map(
    (index): Query => ({
      rank: { kind: "concept", concept: concepts.at(index).id, weight: 1 },
      vector: concepts.embedding(index),
      good: known.get(index)!,
    }),
  );
}

async function textQueries({ photos, encodeTexts, dim }: Evaluated, labels: readonly string[]) {
  const texts = labels.map((label) => `a photo of a ${label}`);
  const vectors = await encodeTexts(texts);
  return labels.map(
    (label, i): Query => ({
      rank: textRank(texts[i]!),
      vector: vectors.subarray(i * dim, (i + 1) * dim),
      good: new Set(photos.flatMap((photo, image) => (photo.label === label ? [image] : []))),
    }),
  );
}

// A caption is about one image and true of others, so that its precision says little.
async function captionQueries({ photos, dim, encodeTexts }: Evaluated) {
  const pairs = photos.flatMap(({ captions }, image) =>
    captions.map((caption) => ({ caption, image })),
  );
  const vectors = await encodeTexts(pairs.map(({ caption }) => caption));
  return pairs.map(
    ({ caption, image }, i): Query => ({
      rank: textRank(caption),
      vector: vectors.subarray(i * dim, (i + 1) * dim),
      good: new Set([image]),
    }),
  );
}

// Of its own label, without itself: that one is always found.
function imageQueries({ photos, images, dim }: Evaluated): readonly Query[] {
  return photos.flatMap(({ label }, image): Query[] => {
    const alike = photos.flatMap((other, i) => (other.label === label ? [i] : []));
    if (label === "" || alike.length < LABEL_MIN) return [];
    return [
      {
        rank: { kind: "input", inputId: String(image), weight: 1 },
        vector: images.subarray(image * dim, (image + 1) * dim),
        good: new Set(alike.filter((i) => i !== image)),
        self: image,
      },
    ];
  });
}

function textRank(text: string): Rank {
  return { kind: "text", text, weight: 1 };
}

function above(cosines: Float32Array, flat: number): readonly number[] {
  return [...cosines.keys()].filter((i) => cosines[i]! >= flat);
}

// Nothing found has no precision: 0, as nothing found where something is has no F1.
function qualityOf({ good, self }: Query, found: readonly number[]): Quality {
  const others = found.filter((image) => image !== self);
  const right = others.filter((image) => good.has(image)).length;
  const precision = others.length === 0 ? 0 : right / others.length;
  const recall = right / good.size;
  const f1 = right === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f1 };
}

function meanOf(each: readonly Quality[]): Quality {
  return {
    precision: mean(each.map(({ precision }) => precision)),
    recall: mean(each.map(({ recall }) => recall)),
    f1: mean(each.map(({ f1 }) => f1)),
  };
}
