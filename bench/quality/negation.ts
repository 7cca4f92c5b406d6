// Captions that say what they do not want, against what several people wrote about each photograph: "dog without person".
// Of the first ten pictures, how many show the one and not the other, and how many show what was not wanted.
import type { Rank } from "../../src/engine/query.ts";
import { AVOIDED_WEIGHT, understand } from "../../src/sentence/sentence.ts";
import type { Collection, Evaluated } from "./evaluated.ts";
import { countNames } from "./named.ts";
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
  const collection = await evaluated.collection(() => ({ name: "" }));
  const words = (text: string, weight = 1): Rank => ({ kind: "text", text, weight });
  const ways: Readonly<Record<string, (pair: Pair) => readonly Rank[]>> = {
    understood: (pair) => {
      const { caption, avoided } = understand(sentenceOf(pair), new Date());
      return [words(caption), ...avoided.map((text) => words(text, AVOIDED_WEIGHT))];
    },
    "the words left out": ({ shown }) => [words(shown)],
    "as a sentence": (pair) => [words(sentenceOf(pair))],
  };
  for (const [name, ranksOf] of Object.entries(ways)) {
    const shares = [];
    for (const pair of pairs) shares.push(await measure(collection, pair, ranksOf(pair)));
    const part = `${name}: %s among the first ${FIRST}`;
    report.share("negation", part.replace("%s", "wanted"), mean(shares.map((one) => one.wanted)));
    const unwanted = mean(shares.map((one) => one.unwanted));
    report.share("negation", part.replace("%s", "unwanted"), unwanted, "lower");
  }
}

function sentenceOf({ shown, avoided }: Pair): string {
  return `${shown} without ${avoided}`;
}

async function measure(
  collection: Collection,
  { wanted, unwanted, unsure }: Pair,
  ranks: readonly Rank[],
) {
  const { order } = await collection.rank(ranks);
  const first = order.filter((i) => !unsure.has(i)).slice(0, FIRST);
  const share = (some: ReadonlySet<number>) => first.filter((i) => some.has(i)).length / FIRST;
  return { wanted: share(wanted), unwanted: share(unwanted) };
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
