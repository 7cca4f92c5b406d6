// A caption as people write it -> what is for the encoder, and what an encoder does not understand: what not, when, how
// many, and which words.
//   'two dogs on a beach without people in 2019, "LIFEGUARD"' -> "two dogs on a beach, LIFEGUARD", not "people", 2 dogs,
//   taken in 2019, the word "LIFEGUARD"
import { type Count, findCounts } from "./counts.ts";
import { findDate } from "./dates.ts";
import { findAvoided } from "./negation.ts";
import type { Days } from "./parse-days.ts";
import { masked, phrasesOf, unquoted } from "./quotes.ts";
import { type Span, withoutSpans, wordsOf } from "./words.ts";

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
  /** The caption has these words, too. */
  readonly counts: readonly Count[];
  /** When it was taken. */
  readonly taken: Days | undefined;
};

/** @param now what "today" means, in the time zone of whoever looks */
export function understand(text: string, now: Date): Sentence {
  const words = wordsOf(masked(text));
  const avoided = findAvoided(words);
  const date = findDate(words, now);
  const isOwn = date && !avoided.some((span) => isAcross(span, date));
  const gone = isOwn ? [...avoided, date] : avoided;
  const rest = withoutSpans(text, words, gone);
  return {
    caption: unquoted(rest),
    rest,
    avoided: avoided.map(({ text: words }) => words),
    phrases: phrasesOf(text),
    counts: findCounts(words)
      .filter((count) => !gone.some((span) => isAcross(span, count)))
      .map(({ noun, least, most, text }) => ({ noun, least, most, text })),
    taken: isOwn ? date.days : undefined,
  };
}

function isAcross(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
