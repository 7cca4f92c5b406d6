// A picture and a word together, against what several people wrote about each photograph: of the first ten, how many show what the
// word says and something that the picture shows, too.

import type { Rank } from "../../src/engine/query.ts";
import { createRandom } from "../../src/samples/random.ts";
import type { Evaluated } from "./evaluated.ts";
import { countNames } from "./named.ts";
import { mean } from "./ranking.ts";
import type { Report } from "./report.ts";

const FIRST = 10;
const CAPTIONS_MIN = 3;
/** Photographs that show what a word says, for one that is worth asking for. */
const SHOWN_MIN = 8;
/** Photographs that answer a query at least. */
const ANSWERS_MIN = 3;
const QUERIES = 300;
const SEED = 6;

type Query = {
  readonly image: number;
  readonly word: string;
  readonly good: ReadonlySet<number>;
};

export async function combined(evaluated: Evaluated, report: Report): Promise<void> {
  const queries = drawQueries(evaluated);
  if (queries.length === 0) return;
  const collection = await evaluated.collection(() => ({ name: "" }));
  const ways: Readonly<Record<string, (query: Query) => readonly Rank[]>> = {
    "picture and word": (query) => [pictureOf(query), wordOf(query)],
    "word alone": (query) => [wordOf(query)],
    "picture alone": (query) => [pictureOf(query)],
  };
  report.count("combined", "queries", queries.length);
  for (const [name, ranksOf] of Object.entries(ways)) {
    const shares: number[] = [];
    for (const query of queries) {
      const { order } = await collection.rank(ranksOf(query), FIRST + 1);
      const others = order.filter((i) => i !== query.image).slice(0, FIRST);
      shares.push(others.filter((i) => query.good.has(i)).length / FIRST);
    }
    report.share("combined", `${name}: both shown among the first ${FIRST}`, mean(shares));
  }
}

const pictureOf = ({ image }: Query): Rank => ({
  kind: "input",
  inputId: String(image),
  weight: 1,
});
const wordOf = ({ word }: Query): Rank => ({ kind: "concept", concept: word, weight: 1 });

function drawQueries({ photos, concepts }: Evaluated): readonly Query[] {
  const random = createRandom(SEED);
  const shown = photos.map(({ captions }) =>
    captions.length < CAPTIONS_MIN
      ? []
      : [...countNames(captions, concepts)].flatMap(([name, count]) => (count >= 2 ? [name] : [])),
  );
  const told = shown.flatMap((names, i) => (names.length > 0 ? [i] : []));
  const photosWith = new Map<string, number[]>();
  for (const i of told)
    for (const name of shown[i]!) photosWith.set(name, [...(photosWith.get(name) ?? []), i]);
  const words = [...photosWith].flatMap(([word, some]) => (some.length >= SHOWN_MIN ? [word] : []));
  if (words.length < 2) return [];
  const queries: Query[] = [];
  for (let tries = 0; tries < QUERIES * 100 && queries.length < QUERIES; tries++) {
    const image = random.pick(told);
    const word = random.pick(words);
    if (shown[image]!.includes(word)) continue;
    const own = new Set(shown[image]);
    const answers = photosWith.get(word)!.filter((i) => shown[i]!.some((name) => own.has(name)));
    if (answers.length >= ANSWERS_MIN) queries.push({ image, word, good: new Set(answers) });
  }
  return queries;
}
