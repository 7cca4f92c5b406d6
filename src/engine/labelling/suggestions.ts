// Which pictures to say yes or no to next: those that the classifier is least sure of, and that are not alike. Uncertainty
// sampling (Lewis and Gale 1994) with diversity (as maximal marginal relevance does it: Carbonell and Goldstein 1998).
import type { App } from "../engine.ts";
import type { Indexes } from "../indexes.ts";
import type { AppConcept } from "../library/app-concepts.ts";
import { type LinearClassifier, logit, sigmoid } from "../training/linear.ts";
import type { Models } from "../training/models.ts";
import type { TrainingData } from "../training/training-data.ts";
import type { ZeroShot } from "../training/zero-shot.ts";
import type { Vectors } from "../vectors.ts";

/** Best ranked ones that are looked at: of a rare concept nothing else is unsure. */
const RANKED = 400;
/** Some of all: of a concept that half of the pictures show, the unsure ones are far down. */
const SAMPLED = 400;

type Parts = {
  readonly models: Pick<Models, "trained" | "fromLabels">;
  readonly zeroShot: Pick<ZeroShot, "of">;
  readonly data: TrainingData;
  readonly indexes: Pick<Indexes, "of">;
  readonly vectors: Pick<Vectors, "read" | "inputsOf">;
  readonly space: number;
  readonly dim: number;
};

/** `value`: 0..1, of the concept as it is known now. */
export type Suggestion = { readonly id: string; readonly value: number };

/** At most `limit` inputs that nobody labelled with the concept, the most telling one first. By what its model says, or
 *  else its labels, or else its name. */
export async function suggestInputs(
  parts: Parts,
  app: App,
  concept: AppConcept,
  limit: number,
): Promise<readonly Suggestion[]> {
  const classifier = await classifierOf(parts, app, concept);
  const rows = await candidates(parts, app, concept, classifier.vector);
  const vectors = parts.vectors.read(rows, parts.dim);
  const values = rows.map((_, i) =>
    sigmoid(logit(classifier, vectors.subarray(i * parts.dim, (i + 1) * parts.dim))),
  );
  const chosen = pickTelling(vectors, values, parts.dim, limit);
  const inputs = await parts.vectors.inputsOf(chosen.map((i) => rows[i]!));
  return chosen.flatMap((i) => {
    const input = inputs.get(rows[i]!);
    return input ? [{ id: input.id, value: values[i]! }] : [];
  });
}

async function classifierOf(
  { models, zeroShot }: Parts,
  app: App,
  concept: AppConcept,
): Promise<LinearClassifier> {
  const trained = (await models.trained(app)).find(({ id }) => id === concept.id);
  return trained ?? (await models.fromLabels(app, concept)) ?? zeroShot.of(concept.name);
}

// Rows of vectors.
async function candidates(
  { data, indexes, space }: Parts,
  app: App,
  concept: AppConcept,
  vector: Float32Array,
): Promise<readonly number[]> {
  const scope = { app, space };
  const { positives, negatives } = await data.labelled(scope, concept.row);
  const labelled = new Set([...positives.values(), ...negatives.values()]);
  const index = await indexes.of(app);
  const { neighbours } = await index.nearest(vector, RANKED + labelled.size);
  const ranked = neighbours.map(({ row }) => row);
  const sampled = [...(await data.sample(scope, SAMPLED)).values()];
  return [...new Set([...ranked, ...sampled])].filter((row) => !labelled.has(row));
}

/** Places in `values` (0..1), the most telling one first: how unsure it is, less how near it is to one that was picked.
 *  `vectors`: [values.length, dim] f32, unit rows. Costs limit * values.length * dim multiplications. */
export function pickTelling(
  vectors: Float32Array,
  values: readonly number[],
  dim: number,
  limit: number,
): readonly number[] {
  const centred = toCentred(vectors, dim);
  const nearest = values.map(() => 0);
  const left = new Set(values.keys());
  const picked: number[] = [];
  while (picked.length < limit && left.size > 0) {
    const next = [...left].reduce((best, i) => {
      return telling(values[i]!, nearest[i]!) > telling(values[best]!, nearest[best]!) ? i : best;
    });
    picked.push(next);
    left.delete(next);
    for (const i of left) nearest[i] = Math.max(nearest[i]!, cosine(centred, dim, i, next));
  }
  return picked;
}

// 1 at a value of 0.5, alike to nothing; 0 for a copy.
function telling(value: number, nearest: number): number {
  return 4 * value * (1 - value) * (1 - nearest);
}

// What all pictures share says nothing about which are alike.
function toCentred(vectors: Float32Array, dim: number): Float32Array {
  const count = vectors.length / dim;
  const mean = new Float64Array(dim);
  for (let i = 0; i < vectors.length; i++) mean[i % dim]! += vectors[i]! / count;
  const centred = vectors.map((value, i) => value - mean[i % dim]!);
  for (let at = 0; at < centred.length; at += dim) {
    const row = centred.subarray(at, at + dim);
    const length = Math.hypot(...row);
    for (let d = 0; d < dim; d++) row[d]! /= length || 1;
  }
  return centred;
}

function cosine(rows: Float32Array, dim: number, a: number, b: number): number {
  let sum = 0;
  for (let d = 0; d < dim; d++) sum += rows[a * dim + d]! * rows[b * dim + d]!;
  return sum;
}
