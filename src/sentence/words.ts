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

/** Phrases by their first word, the longest first. A sentence of 10,000 characters is looked through for all of them. */
export type Phrases<Value> = ReadonlyMap<
  string,
  readonly { readonly keys: readonly string[]; readonly value: Value }[]
>;

/** @param phrases words with a space between each two, and what they mean */
export function toPhrases<Value>(phrases: readonly (readonly [string, Value])[]): Phrases<Value> {
  const all = phrases.map(([phrase, value]) => ({ keys: phrase.split(" "), value }));
  const sorted = all.toSorted((a, b) => b.keys.length - a.keys.length);
  return new Map(
    sorted.map(({ keys: [first = ""] }) => [first, sorted.filter(({ keys }) => keys[0] === first)]),
  );
}

/** The longest phrase that stands at word `at`. `length`: in words. */
export function phraseAt<Value>(words: readonly Word[], at: number, phrases: Phrases<Value>) {
  const candidates = phrases.get(words[at]?.key ?? "");
  const found = candidates?.find(({ keys }) => keys.every((key, i) => words[at + i]?.key === key));
  return found && { length: found.keys.length, value: found.value };
}

/** How many words the phrase at word `at` has; 0 if there is none. */
export function prefixLength(
  words: readonly Word[],
  at: number,
  phrases: Phrases<unknown>,
): number {
  return phraseAt(words, at, phrases)?.length ?? 0;
}

/** Neither letters nor digits. */
export function isPunctuation(word: string): boolean {
  return !/[\p{L}\p{N}]/u.test(word);
}

/** Does a span overlap with none of the others? */
export function isFree(spans: readonly Span[], { start, end }: Span): boolean {
  return spans.every((other) => end <= other.start || other.end <= start);
}
