// Ranks -> one query vector, and cosines -> scores. Every search is one dot product per image.
import { AppError } from "../errors.ts";
import type { Concepts } from "./concepts.ts";

/** One positive or negative part of a query. */
export type Term = {
  /** [dim] f32, unit length. */
  readonly vector: Float32Array;
  /** Below 0: less like it. */
  readonly weight: number;
  readonly isConcept: boolean;
};

/** The weighted sum of the terms, unit length. [dim] f32.
 *  @throws AppError "invalid_search" if they cancel out */
export function combine(terms: readonly Term[]): Float32Array {
  const sum = new Float32Array(terms[0]?.vector.length ?? 0);
  for (const { vector, weight } of terms) {
    for (let i = 0; i < sum.length; i++) sum[i]! += weight * vector[i]!;
  }
  const length = Math.hypot(...sum);
  if (length < 1e-6) {
    throw new AppError(
      "invalid_search",
      "Expected ranks that leave something to search for but they cancel each other out.",
    );
  }
  return sum.map((value) => value / length);
}

/** What a cosine of this query means to people: 0..1, rising with it. A single concept: its predicted
 *  value; everything else: (1 + cos) / 2, so that 0.5 is unrelated, as Clarifai documents it. */
export function scorer(
  terms: readonly Term[],
  concepts: Concepts | undefined,
): (cosine: number) => number {
  const [term, ...others] = terms;
  const isConcept = term?.isConcept && others.length === 0;
  if (!isConcept || !concepts) return (cosine) => clamp((1 + cosine) / 2);
  if (term.weight > 0) return (cosine) => concepts.value(cosine);
  return (cosine) => 1 - concepts.value(-cosine);
}

function clamp(score: number): number {
  return Math.min(1, Math.max(0, score));
}
