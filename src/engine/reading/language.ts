// A guess at the language of a text, from its script, and for Latin letters from common words and letters that few languages
// have. It is no more than that: a name or two say nothing, and are given no language.

/** Words that are frequent in one language and rare in the others. */
const WORDS = {
  en: "the and of to is for with you this that are from by not on at open closed please street",
  de: "der die das und ist nicht mit für von auf ein eine den dem zu im bitte straße geöffnet oder wir",
  fr: "le les des et est pour avec vous une dans sur au aux du nous ouvert fermé rue ne pas",
  es: "el los las y es para con por del una en su que abierto cerrado calle se al más",
  it: "il gli di e è per con della del che una non sono aperto chiuso via nel alla",
  pt: "o os as e é para com por da do uma não em que aberto fechado rua se ao mais",
  nl: "het een en van is niet met voor op zijn aan open gesloten straat te door wij bij",
} as const;
type Latin = keyof typeof WORDS;

/** Letters that one of these languages uses far more than the others. */
const LETTERS: Readonly<Partial<Record<Latin, RegExp>>> = {
  de: /[äöß]|ü(?!e)/g,
  fr: /[èêëîïûœ]|ç(?!ã|õ)/g,
  es: /[ñ¿¡]/g,
  pt: /[ãõ]/g,
};
/** Hits that a guess needs, and by how many it leads. */
const LEAST_HITS = 2;

const SCRIPTS = [
  ["ja", /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ["ko", /\p{Script=Hangul}/u],
  ["zh", /\p{Script=Han}/u],
  ["ru", /\p{Script=Cyrillic}/u],
  ["el", /\p{Script=Greek}/u],
] as const;

/** ISO 639-1; undefined if the text does not tell. */
export function guessLanguage(text: string): string | undefined {
  const letters = text.match(/\p{L}/gu) ?? [];
  const [script] = SCRIPTS.filter(([, letter]) => isOften(letters, letter));
  return script ? script[0] : guessLatin(text.toLowerCase());
}

// A kana among Chinese characters says Japanese; one Greek letter in English says nothing.
function isOften(letters: readonly string[], letter: RegExp): boolean {
  return letters.filter((one) => letter.test(one)).length * 5 > letters.length;
}

function guessLatin(text: string): string | undefined {
  const words = text.match(/\p{L}+/gu) ?? [];
  const hits = (Object.keys(WORDS) as Latin[])
    .map((language) => ({ language, count: hitsOf(language, words, text) }))
    .sort((a, b) => b.count - a.count);
  const [first, second] = hits as [(typeof hits)[0], (typeof hits)[0]];
  return first.count >= LEAST_HITS && first.count > second.count ? first.language : undefined;
}

function hitsOf(language: Latin, words: readonly string[], text: string): number {
  const common = new Set(WORDS[language].split(" "));
  const letters = LETTERS[language];
  return (
    words.filter((word) => common.has(word)).length +
    (letters ? (text.match(letters) ?? []).length : 0)
  );
}
