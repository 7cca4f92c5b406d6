// What someone typed -> terms and filters for what was understood, and the rest of the text: a caption.
//   "dogs -cat label:pets date:2019 http://a.b/c.jpg" -> less like "cat", like the picture, two filters, "dogs"
import type { Filter } from "../filter.ts";
import type { Term } from "../query.ts";
import { isFilterKey, parseFilter, type Vocabulary } from "./parse-filter.ts";
import { type Token, tokensOf, without } from "./tokens.ts";

export type Understood = {
  readonly terms: readonly Term[];
  readonly filters: readonly Filter[];
  /** What stays text. */
  readonly rest: string;
};

type Part = Pick<Understood, "terms" | "filters">;

/** The server takes no longer addresses. */
const URL_MAX = 8192;
// At the end of a text: "-ca", "label:", 'label:"golden re'.
const BEGUN = /(?<=^|\s)(?:-\S*|-?([\p{L}\d_.]+):(?:["“”„][^"“”„]*|\S*))$/u;
const PICTURE_PATH = /\.(jpe?g|png|gif|webp|avif|heic|heif|tiff?|bmp)$/i;

export function parse(text: string, known: Vocabulary): Understood {
  const tokens = tokensOf(text);
  // An address alone is one of a picture, whatever it looks like.
  const isAlone =
    tokens.length === 1 && text.trim() === text.slice(tokens[0]!.start, tokens[0]!.end);
  const parts = tokens.map((token) => ({ token, part: toPart(text, token, known, isAlone) }));
  const understood = parts.filter(({ part }) => part !== undefined);
  return {
    terms: understood.flatMap(({ part }) => part?.terms ?? []),
    filters: understood.flatMap(({ part }) => part?.filters ?? []),
    rest: without(
      text,
      understood.map(({ token }) => token),
    ),
  };
}

/** The part of a text to search for while it is being typed: without what is understood, or about to be. */
export function draftCaption(text: string, known: Vocabulary): string {
  const { rest } = parse(text, known);
  const begun = BEGUN.exec(rest);
  if (!begun) return rest;
  const [, key = ""] = begun;
  return key === "" || isFilterKey(key.toLowerCase()) ? rest.slice(0, begun.index).trim() : rest;
}

/** Is the whole text the address of something on the web? */
export function isAddress(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && text.length <= URL_MAX && URL.canParse(text);
}

function toPart(text: string, token: Token, known: Vocabulary, isAlone: boolean): Part | undefined {
  const weight = token.isNegated ? -1 : 1;
  const written = text.slice(token.start + (token.isNegated ? 1 : 0), token.end);
  if (isAddress(written)) {
    const isPicture = isAlone || PICTURE_PATH.test(new URL(written).pathname);
    return isPicture ? { terms: [{ kind: "url", url: written, weight }], filters: [] } : undefined;
  }
  const filter = parseFilter(token, known);
  if (filter) return { terms: [], filters: [{ ...filter, isNegated: token.isNegated }] };
  const words = token.isNegated && token.key === "" ? wordsToAvoid(token) : "";
  return words === "" ? undefined : { terms: [{ kind: "text", text: words, weight }], filters: [] };
}

// "-cat" asks for fewer cats. "-5" is a number, "-#cat" belongs to the list of concepts, and "-v" or "-sunset-" are how
// people write other things.
function wordsToAvoid({ value, isQuoted }: Token): string {
  if (isQuoted) return value;
  const word = value.replace(/[,.;!?]+$/, "");
  const isWord = /^(\p{L}|\p{Extended_Pictographic})/u.test(word) && !/^[a-z]$|-$/i.test(word);
  return isWord ? word : "";
}
