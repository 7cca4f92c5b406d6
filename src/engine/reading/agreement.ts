// What the Latin and the Chinese recogniser read in one strip -> one reading. The letters of the Chinese one are often better,
// but it knows few accents; each drops spaces that the other sees.
import type { Guess } from "./ctc.ts";

/** Of the letters, place by place; fewer are another word, or the same one shifted. */
const LEAST_EQUAL = 0.7;

/** The surer reading. Where both see about the same letters, it gets the spaces of both, and the accents of the Latin one. */
export function agreed(latin: Guess, chinese: Guess): Guess {
  const surer = chinese.confidence > latin.confidence ? chinese : latin;
  const [letters, others] = [lettersOf(latin), lettersOf(chinese)];
  if (!isAligned(letters, others)) return surer;
  const best = surer === latin ? letters : others.map((other, i) => accented(other, letters[i]!));
  const breaks = new Set([...breaksOf(latin), ...breaksOf(chinese)]);
  const text = best.map((letter, i) => (breaks.has(i) ? ` ${letter}` : letter)).join("");
  return { text, confidence: surer.confidence };
}

const lettersOf = ({ text }: Guess) => Array.from(text.replaceAll(" ", ""));

function isAligned(letters: readonly string[], others: readonly string[]): boolean {
  const equal = letters.filter((letter, i) => baseOf(letter) === baseOf(others[i] ?? ""));
  return letters.length === others.length && equal.length >= LEAST_EQUAL * letters.length;
}

/** In lower case without its accent. */
function baseOf(letter: string): string {
  return letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** `letter` with the accent of `model` if it is the same but for that; ß is read as B. */
function accented(letter: string, model: string): string {
  if (model === "ß" && letter === "B") return model;
  if (baseOf(model) !== baseOf(letter)) return letter;
  return letter === letter.toLowerCase() ? model.toLowerCase() : model.toUpperCase();
}

/** Before which letters there is a space. */
function breaksOf({ text }: Guess): readonly number[] {
  const parts = text.trim().split(/ +/).slice(0, -1);
  let letters = 0;
  return parts.map((part) => {
    letters += Array.from(part).length;
    return letters;
  });
}
