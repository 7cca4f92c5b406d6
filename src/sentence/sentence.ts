// A caption as people write it -> what is for the encoder, and what an encoder does not understand: what not, and when.
//   "two dogs on a beach without people in 2019" -> "two dogs on a beach", not "people", taken in 2019
import { findDate } from "./dates.ts";
import { findAvoided } from "./negation.ts";
import type { Days } from "./parse-days.ts";
import { withoutSpans, wordsOf } from "./words.ts";

/** How much what should not be there counts against the caption: of 0.2 to 1 it leaves the fewest unwanted pictures without
 *  losing wanted ones (`npm run eval`). */
export const AVOIDED_WEIGHT = -0.5;

export type Sentence = {
  /** What the encoder is asked for; "" if nothing is left. */
  readonly caption: string;
  /** What should not be there. */
  readonly avoided: readonly string[];
  /** When it was taken. */
  readonly taken: Days | undefined;
};

// What stands in quotes is meant as it is written.
const QUOTED = /["“”„][^"“”„]+["“”]/g;

/** @param now what "today" means, in the time zone of whoever looks */
export function understand(text: string, now: Date): Sentence {
  const words = wordsOf(text.replace(QUOTED, (quoted) => " ".repeat(quoted.length)));
  const avoided = findAvoided(words);
  const date = findDate(words, now);
  const isOwn = date && !avoided.some(({ start, end }) => date.start < end && start < date.end);
  return {
    caption: withoutSpans(text, words, isOwn ? [...avoided, date] : avoided),
    avoided: avoided.map(({ text: words }) => words),
    taken: isOwn ? date.days : undefined,
  };
}
