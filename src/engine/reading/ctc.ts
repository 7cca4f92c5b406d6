// Probabilities per step -> text: the likeliest class of each step, repeats once, blanks dropped. Graves et al. 2006.

/** Text with the mean probability of its characters, 0..1; 0 for no text. */
export type Guess = { readonly text: string; readonly confidence: number };

/** Class 0 says "between characters". */
const BLANK = 0;

/** Classes of a recogniser from its file of characters, one a line: the blank before, the space after. A line may itself be
 *  a kind of space, so none is trimmed. */
export function classesOf(characters: string): readonly string[] {
  return ["", ...characters.replace(/\n$/, "").split("\n"), " "];
}

/** `probabilities`: [T, C] f32, row-major, each row sums to 1; C = `classes.length`. */
export function decodeCtc(probabilities: Float32Array, classes: readonly string[]): Guess {
  const kept: { readonly text: string; readonly probability: number }[] = [];
  let last = BLANK;
  for (let start = 0; start < probabilities.length; start += classes.length) {
    const best = likeliest(probabilities, start, classes.length);
    if (best !== BLANK && best !== last)
      kept.push({ text: classes[best]!, probability: probabilities[start + best]! });
    last = best;
  }
  return {
    text: kept.map(({ text }) => text).join(""),
    confidence:
      kept.reduce((sum, { probability }) => sum + probability, 0) / Math.max(1, kept.length),
  };
}

// A hot loop: 6,625 classes for each of up to 200 steps.
function likeliest(probabilities: Float32Array, start: number, count: number): number {
  let best = 0;
  for (let i = 1; i < count; i++)
    if (probabilities[start + i]! > probabilities[start + best]!) best = i;
  return best;
}
