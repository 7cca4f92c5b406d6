// "mostly blue", "red photos of flowers" -> colours; "mountain panorama", "in square format" -> shapes. "a red car", "black and
// white photos" and "a portrait of a man" say nothing about the picture's colours and shape.
import { COLOURS, type Colour, type PictureShape } from "../picture-words.ts";
import { PICTURES } from "./pictures.ts";
import { isFree, isPunctuation, phraseAt, type Span, toPhrases, type Word } from "./words.ts";

export type Looks = {
  readonly colours: readonly Colour[];
  readonly shapes: readonly PictureShape[];
  readonly spans: readonly Span[];
};

type Found = Span & {
  readonly colours?: readonly Colour[];
  readonly shapes?: readonly PictureShape[];
};

const COLOUR_NAMES = new Map<string, Colour>([
  ...COLOURS.map((name) => [name, name] as const),
  ["gray", "grey"],
]);
const MOSTLY = new Set(["mostly", "mainly", "predominantly", "primarily"]);
const FORMATS = new Set(["format", "orientation"]);
const SHAPES = new Map<string, PictureShape>([
  ["landscape", "landscape"],
  ["horizontal", "landscape"],
  ["portrait", "portrait"],
  ["vertical", "portrait"],
  ["upright", "portrait"],
  ["square", "square"],
  ["panorama", "panorama"],
  ["panoramic", "panorama"],
]);
/** "portrait photos" and "landscape pictures" are of people and of nature. */
const GENRES = new Set(["portrait", "landscape"]);
/** Before what all pictures that are looked for are like. */
const BEGINNINGS = toPhrases(
  ["a", "an", "the", "all", "my", "some", "only", "find", "show me", "all my", "all the"].map(
    (phrase) => [phrase, phrase],
  ),
);
/** Behind it. "a red picture on a wall" is a thing on a wall. */
const GOES_ON = new Set(["of", "with", "from", "taken", "showing", "without"]);
/** Behind a name of a form of pictures: "panorama hotel" is none. */
const PREPOSITIONS = new Set(
  "of at in on with without from over by near during taken and for showing before after".split(" "),
);
const DETERMINERS = new Set(
  "a an the with without and or of in on at by near into from for".split(" "),
);

/** `others`: what else is read, and is left alone. */
export function findLooks(words: readonly Word[], others: readonly Span[]): Looks {
  const edges = new Set(others.map(({ start }) => start));
  const found: Found[] = [];
  for (let at = 0; at < words.length; at++) {
    const look =
      (at === 0 ? picturesAt(words, edges) : undefined) ??
      mostlyAt(words, at, edges) ??
      formatAt(words, at, edges) ??
      panoramaAt(words, at, edges);
    if (!look || !isFree(others, look)) continue;
    found.push(look);
    at = look.end - 1;
  }
  return {
    colours: [...new Set(found.flatMap(({ colours = [] }) => colours))],
    shapes: [...new Set(found.flatMap(({ shapes = [] }) => shapes))],
    spans: found.map(({ start, end }) => ({ start, end })),
  };
}

// "red pictures of flowers", "all my blue and green photos", "square photos"
function picturesAt(words: readonly Word[], edges: ReadonlySet<number>): Found | undefined {
  const begin = phraseAt(words, 0, BEGINNINGS)?.length ?? 0;
  const colours = coloursAt(words, begin);
  const key = words[begin]?.key ?? "";
  const shape = GENRES.has(key) ? undefined : SHAPES.get(key);
  const noun = begin + (colours?.length ?? (shape ? 1 : 0));
  if (noun === begin || !PICTURES.has(words[noun]?.key ?? "")) return undefined;
  if (!isEnd(words, noun + 1, edges, GOES_ON)) return undefined;
  const end = words[noun + 1]?.key === "of" ? noun + 2 : noun + 1;
  return { start: 0, end, ...(colours ? { colours: colours.names } : { shapes: [shape!] }) };
}

// "mostly red", "photos that are mostly blue and white"
function mostlyAt(
  words: readonly Word[],
  at: number,
  edges: ReadonlySet<number>,
): Found | undefined {
  if (!MOSTLY.has(words[at]?.key ?? "")) return undefined;
  const colours = coloursAt(words, at + 1);
  if (!colours) return undefined;
  const isClause = ["are", "is"].includes(words[at - 1]?.key ?? "");
  const start = isClause ? at - 2 : at;
  const before = words[start - 1];
  // What is mostly red is the picture only where no other thing stands before it.
  const isOfPicture = !before || isPunctuation(before.key) || PICTURES.has(before.key);
  const end = at + 1 + colours.length;
  const isRead = PICTURES.has(words[end]?.key ?? "") || isEnd(words, end, edges, PREPOSITIONS);
  return isOfPicture && start >= 0 && isRead ? { start, end, colours: colours.names } : undefined;
}

// "red", "blue and green". Black and white together are no colours.
function coloursAt(words: readonly Word[], at: number) {
  const names: Colour[] = [];
  let end = at;
  for (let next = at; ; next = end + 1) {
    const name = COLOUR_NAMES.get(words[next]?.key ?? "");
    if (!name) break;
    names.push(name);
    end = next + 1;
    if (!["and", "or", ","].includes(words[end]?.key ?? "")) break;
  }
  const isMonochrome = names.includes("black") && names.includes("white");
  return names.length === 0 || isMonochrome ? undefined : { names, length: end - at };
}

// "in square format", "portrait orientation", "landscape-format"
function formatAt(
  words: readonly Word[],
  at: number,
  edges: ReadonlySet<number>,
): Found | undefined {
  const begin = words[at]?.key === "in" ? at + 1 : at;
  const [first = "", joined] = (words[begin]?.key ?? "").split("-");
  const shape = SHAPES.get(first);
  if (!shape || !FORMATS.has(joined ?? words[begin + 1]?.key ?? "")) return undefined;
  const end = begin + (joined ? 1 : 2);
  const isRead = PICTURES.has(words[end]?.key ?? "") || isEnd(words, end, edges, PREPOSITIONS);
  return isRead ? { start: at, end, shapes: [shape] } : undefined;
}

// "a panorama of the Alps", "mountain panorama at night"
function panoramaAt(
  words: readonly Word[],
  at: number,
  edges: ReadonlySet<number>,
): Found | undefined {
  if (!/^panoramas?$/.test(words[at]?.key ?? "")) return undefined;
  const isArticle = ["a", "the"].includes(words[at - 1]?.key ?? "");
  const start = isArticle && at === 1 ? 0 : at;
  const before = words[start - 1]?.key;
  if (before !== undefined && DETERMINERS.has(before)) return undefined;
  if (!isEnd(words, at + 1, edges, PREPOSITIONS)) return undefined;
  const end = words[at + 1]?.key === "of" ? at + 2 : at + 1;
  return { start, end, shapes: ["panorama"] };
}

function isEnd(
  words: readonly Word[],
  at: number,
  edges: ReadonlySet<number>,
  following: ReadonlySet<string>,
): boolean {
  const next = words[at];
  return !next || edges.has(at) || following.has(next.key) || isPunctuation(next.key);
}
