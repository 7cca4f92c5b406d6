// What the Latin and the Chinese recogniser read in one strip -> one reading. The Chinese one knows no accents and both drop
// spaces, each others; its letters are often better.
import type { Guess } from "./ctc.ts";

/** The surer reading. Where both see as many characters, with the spaces of both; where they differ in accents alone, with
 *  the accents. */
export function agreed(latin: Guess, chinese: Guess): Guess {
  const confidence = Math.max(latin.confidence, chinese.confidence);
  const isLatin = latin.confidence >= chinese.confidence || plain(latin) === plain(chinese);
  const { text } = isLatin ? latin : chinese;
  return { text: isAligned(latin, chinese) ? spaced(text, latin, chinese) : text, confidence };
}

const lettersOf = (text: string) => Array.from(text.replaceAll(" ", ""));

function plain({ text }: Guess): string {
  return lettersOf(text.normalize("NFD").replace(/\p{M}/gu, "")).join("");
}

function isAligned(latin: Guess, chinese: Guess): boolean {
  if (/\p{Script=Han}/u.test(chinese.text)) return false;
  return lettersOf(latin.text).length === lettersOf(chinese.text).length;
}

function spaced(text: string, ...readings: readonly Guess[]): string {
  const breaks = new Set(readings.flatMap((reading) => breaksOf(reading.text)));
  return lettersOf(text)
    .map((letter, i) => (breaks.has(i) ? ` ${letter}` : letter))
    .join("");
}

/** Before which letters there is a space. */
function breaksOf(text: string): readonly number[] {
  const parts = text.trim().split(/ +/).slice(0, -1);
  let letters = 0;
  return parts.map((part) => {
    letters += Array.from(part).length;
    return letters;
  });
}
