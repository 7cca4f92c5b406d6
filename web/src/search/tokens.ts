// Text -> the parts of it that may mean more than their words: -word, key:value, key:"two words", addresses.

/** One part of a text, between spaces or in quotes. `start`..`end`: where it stands. */
export type Token = {
  readonly start: number;
  readonly end: number;
  readonly isNegated: boolean;
  /** What stands before the colon, in lower case; "" if there is none. */
  readonly key: string;
  /** Without its quotes. */
  readonly value: string;
  readonly isQuoted: boolean;
};

// Phones make curly quotes of straight ones. A quote that is still open belongs to no token: someone is typing.
const TOKEN =
  /(?<=^|\s)(-?)(?:(meta\.[^\s:"]+|\p{L}+):)?(?:["“”„]([^"“”„]*)["“”]|([^\s"“”„]\S*))(?=\s|$)/giu;

export function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(TOKEN)].map((match) => {
    const [all, minus, key = "", quoted, plain = ""] = match;
    return {
      start: match.index,
      end: match.index + all.length,
      isNegated: minus === "-",
      // Keys of metadata are what they are.
      key: /^meta\./i.test(key) ? `meta.${key.slice("meta.".length)}` : key.toLowerCase(),
      value: (quoted ?? plain).trim(),
      isQuoted: quoted !== undefined,
    };
  });
}

/** The text without these parts of it. */
export function without(text: string, tokens: readonly Token[]): string {
  const starts = [0, ...tokens.map(({ end }) => end)];
  const kept = starts.map((start, index) => text.slice(start, tokens[index]?.start).trim());
  return kept.filter((part) => part !== "").join(" ");
}
