// The "#concept" that is being typed: text and caret -> the token to complete.

/** `start`..`end` in the text: "#" (or "-#") and the letters typed so far. */
export type HashToken = {
  readonly start: number;
  readonly end: number;
  readonly prefix: string;
  readonly isNegated: boolean;
};

// Names have spaces ("hot dog"): everything up to the caret belongs to the token. "C#" is none.
const TOKEN = /(?<=^|\s)(-?)#([^#]*)$/;

export function findHashToken(text: string, caret: number): HashToken | undefined {
  const match = TOKEN.exec(text.slice(0, caret));
  if (!match) return undefined;
  return {
    start: match.index,
    end: caret,
    prefix: (match[2] ?? "").trimStart(),
    isNegated: match[1] === "-",
  };
}

/** @param instead words that take its place */
export function withoutHashToken(text: string, { start, end }: HashToken, instead = ""): string {
  const parts = [text.slice(0, start).trim(), instead, text.slice(end).trim()];
  return parts.filter((part) => part !== "").join(" ");
}
