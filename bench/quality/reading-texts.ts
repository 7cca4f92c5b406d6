// Words that stand in pictures: concepts of the vocabulary, names of shops that nobody has, numbers.
import { readFileSync } from "node:fs";
import { parseVocabulary } from "../../src/engine/vocabulary.ts";
import type { Random } from "../../src/samples/random.ts";

const SYLLABLES =
  "ba bel cor dan el fer gor hal in jo kar lum mar nor ol pet quin ros sal tor un vel wes yar zan".split(
    " ",
  );
const ENDINGS = "ia ano ella ini ova ley ford mann sen ton".split(" ");
const TRADES =
  "Café,Bakery,& Sons,Hotel,Books,Market,Bar,Garage,Pharmacy,Bäckerei,Épicerie,Peluquería".split(
    ",",
  );

/** What one picture says: one or two lines of 1 to 4 words together. */
export function drawText(random: Random): readonly string[] {
  const words = Array.from({ length: Math.floor(random.between(1, 3)) }, () => drawPart(random));
  return words.map((word) => (random.isTrue(0.3) ? word.toUpperCase() : word));
}

// One or two words, without what is in brackets.
function drawPart(random: Random): string {
  const kind = random.between(0, 1);
  if (kind < 0.45) return random.pick(CONCEPTS);
  if (kind < 0.75) return shopName(random);
  return drawNumber(random);
}

const CONCEPTS = parseVocabulary(
  readFileSync(new URL("../../src/engine/vocabulary/concepts.txt", import.meta.url), "utf8"),
)
  .map(({ name }) => name)
  .filter((name) => /^[a-z]{4,12}( [a-z]{2,12})?$/.test(name));

function shopName(random: Random): string {
  const stem = random.pick(SYLLABLES) + random.pick(SYLLABLES) + random.pick(ENDINGS);
  const name = stem.slice(0, 1).toUpperCase() + stem.slice(1);
  return random.isTrue(0.5) ? `${name} ${random.pick(TRADES)}` : name;
}

function drawNumber(random: Random): string {
  const digits = (count: number) =>
    Array.from({ length: count }, () => Math.floor(random.between(0, 10))).join("");
  return random.pick([
    `No. ${digits(3)}`,
    `${digits(2)}.${digits(2)}`,
    `Tel. ${digits(3)}-${digits(4)}`,
    `${digits(1)}5 km`,
    `${random.pick(SYLLABLES).toUpperCase()} ${digits(4)}`,
  ]);
}
