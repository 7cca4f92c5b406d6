// "3 dogs", "two old people", "at least five boats" -> how many of what. "One World Trade Center", "platform 9", "two years"
// and "three piece suits" count nothing that can be seen.
import { isPlural } from "./nouns.ts";
import { type Amount, type HowMany, howMany } from "./numbers.ts";
import type { Span, Word } from "./words.ts";

/** `noun`: as it was said, in lower case; `text`: all words of it. */
export type Count = Amount & { readonly noun: string; readonly text: string };

/** Between a number and its noun. */
const ADJECTIVES_MOST = 2;
/** A number behind these is a name, a part of one, or an amount of money. */
const NUMBERED = new Set(
  "number no room platform gate track highway route channel chapter terminal size type top page level part day week war episode apollo iphone ipad galaxy pixel windows android version line lane street avenue pier studio area district figure fig catch formula vitamin mark agent boeing airbus covid under world x $ € £ # % +".split(
    " ",
  ),
);
/** What is measured is no thing, and neither is what numbers are a part of the name of. */
const UNITS = new Set(
  "year hour minute second day week month decade century centuries mile meter metre kilometer kilometre centimeter centimetre millimeter millimetre inch inches foot feet degree percent euro dollar pound cent star time kilogram kilo gram liter litre story stories storey season night point pixel megapixel dimension gallon ounce yard acre watt volt amp gear speed way thing other row kind side quarter half halves third fifth horsepower mm cm km m kg g mb gb tb mp px hz mph kmh k p x d o am pm ft lb lbs oz ml l eleven up".split(
    " ",
  ),
);
/** "4 doors" are, "4 door cars" are not counted. */
const PARTS = new Set(
  "piece pack door seat wheel leaf course lane tier bedroom bathroom room ply player page card string man person".split(
    " ",
  ),
);
const BREAKS = new Set(
  "of the and or in on at by with from to for a an as is are than while who which that".split(" "),
);
/** With "a pair of" before them they are one. */
const PAIRED = new Set(
  "glasses sunglasses scissors jeans pants trousers shorts headphones tights goggles binoculars".split(
    " ",
  ),
);
/** What one can be asked for, as nothing shows that the word is a noun: what detectors find. */
const COUNTED_ALONE = new Set(
  "person man woman child boy girl baby kid dog cat horse cow sheep bird bear elephant zebra giraffe duck boat ship car bus truck train bicycle bike motorcycle airplane plane tree flower apple banana orange cake pizza chair table bed couch sofa clock vase book cup bottle glass fork knife spoon bowl laptop phone keyboard umbrella bag suitcase ball kite skateboard surfboard house balloon candle lamp".split(
    " ",
  ),
);

export type FindCounts = typeof findCounts;

/** What a sentence counts, in its order. */
export function findCounts(words: readonly Word[]): readonly (Count & Span)[] {
  const found: (Count & Span)[] = [];
  for (let at = 0; at < words.length; at++) {
    const count = countAt(words, at);
    if (!count) continue;
    found.push(count);
    at = count.end - 1;
  }
  return found;
}

function countAt(words: readonly Word[], at: number): (Count & Span) | undefined {
  const many = howMany(words, at);
  if (!many || isName(words, at, many)) return undefined;
  const begin = at + many.length;
  const end = nounEnd(words, begin, many);
  if (end === undefined) return undefined;
  const said = words.slice(at, end);
  const { least, most } = many;
  const text = said.map((word) => word.text).join(" ");
  return { start: at, end, noun: said.at(-1)!.key, least, most, text };
}

/** Behind the noun that is counted. */
function nounEnd(words: readonly Word[], begin: number, many: HowMany): number | undefined {
  const last = Math.min(begin + ADJECTIVES_MOST, words.length - 1);
  for (let at = begin; at <= last; at++) {
    const { key } = words[at]!;
    if (!/^\p{L}/u.test(key) || BREAKS.has(key) || isUnit(key)) return undefined;
    if (many.most !== 1 && PARTS.has(key)) return undefined;
    if (!isNoun(words, at, many)) continue;
    // "two horse carriages", "three apples trees": the last of several nouns is counted.
    const goesOn = at < last && isNoun(words, at + 1, many);
    if (!goesOn) return many.length > 2 && PAIRED.has(key) ? undefined : at + 1;
  }
  return undefined;
}

function isNoun(words: readonly Word[], at: number, { most }: HowMany): boolean {
  const { key } = words[at]!;
  if (most !== 1) return isPlural(key);
  if (!COUNTED_ALONE.has(key)) return false;
  // "one man show", "one bird in a tree"
  const next = words[at + 1]?.key;
  return next === undefined || BREAKS.has(next) || /^[^\p{L}]|ing$/u.test(next);
}

function isUnit(key: string): boolean {
  return UNITS.has(key) || (key.endsWith("s") && UNITS.has(key.slice(0, -1)));
}

// "Boeing 74", "windows 10", "Three Kings", "The Seven Sisters", "One World".
function isName(words: readonly Word[], at: number, { length }: HowMany): boolean {
  const [before, number, next] = [words[at - 1], words[at]!.text, words[at + length]];
  if (before && (NUMBERED.has(before.key) || /^\d/.test(before.key))) return true;
  if (isCapital(number)) return at > 0 || isCapital(next?.text);
  // A sentence begins with a capital, too.
  return /^\d/.test(number) && before !== undefined && at > 1 && isCapital(before.text);
}

function isCapital(text = ""): boolean {
  return /^\p{Lu}/u.test(text);
}
