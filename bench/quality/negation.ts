// Captions that say what they do not want, against what several people wrote about each photograph: "dog without person".
// Of the first ten pictures, how many show the one and not the other, and how many show what was not wanted.
import { combine } from "../../src/engine/rank.ts";
import { AVOIDED_WEIGHT, understand } from "../../src/sentence/sentence.ts";
import type { Evaluated } from "./evaluated.ts";
import { mean } from "./ranking.ts";
import type { Report } from "./report.ts";

/** Pictures that show both, and that show the one alone. */
const EACH_MIN = 8;
/** Pictures that show something worth asking for. */
const SHOWN_MIN = 25;
const CAPTIONS_MIN = 3;
const FIRST = 10;

/** `wanted`: photographs with the one and without the other; `unsure`: one caption alone names the other. */
type Pair = {
  readonly shown: string;
  readonly avoided: string;
  readonly wanted: ReadonlySet<number>;
  readonly unwanted: ReadonlySet<number>;
  readonly unsure: ReadonlySet<number>;
};

export async function negation(evaluated: Evaluated, report: Report): Promise<void> {
  const pairs = findPairs(evaluated);
  if (pairs.length === 0) return;
  report.count("negation", "captions", pairs.length);
  const sentences = pairs.map(({ shown, avoided }) => `${shown} without ${avoided}`);
  const understood = sentences.map((text) => understand(text, new Date()));
  const one = async (texts: readonly string[]) => {
    const rows = await evaluated.encodeTexts(texts);
    return texts.map((_, i) => rows.slice(i * evaluated.dim, (i + 1) * evaluated.dim));
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
    const { wanted, unwanted } = measure(evaluated, pairs, vectors);
    report.share("negation", `${name}: wanted among the first ${FIRST}`, wanted);
    report.share("negation", `${name}: unwanted among the first ${FIRST}`, unwanted, "lower");
  }
}

function findPairs({ photos, concepts }: Evaluated): readonly Pair[] {
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
export function countNames(
  captions: readonly string[],
  concepts: Evaluated["concepts"],
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
  { photos, images, dim }: Evaluated,
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
  return {
    wanted: mean(shares.map((share) => share.wanted)),
    unwanted: mean(shares.map((share) => share.unwanted)),
  };
}

function dot(images: Float32Array, at: number, query: Float32Array): number {
  let sum = 0;
  for (let d = 0; d < query.length; d++) sum += images[at + d]! * query[d]!;
  return sum;
}
