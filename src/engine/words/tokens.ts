// Text as people and programs write it -> tokens that are looked up: "IMG_Café-Paris2019.jpg" is img, cafe, paris, 2019, jpg.
// The same for what is kept and for what is asked.

/** Longer ones are cut: nobody types them. */
const TOKEN_LENGTH = 40;
/** Of one text: the rest is not looked up. */
const TOKENS_MAX = 2000;

const LETTERS_OR_DIGITS = /\p{L}[\p{L}\p{M}]*|\p{N}+/gu;
/** Scripts that put no spaces between words: every two neighbours are a token. */
const UNSPACED = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}]+/gu;
const HUMP = /(\p{Ll})(\p{Lu})/gu;

/** In order, without marks and case. At most 2000. */
export function tokensOf(text: string): readonly string[] {
  const words = text.normalize("NFC").replace(HUMP, "$1 $2").match(LETTERS_OR_DIGITS) ?? [];
  return words.slice(0, TOKENS_MAX).flatMap((word) => splitUnspaced(withoutMarks(word)));
}

/** "ß" is "ss", "ø" is "o": as who lacks the key types it. */
function withoutMarks(text: string): string {
  const plain = text.normalize("NFKD").replace(/\p{M}+/gu, "");
  return plain.toLowerCase().replace(/[ßæœøłđı]/g, (letter) => PLAIN[letter] ?? letter);
}

const PLAIN: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ı: "i",
};

function splitUnspaced(word: string): readonly string[] {
  const runs = word.match(UNSPACED);
  if (!runs) return [word.slice(0, TOKEN_LENGTH)];
  const spaced = word.replace(UNSPACED, " ").split(" ").filter(Boolean);
  return [...spaced, ...runs.flatMap(pairsOf)];
}

function pairsOf(run: string): readonly string[] {
  const letters = [...run];
  if (letters.length === 1) return [run];
  return letters.slice(1).map((letter, i) => `${letters[i]}${letter}`);
}

// What a caption says about nothing in particular, in the languages that concepts are named in and that have spaces.
const STOP_WORDS = new Set(
  (
    "a an the of in on at by for with from to into onto over under near and or is are was were be being been it its " +
    "this that these those there his her their some my our your he she they who which while as up down out off " +
    "photo photograph picture image " +
    "der die das den dem des ein eine einer einem einen und oder im am auf mit von zu bei aus ist sind " +
    "le la les un une des du de et ou dans sur avec au aux est sont " +
    "el los las una unos unas y o en con del al es son il lo gli uno e di da nel sul per che os um uma em no na com"
  ).split(" "),
);

/** The tokens of a caption that are worth looking up, each once; all of them if none is. */
export function askedTokens(caption: string): readonly string[] {
  const tokens = [...new Set(tokensOf(caption))];
  const telling = tokens.filter((token) => !STOP_WORDS.has(token));
  return telling.length > 0 ? telling : tokens;
}
