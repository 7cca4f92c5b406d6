// Ranks -> one query vector, and cosines -> scores. Every search is one dot product per image.
import { AppError } from "../errors.ts";
import type { Lift } from "./lift.ts";

/** One positive or negative part of a query. */
export type Term = {
  /** [dim] f32, unit length. */
  readonly vector: Float32Array;
  /** Where vectors of its kind lie: those of pictures and of words fill two narrow cones (Liang et al. 2022, Mind the Gap). A
   *  direction that was learnt lies nowhere. */
  readonly modality: Modality | "direction";
  /** Below 0: less like it. */
  readonly weight: number;
  /** Of a concept: its predicted value at a cosine, 0..1, rising with it. */
  readonly value?: (cosine: number) => number;
  /** The concept was learnt from examples, not from words. */
  readonly isLearnt?: boolean;
  /** What raises some inputs above their cosines with the vector. */
  readonly lift?: Lift;
};

type Modality = "picture" | "words";

/** Where the vectors of each kind lie: their means, [dim] f32. */
export type Means = Readonly<Record<Modality, Float32Array>>;

/** How much words count beside a picture: pictures differ more from each other than words do in what they are near to (`npm run
 *  eval`, combined). */
const WORDS_BESIDE_PICTURES = 1.5;

/** Do these terms need `centred` before they are combined? Words and pictures together do, and words that are not wanted. */
export function needsCentring(terms: readonly Term[]): boolean {
  if (terms.length < 2) return false;
  const words = terms.filter(({ modality }) => modality === "words");
  const isMixed = words.length > 0 && terms.some(({ modality }) => modality === "picture");
  return isMixed || words.some(({ weight }) => weight < 0);
}

/** The terms without what all vectors of their kind share, unit length again: it would drown what they say. */
export function centred(terms: readonly Term[], means: Means): readonly Term[] {
  const hasPictures = terms.some(({ modality }) => modality === "picture");
  return terms.map((term) => {
    const { modality, vector, weight } = term;
    if (modality === "direction") return term;
    const difference = vector.map((value, d) => value - means[modality][d]!);
    const length = Math.hypot(...difference);
    if (length < 1e-6) return term; // the mean itself: a collection of one picture
    return {
      ...term,
      vector: difference.map((value) => value / length),
      weight: hasPictures && modality === "words" ? weight * WORDS_BESIDE_PICTURES : weight,
    };
  });
}

/** The weighted sum of the terms, unit length. [dim] f32.
 *  @throws AppError "invalid_search" if they cancel out */
export function combine(terms: readonly Term[]): Float32Array {
  const sum = sumOf(terms);
  const length = Math.hypot(...sum);
  if (length < 1e-6) {
    throw new AppError(
      "invalid_search",
      "Expected ranks that leave something to search for but they cancel each other out.",
    );
  }
  return sum.map((value) => value / length);
}

/** The lifts of wanted terms together, as they count in cosines of the combined query; undefined if there are none. */
export function combineLifts(terms: readonly Term[]): Lift | undefined {
  const raising = terms.flatMap(({ lift, weight }) =>
    lift && weight > 0 ? [{ lift, weight }] : [],
  );
  if (raising.length === 0) return undefined;
  const length = Math.hypot(...sumOf(terms));
  return {
    window: Math.max(...raising.map(({ lift }) => lift.window)),
    of: (window, background) => {
      const lifted = new Map<number, number>();
      for (const { lift, weight } of raising) {
        for (const [row, bonus] of lift.of(window.slice(0, lift.window), background))
          lifted.set(row, (lifted.get(row) ?? 0) + (bonus * weight) / length);
      }
      return lifted;
    },
  };
}

/** What a cosine of this query means to people: 0..1, rising with it. A single concept: its predicted
 *  value; everything else: (1 + cos) / 2, so that 0.5 is unrelated, as Clarifai documents it. */
export function scorer(terms: readonly Term[]): (cosine: number) => number {
  const [term, ...others] = terms;
  const value = others.length === 0 ? term?.value : undefined;
  if (!term || !value) return (cosine) => clamp((1 + cosine) / 2);
  return term.weight > 0 ? value : (cosine) => 1 - value(-cosine);
}

function sumOf(terms: readonly Term[]): Float32Array {
  const sum = new Float32Array(terms[0]?.vector.length ?? 0);
  for (const { vector, weight } of terms) {
    for (let i = 0; i < sum.length; i++) sum[i]! += weight * vector[i]!;
  }
  return sum;
}

function clamp(score: number): number {
  return Math.min(1, Math.max(0, score));
}
