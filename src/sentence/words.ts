// Text -> words with their places, and the text without some of them.

export type Word = {
  /** As it was written. */
  readonly text: string;
  /** In lower case; quotes and apostrophes straight. */
  readonly key: string;
  readonly start: number;
  readonly end: number;
};

/** Words of a sentence from `start` on, before `end`. */
export type Span = { readonly start: number; readonly end: number };

// "two-story", "man's", "b&w", "w/o", "14.06.2019" and "o'clock" are one word; punctuation is one of its own.
const WORD = /[\p{L}\p{N}\p{M}]+(?:['’.&/-][\p{L}\p{N}\p{M}]+)*|[^\s\p{L}\p{N}\p{M}]/gu;

export function wordsOf(text: string): readonly Word[] {
  return [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
    text: word,
    key: word.toLowerCase().replaceAll("’", "'"),
    start: index,
    end: index + word.length,
  }));
}

/** What is left of a text without the words of some spans, which do not overlap, without signs that then hang in the air. */
export function withoutSpans(text: string, words: readonly Word[], spans: readonly Span[]): string {
  if (spans.length === 0) return text.trim();
  const sorted = spans.toSorted((a, b) => a.start - b.start);
  const edges = [
    0,
    ...sorted.flatMap(({ start, end }) => [words[start]!.start, words[end - 1]!.end]),
    text.length,
  ];
  const parts: string[] = [];
  for (let i = 0; i < edges.length; i += 2) parts.push(text.slice(edges[i], edges[i + 1]).trim());
  return tidy(parts.filter((part) => part !== "").join(" "));
}

// Without the signs and little words that hung on what was taken out.
function tidy(text: string): string {
  return text
    .trim()
    .replace(/\s+([,;.!?])/g, "$1")
    .replace(/[,;](?=\s*[,;.!?])/g, "")
    .replace(/^[\s,;.!?]+|[\s,;.]+$/g, "")
    .replace(/^(?:and|but)(?:\s+|$)|\s+(?:and|but|with|taken|shot|photographed)$/gi, "")
    .replace(/\s{2,}/g, " ");
}

/** Do these words, with a space between each two, stand at word `at`? */
export function isPhrase(words: readonly Word[], at: number, phrase: string): boolean {
  const first = words[at]?.key;
  if (first === undefined || !phrase.startsWith(first)) return false; // nearly always, and splitting takes time
  return phrase.split(" ").every((key, i) => words[at + i]?.key === key);
}

/** How many words the longest of these phrases has that stands at word `at`; 0 if none does. */
export function prefixLength(
  words: readonly Word[],
  at: number,
  phrases: readonly string[],
): number {
  const lengths = phrases
    .filter((phrase) => isPhrase(words, at, phrase))
    .map((phrase) => phrase.split(" ").length);
  return Math.max(0, ...lengths);
}
