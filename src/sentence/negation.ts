// "beach without people", "a street but no cars" -> what is not wanted. "no parking sign" and "Doctors Without Borders" are
// names of what is wanted.

import { isPlural } from "./nouns.ts";
import { isPhrase, phraseAt, type Span, toPhrases, type Word } from "./words.ts";

export type Avoided = Span & { readonly text: string };

const TRIGGERS = toPhrases(
  [
    "where there are no",
    "where there is no",
    "there are no",
    "there is no",
    "that has no",
    "that have no",
    "with not a",
    "that is not a",
    "that is not",
    "that are not",
    "except for",
    "with no",
    "with nobody",
    "but without",
    "and without",
    "but not",
    "and not",
    "but no",
    "and no",
    "without",
    "excluding",
    "except",
    "w/o",
    "not a",
    "not an",
    "not the",
    "not any",
    "no one",
    "nobody",
    "no",
  ].map((phrase) => [phrase, phrase]),
);
const PEOPLE = new Set(["with nobody", "nobody", "no one"]);
const DETERMINERS = new Set(["a", "an", "any", "the", "some", "more", "single", "other"]);
const STOPS = new Set(
  "in on at by near with from under over during behind beside beneath next to into through for before after while against across along around inside outside but without where when who which that is are was were taken shot".split(
    " ",
  ),
);
const JOINS = new Set(["or", "nor", "and", ","]);
/** With "no" before them they are words on signs and other set phrases. */
const NO_NAMES = new Set(
  "parking entry smoking trespassing swimming fishing diving exit vacancy photography stopping u-turn man's limit limits way brainer filter doubt problem idea comment admittance access littering loitering dumping cycling overtaking pun thanks name place time matter reason step war new longer".split(
    " ",
  ),
);
const WITHOUT_NAMES = new Set([
  "doubt",
  "borders",
  "cause",
  "words",
  "limits",
  "end",
  "question",
  "fail",
  "fear",
]);
const SIGNS = new Set(["sign", "signs", "sticker", "symbol", "logo", "poster", "label", "notice"]);
/** Words of what is not wanted, at most. */
const LONGEST = 4;

/** What a sentence does not want, in its order. */
export function findAvoided(words: readonly Word[]): readonly Avoided[] {
  const found: Avoided[] = [];
  for (let at = 0; at < words.length; at++) {
    const avoided = avoidedAt(words, at);
    if (avoided.length === 0) continue;
    found.push(...avoided);
    at = avoided.at(-1)!.end - 1;
  }
  return found;
}

function avoidedAt(words: readonly Word[], at: number): readonly Avoided[] {
  const found = phraseAt(words, at, TRIGGERS);
  if (!found) return [];
  const { value: trigger, length } = found;
  const begin = at + length;
  if (isCount(words, begin)) return [];
  if (PEOPLE.has(trigger)) return [{ start: at, end: begin, text: "people" }];
  const first = avoidedWordsAt(words, begin);
  if (!first || isName(trigger, words, at, begin, first.end)) return [];
  const all = [{ ...first, start: at }];
  for (let next = followingAt(words, first.end); next; next = followingAt(words, next.end)) {
    all.push(next);
  }
  return all;
}

// "cars or people", "cars, people and bikes"; "cars and a dog" wants the dog.
function followingAt(words: readonly Word[], at: number): Avoided | undefined {
  let begin = at;
  while (JOINS.has(words[begin]?.key ?? "")) begin++;
  if (begin === at) return undefined;
  const isOr = words.slice(at, begin).some(({ key }) => key === "or" || key === "nor");
  const isBare = !DETERMINERS.has(words[begin]?.key ?? "");
  const phrase = isOr || isBare ? avoidedWordsAt(words, begin) : undefined;
  const isMany = isPlural(phrase?.text.split(" ").at(-1)?.toLowerCase() ?? "");
  // "or" goes on with any word; "and" or a comma may begin anything, and goes on with plurals alone.
  return phrase && (isOr || isMany) ? { ...phrase, start: at } : undefined;
}

function avoidedWordsAt(words: readonly Word[], from: number): Avoided | undefined {
  let start = from;
  while (DETERMINERS.has(words[start]?.key ?? "")) start++;
  let end = start;
  while (end < words.length && end - start < LONGEST && isInPhrase(words[end]!)) end++;
  if (end === start) return undefined;
  const text = words
    .slice(start, end)
    .map((word) => word.text)
    .join(" ");
  return { start, end, text };
}

function isInPhrase({ key }: Word): boolean {
  return /^[\p{L}\p{N}]/u.test(key) && !STOPS.has(key) && !JOINS.has(key);
}

// "no more than two dogs"
function isCount(words: readonly Word[], at: number): boolean {
  return ["more", "less", "fewer"].some((word) => isPhrase(words, at, `${word} than`));
}

function isName(
  trigger: string,
  words: readonly Word[],
  at: number,
  begin: number,
  end: number,
): boolean {
  const [first, last] = [words[begin]!, words[end - 1]!];
  // "No Country for Old Men", "Life Without Fear": names are written with capitals.
  const isTitle = /^\p{Lu}/u.test(words[at]!.text) && /^\p{Lu}/u.test(first.text);
  if (isTitle || SIGNS.has(last.key)) return true;
  if (trigger === "no") return NO_NAMES.has(first.key) || SIGNS.has(words[end]?.key ?? "");
  return trigger === "without" && WITHOUT_NAMES.has(last.key);
}
