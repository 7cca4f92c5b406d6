// How well typed letters match a label: all of them in order; better at the start of words, and in one piece.

const POINTS = { start: 6, wordStart: 4, next: 3, letter: 1 };
/** For each letter of the label that was not typed. */
const LEFT_OVER = 0.01;

/** Greater is better; undefined where the letters are not in the label in this order. An empty text matches all. */
export function scoreMatch(label: string, typed: string): number | undefined {
  const [text, letters] = [label.toLowerCase(), typed.toLowerCase().replace(/\s+/g, " ").trim()];
  const piece = text.indexOf(letters);
  // The whole in one piece beats any scattering of it.
  const start = piece >= 0 && isWordStart(text, piece) ? piece : undefined;
  const score = start === undefined ? scoreLetters(text, letters) : scorePiece(start, letters);
  return score === undefined ? undefined : score - LEFT_OVER * (text.length - letters.length);
}

function scorePiece(start: number, letters: string): number {
  const first = start === 0 ? POINTS.start : POINTS.wordStart;
  return first + letters.length * (POINTS.next + POINTS.letter);
}

function scoreLetters(text: string, letters: string): number | undefined {
  let [at, score] = [-1, 0];
  for (const letter of letters) {
    if (letter === " ") continue;
    const next = nextOf(text, letter, at + 1);
    if (next < 0) return undefined;
    score += POINTS.letter;
    if (isWordStart(text, next)) score += next === 0 ? POINTS.start : POINTS.wordStart;
    else if (next === at + 1) score += POINTS.next;
    at = next;
  }
  return score;
}

// "ns" in "images newest": the n that begins a word, not the first one. The letter right behind the last comes first.
function nextOf(text: string, letter: string, from: number): number {
  if (from > 0 && text[from] === letter) return from;
  const first = text.indexOf(letter, from);
  for (let at = first; at >= 0; at = text.indexOf(letter, at + 1)) {
    if (isWordStart(text, at)) return at;
  }
  return first;
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1] ?? "");
}
