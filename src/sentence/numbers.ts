// "3", "three", "a pair of", "at least two", "2 or 3" -> how many.
import { isPhrase, phraseAt, toPhrases, type Word } from "./words.ts";

/** `most` undefined: or more. */
export type Amount = { readonly least: number; readonly most: number | undefined };

/** `length`: how many words say so. */
export type HowMany = Amount & { readonly length: number };

const NAMES = new Map(
  "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
    .split(" ")
    .map((name, i) => [name, i + 1]),
);
/** Greater numbers are names ("Boeing 747") or are not counted by anybody. */
const MOST = 99;
const PHRASES = toPhrases<number>([
  ["half a dozen", 6],
  ["a dozen", 12],
  ["a couple of", 2],
  ["a pair of", 2],
  ["a trio of", 3],
  ["a single", 1],
]);
const BOUNDS = toPhrases<(count: number) => Amount>([
  ["at least", (count) => ({ least: count, most: undefined })],
  ["no fewer than", (count) => ({ least: count, most: undefined })],
  ["no less than", (count) => ({ least: count, most: undefined })],
  ["no more than", (count) => ({ least: 0, most: count })],
  ["not more than", (count) => ({ least: 0, most: count })],
  ["more than", (count) => ({ least: count + 1, most: undefined })],
  ["at most", (count) => ({ least: 0, most: count })],
  ["up to", (count) => ({ least: 0, most: count })],
  ["fewer than", (count) => ({ least: 0, most: count - 1 })],
  ["less than", (count) => ({ least: 0, most: count - 1 })],
  ["exactly", (count) => ({ least: count, most: count })],
  ["only", (count) => ({ least: count, most: count })],
  ["just", (count) => ({ least: count, most: count })],
]);

/** What is said at word `at`, from 0 to 99. */
export function howMany(words: readonly Word[], at: number): HowMany | undefined {
  const bound = phraseAt(words, at, BOUNDS);
  if (!bound) return rangeAt(words, at) ?? openAt(words, at);
  const { value: toAmount, length } = bound;
  const said = numberAt(words, at + length);
  return said && { ...toAmount(said.value), length: length + said.length };
}

// "3", "3 or more"
function openAt(words: readonly Word[], at: number): HowMany | undefined {
  const said = numberAt(words, at);
  if (!said) return undefined;
  const { value, length } = said;
  return isPhrase(words, at + length, "or more")
    ? { least: value, most: undefined, length: length + 2 }
    : { least: value, most: value, length };
}

// "2 or 3", "two to four", "between two and four", "2-3"
function rangeAt(words: readonly Word[], at: number): HowMany | undefined {
  const [, from, to] = /^(\d\d?)[-–](\d\d?)$/.exec(words[at]?.key ?? "") ?? [];
  if (from !== undefined) return range(Number(from), Number(to), 1);
  const isBetween = words[at]?.key === "between";
  const begin = isBetween ? at + 1 : at;
  const first = numberAt(words, begin);
  const join = first && words[begin + first.length]?.key;
  if (!first || !(isBetween ? ["and"] : ["or", "to", "-", "–"]).includes(join ?? "")) {
    return undefined;
  }
  const second = numberAt(words, begin + first.length + 1);
  return second && range(first.value, second.value, begin - at + first.length + 1 + second.length);
}

function range(least: number, most: number, length: number): HowMany | undefined {
  return least < most ? { least, most, length } : undefined;
}

function numberAt(words: readonly Word[], at: number) {
  const phrase = phraseAt(words, at, PHRASES);
  if (phrase) return phrase;
  const key = words[at]?.key ?? "";
  const value = /^[1-9]\d?$/.test(key) ? Number(key) : (NAMES.get(key) ?? 0);
  if (value < 1) return undefined;
  const isDozens = words[at + 1]?.key === "dozen" && 12 * value <= MOST;
  return isDozens ? { value: 12 * value, length: 2 } : { value, length: 1 };
}
