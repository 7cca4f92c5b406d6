// A caption as people write it -> what is for the encoder, and what an encoder does not understand: what not, when, where, how
// many, which words, and how the picture looks.
//   'two dogs on a beach without people in 2019, "LIFEGUARD"' -> "two dogs on a beach, LIFEGUARD", not "people", 2 dogs,
//   taken in 2019, the word "LIFEGUARD"
import type { Colour, PictureShape } from "../picture-words.ts";
import type { Count, FindCounts } from "./counts.ts";
import { findDate } from "./dates.ts";
import type { Place } from "./gazetteer.ts";
import { findLooks } from "./looks.ts";
import { findAvoided } from "./negation.ts";
import type { Days } from "./parse-days.ts";
import type { FindPlace } from "./places.ts";
import { masked, phrasesOf, unquoted } from "./quotes.ts";
import { isFree, type Span, withoutSpans, wordsOf } from "./words.ts";

/** How much what should not be there counts against the caption: of 0.2 to 1 it leaves the fewest unwanted pictures without
 *  losing wanted ones (`npm run eval`). */
export const AVOIDED_WEIGHT = -0.5;

export type Sentence = {
  /** What the encoder is asked for, without quotes; "" if nothing is left. */
  readonly caption: string;
  /** The same with its quotes: what can be shown, and read again with the same phrases and counts. */
  readonly rest: string;
  /** What should not be there. */
  readonly avoided: readonly string[];
  /** What must be written in or with the picture, without its quotes. The caption has these words, too. */
  readonly phrases: readonly string[];
  /** The caption has these words, too; empty without `findCounts`. */
  readonly counts: readonly Count[];
  /** When it was taken. */
  readonly taken: Days | undefined;
  /** Where it was taken; undefined without `findPlace`. */
  readonly place: Place | undefined;
  /** Any of them covers a good part of the picture; empty: any will do. */
  readonly colours: readonly Colour[];
  /** It has any of these; empty: any will do. */
  readonly shapes: readonly PictureShape[];
};

/** What not everybody needs: the one takes a gazetteer and pictures with places, the other 2 kB of the Portal's code. */
export type Finders = {
  readonly findPlace?: FindPlace | undefined;
  readonly findCounts?: FindCounts | undefined;
};

/** Takes 0.05 ms, 5 ms for 10,000 characters.
 *  @param now what "today" means, in the time zone of whoever looks */
export function understand(
  text: string,
  now: Date,
  { findPlace, findCounts }: Finders = {},
): Sentence {
  const words = wordsOf(masked(text));
  const avoided = findAvoided(words);
  const date = findDate(words, now);
  const taken = date && isFree(avoided, date) ? date : undefined;
  const when = taken ? [...avoided, taken] : avoided;
  const found = findPlace?.(words, startsOf(when));
  const placed = found && isFree(when, found) ? found : undefined;
  const where = placed ? [...when, placed] : when;
  const looks = findLooks(words, where);
  const gone = [...where, ...looks.spans];
  const rest = withoutSpans(text, words, gone);
  return {
    caption: unquoted(rest),
    rest,
    avoided: avoided.map(({ text: words }) => words),
    phrases: phrasesOf(text),
    counts: (findCounts?.(words) ?? [])
      .filter((count) => isFree(gone, count))
      .map(({ noun, least, most, text }) => ({ noun, least, most, text })),
    taken: taken?.days,
    place: placed?.place,
    colours: looks.colours,
    shapes: looks.shapes,
  };
}

function startsOf(spans: readonly Span[]): ReadonlySet<number> {
  return new Set(spans.map(({ start }) => start));
}
