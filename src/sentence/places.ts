// "snow in New York", "near Paris, Texas", "photos from Japan" -> a place. Only behind words that say where, and only where the
// name ends there: "turkey sandwich", "in bed", "in a Paris café" and "in Chicago Bulls shirts" are none.
import { type Gazetteer, type Known, middleOf, type Place, toKey } from "./gazetteer.ts";
import { PICTURES } from "./pictures.ts";
import { isPunctuation, phraseAt, type Span, toPhrases, type Word } from "./words.ts";

/** The place of a sentence. `edges`: words where something else begins that is read. */
export type FindPlace = (
  words: readonly Word[],
  edges: ReadonlySet<number>,
) => (Span & { readonly place: Place }) | undefined;

const WHERE = toPhrases(
  [
    ...["in", "near", "nearby", "close to", "around", "in and around", "outside", "outside of"],
    ...["not far from", "somewhere in", "in the city of", "in downtown", "in central", "across"],
    ...["throughout", "all over", "from"],
  ].map((phrase) => [phrase, phrase]),
);
const TAKEN = new Set(["taken", "shot", "photographed", "pictured"]);
/** Go on behind a name of a place. Anything else may belong to the name. */
const FOLLOWING = new Set(
  "at on in by with without during from near before after since until last this over under and or but for while when where is are was were of to taken shot today yesterday through along behind between as".split(
    " ",
  ),
);
/** "Washington, D.C.", "St. Louis" */
const IN_NAMES = new Set([",", ".", "&"]);
/** Words of a name, at most. */
const LONGEST = 6;

export function placeFinder(gazetteer: Gazetteer): FindPlace {
  return (words, edges) => {
    for (let at = 0; at < words.length; at++) {
      const where = phraseAt(words, at, WHERE);
      if (!where) continue;
      const found = placeAt(words, at, at + where.length, edges, gazetteer);
      if (found && (where.value !== "from" || isOfPictures(words, at))) return found;
    }
    return undefined;
  };
}

type Named = { readonly places: readonly Known[]; readonly end: number };

function placeAt(
  words: readonly Word[],
  at: number,
  begin: number,
  edges: ReadonlySet<number>,
  gazetteer: Gazetteer,
) {
  const named = nameAt(words, begin, gazetteer);
  // "Snow In Nice" has capitals everywhere: they say nothing.
  const isTitle = at > 0 && isCapital(words[at]!);
  const isSaid = (one: Known) => one.isCommon || (isCapital(firstOf(words, begin)) && !isTitle);
  if (!named?.places.some(isSaid)) return undefined;
  const within = areaBehind(words, named.end, gazetteer);
  const end = withStop(words, within?.end ?? named.end);
  const inside = within ? named.places.filter((one) => isIn(one, within.places)) : named.places;
  const place = inside.find(isSaid) ?? (within && inside[0]);
  if (!place || !isEnd(words, end, edges) || isList(words, end, gazetteer)) return undefined;
  const start = TAKEN.has(words[at - 1]?.key ?? "") ? at - 1 : at;
  const name = within?.places[0] ? `${place.name}, ${within.places[0].name}` : place.name;
  return { start, end, place: { name, area: place.area } };
}

// The longest name that begins at word `at`, "the" before it or not.
function nameAt(words: readonly Word[], at: number, gazetteer: Gazetteer): Named | undefined {
  const first = words[at];
  if (!first) return undefined;
  if (gazetteer.hasBeginning(first.text) && (isCapital(first) || !FOLLOWING.has(first.key))) {
    for (let end = Math.min(at + LONGEST, words.length); end > at; end--) {
      const said = words.slice(at, end).map(({ text }) => text);
      const isName = said.every((word) => IN_NAMES.has(word) || !isPunctuation(word));
      // A full stop at its end is that of the sentence.
      if (!isName || IN_NAMES.has(said.at(-1)!)) continue;
      const places = gazetteer.named(toKey(said.join(" ")));
      if (places.length > 0) return { places, end };
    }
  }
  return first.key === "the" && words[at + 1]?.key !== "the"
    ? nameAt(words, at + 1, gazetteer)
    : undefined;
}

// The last full stop of "D.C." is a word of its own.
function withStop(words: readonly Word[], end: number): number {
  return words[end - 1]!.text.includes(".") && words[end]?.key === "." ? end + 1 : end;
}

// ", Texas" behind "Paris"; "Paris France".
function areaBehind(words: readonly Word[], at: number, gazetteer: Gazetteer): Named | undefined {
  const hasComma = words[at]?.key === ",";
  const begin = hasComma ? at + 1 : at;
  const named = nameAt(words, begin, gazetteer);
  if (!named) return undefined;
  const isMeant = isCapital(firstOf(words, begin));
  const places = named.places.filter(
    ({ isCity, isCommon }) => !isCity && (isMeant || (hasComma && isCommon)),
  );
  return places.length > 0 ? { places, end: named.end } : undefined;
}

function isIn(place: Known, areas: readonly Known[]): boolean {
  const { latitude, longitude } = middleOf(place.area);
  return areas.some(({ area }) => {
    if ("latitude" in area) return false;
    const isBetween = area.south <= latitude && latitude <= area.north;
    return isBetween && area.west <= longitude && longitude <= area.east;
  });
}

function isEnd(words: readonly Word[], at: number, edges: ReadonlySet<number>): boolean {
  const next = words[at];
  return !next || edges.has(at) || FOLLOWING.has(next.key) || isPunctuation(next.key);
}

// "in Paris, London and Rome": which one is not for us to say.
function isList(words: readonly Word[], at: number, gazetteer: Gazetteer): boolean {
  let begin = at;
  while ([",", "and", "or", "&", "/"].includes(words[begin]?.key ?? "")) begin++;
  const isListed = begin > at && nameAt(words, begin, gazetteer) !== undefined;
  return isListed && isCapital(words[begin]!);
}

// "photos from Japan" were taken there; a man from Japan may be anywhere.
function isOfPictures(words: readonly Word[], at: number): boolean {
  const before = words[at - 1]?.key ?? "";
  return at === 0 || PICTURES.has(before) || TAKEN.has(before);
}

function firstOf(words: readonly Word[], at: number): Word | undefined {
  return words[at]?.key === "the" ? words[at + 1] : words[at];
}

function isCapital(word: Word | undefined): boolean {
  return /^\p{Lu}/u.test(word?.text ?? "");
}
