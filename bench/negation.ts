// Captions that say what they do not want, against what several people wrote about each photograph: "dog without person".
// Of the first ten pictures, how many show the one and not the other, and how many show what was not wanted.
import type { Concepts } from "../src/engine/concepts.ts";
import { combine } from "../src/engine/rank.ts";
import { AVOIDED_WEIGHT, understand } from "../src/sentence/sentence.ts";
import type { Photo } from "./photos.ts";

/** Pictures that show both, and that show the one alone. */
const EACH_MIN = 8;
/** Pictures that show something worth asking for. */
const SHOWN_MIN = 25;
const CAPTIONS_MIN = 3;
const FIRST = 10;

type Encoded = {
  readonly photos: readonly Photo[];
  /** [photos, dim] f32, unit rows. */
  readonly images: Float32Array;
  readonly dim: number;
  readonly concepts: Pick<Concepts, "find" | "at">;
  encodeTexts(texts: readonly string[]): Promise<Float32Array>;
};
/** `wanted`: photographs with the one and without the other; `unsure`: one caption alone names the other. */
type Pair = {
  readonly shown: string;
  readonly avoided: string;
  readonly wanted: ReadonlySet<number>;
  readonly unwanted: ReadonlySet<number>;
  readonly unsure: ReadonlySet<number>;
};

export async function negation(encoded: Encoded): Promise<void> {
  const pairs = findPairs(encoded);
  if (pairs.length === 0) return;
  const sentences = pairs.map(({ shown, avoided }) => `${shown} without ${avoided}`);
  const understood = sentences.map((text) => understand(text, new Date()));
  const one = async (texts: readonly string[]) => {
    const rows = await encoded.encodeTexts(texts);
    return texts.map((_, i) => rows.slice(i * encoded.dim, (i + 1) * encoded.dim));
  };
  const captions = await one(understood.map(({ caption }) => caption));
  const avoided = await one(understood.map(({ avoided }) => avoided[0] as string));
  const both = captions.map((vector, i) =>
    combine([
      { vector, weight: 1 },
      { vector: avoided[i]!, weight: AVOIDED_WEIGHT },
    ]),
  );
  const ways = {
    understood: both,
    "the words left out": captions,
    "as a sentence": await one(sentences),
  };
  for (const [name, vectors] of Object.entries(ways)) {
    const { wanted, unwanted } = measure(encoded, pairs, vectors);
    console.log(
      `negation, ${name}: ${pairs.length} captions  wanted ${percent(wanted)}  unwanted ${percent(unwanted)} of the first ${FIRST}`,
    );
  }
}

function findPairs({ photos, concepts }: Encoded): readonly Pair[] {
  const counts = photos.map(({ captions }) => countNames(captions, concepts));
  const told = photos.flatMap(({ captions }, i) => (captions.length >= CAPTIONS_MIN ? [i] : []));
  const withName = (name: string) => told.filter((i) => (counts[i]!.get(name) ?? 0) >= 2);
  const names = [...new Set(counts.flatMap((count) => [...count.keys()]))].filter(
    (name) => withName(name).length >= SHOWN_MIN,
  );
  return names.flatMap((shown) =>
    names.flatMap((avoided): Pair[] => {
      const showing = withName(shown);
      const wanted = showing.filter((i) => !counts[i]!.has(avoided));
      const both = showing.filter((i) => (counts[i]!.get(avoided) ?? 0) >= 2);
      if (shown === avoided || wanted.length < EACH_MIN || both.length < EACH_MIN) return [];
      const unsure = told.filter((i) => counts[i]!.get(avoided) === 1);
      const sets = [wanted, withName(avoided), unsure].map((some) => new Set(some));
      return [{ shown, avoided, wanted: sets[0]!, unwanted: sets[1]!, unsure: sets[2]! }];
    }),
  );
}

/** Names of concepts in captions, and how many of the captions have each. */
function countNames(
  captions: readonly string[],
  concepts: Encoded["concepts"],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const caption of captions) {
    const words = caption.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
    const found = words.map((word) => concepts.find(word) ?? concepts.find(word.replace(/s$/, "")));
    for (const index of new Set(found)) {
      if (index === undefined) continue;
      const { name } = concepts.at(index);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return counts;
}

function measure(
  { photos, images, dim }: Encoded,
  pairs: readonly Pair[],
  vectors: readonly Float32Array[],
) {
  const shares = pairs.map(({ wanted, unwanted, unsure }, p) => {
    const scores = photos.map((_, i) => dot(images, i * dim, vectors[p]!));
    const first = [...scores.keys()]
      .filter((i) => !unsure.has(i))
      .sort((a, b) => scores[b]! - scores[a]!)
      .slice(0, FIRST);
    const share = (some: ReadonlySet<number>) => first.filter((i) => some.has(i)).length / FIRST;
    return { wanted: share(wanted), unwanted: share(unwanted) };
  });
  const mean = (of: "wanted" | "unwanted") =>
    shares.reduce((sum, share) => sum + share[of], 0) / shares.length;
  return { wanted: mean("wanted"), unwanted: mean("unwanted") };
}

function dot(images: Float32Array, at: number, query: Float32Array): number {
  let sum = 0;
  for (let d = 0; d < query.length; d++) sum += images[at + d]! * query[d]!;
  return sum;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
