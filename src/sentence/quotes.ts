// What stands in quotes: words that must be written in or with the picture. 5" tall, don't and the '90s are no quotes.

/** Longer ones than 200 characters are text in which a quote was forgotten. */
const FORMS = [
  // "straight", “English”, „German“, ”Swedish”: which one closes differs.
  /(?<![\p{L}\p{N}\p{M}:-])"[^"“”„]{1,200}["”]/u,
  /(?<![:-])[“”„][^"“”„]{1,200}["“”]/u,
  /«[^«»]{1,200}»/u,
  /»[^«»]{1,200}«/u,
  /[「『][^「」『』]{1,200}[」』]/u,
  // With apostrophes inside of words.
  /[‘‚](?:[^‘’‚]|(?<=\p{L})’(?=\p{L})){2,200}[’‘](?![\p{L}\p{N}])/u,
  // Around words only, and not of "'tis", "'n'", "'90s" or "dogs' and cats'".
  /(?<=^|[\s(])'(?!\d|(?:tis|twas|til|em|cause|round)(?!\p{L}))(?:[^'"\n]|(?<=\p{L})'(?=\p{L})){2,200}(?<!\s)'(?=$|[\s.,;:!?)])/u,
];
const QUOTED = new RegExp(FORMS.map(({ source }) => source).join("|"), "gu");
/** 'a wall without "graffiti"': not to be written there. */
const UNWANTED =
  /(?:^|\s)(?:without|no|not|except|excluding|nor|w\/o)(?:\s+(?:a|an|the|any))?\s*$/i;
/** Stands where quotes were: no word, and nothing goes on across it. */
const MASK = "\u2063";

/** What is in quotes, in the order of the text, without the quotes. */
export function phrasesOf(text: string): readonly string[] {
  return [...text.matchAll(QUOTED)].flatMap(({ 0: quoted, index }) => {
    const phrase = quoted.slice(1, -1).trim();
    const isUnwanted = UNWANTED.test(text.slice(Math.max(0, index - 20), index));
    return /[\p{L}\p{N}]/u.test(phrase) && !isUnwanted ? [phrase] : [];
  });
}

/** In quotes, so that it must be written there. */
export function quoted(phrase: string): string {
  return `"${phrase
    .replace(/["“”„]/g, " ")
    .trim()
    .slice(0, 200)}"`;
}

/** The same length, without words in quotes. */
export function masked(text: string): string {
  return text.replace(QUOTED, (quoted) => MASK + " ".repeat(quoted.length - 1));
}

/** With the words, without the quotes around them. */
export function unquoted(text: string): string {
  return text.replace(QUOTED, (quoted) => quoted.slice(1, -1).trim());
}
