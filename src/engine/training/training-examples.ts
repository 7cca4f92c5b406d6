// The examples of one concept: inputs that carry it, inputs that lack it, and some that nobody has labelled, which
// mostly lack it, too. They are chosen by row; their embeddings are read when they are learned from.

import type { Vectors } from "../vectors.ts";
import type { Examples } from "./classifier.ts";
import type { Pause } from "./pause.ts";
import type { Labelled, Scope, TrainingData } from "./training-data.ts";

const UNLABELLED_MAX = 1000;
/** How much an input without a label counts as a negative. */
const UNLABELLED_WEIGHT = 0.1;
/** Vectors read between two pauses. */
const READ_BATCH = 500;

export type Sources = {
  readonly data: TrainingData;
  readonly vectors: Vectors;
  readonly dim: number;
};

export type VectorSource = { readonly vectors: Pick<Vectors, "read">; readonly dim: number };

/** Rows of vectors. */
export type Chosen = {
  readonly positives: readonly number[];
  readonly negatives: readonly number[];
  readonly unlabelled: readonly number[];
  /** Rows of the inputs that were labelled. */
  readonly inputs: readonly number[];
};

/** Inputs that may stand for what nobody has labelled, with their vectors' rows. */
export async function sampleUnlabelled(
  { data }: Sources,
  scope: Scope,
): Promise<ReadonlyMap<number, number>> {
  return data.sample(scope, UNLABELLED_MAX);
}

/** `exclusive`: labels of concepts that no image shows together with this one. `sample`: of all inputs. */
export function chooseExamples(
  { positives, negatives }: Labelled,
  exclusive: readonly Labelled[],
  sample: ReadonlyMap<number, number>,
): Chosen {
  const lacking = new Map(negatives);
  for (const other of exclusive) {
    for (const [input, row] of other.positives) {
      if (!positives.has(input)) lacking.set(input, row);
    }
  }
  // Without a positive they would only teach that nothing shows the concept.
  const others = positives.size > 0 ? [...sample] : [];
  return {
    positives: [...positives.values()],
    negatives: [...lacking.values()],
    unlabelled: others
      .filter(([input]) => !positives.has(input) && !lacking.has(input))
      .map(([, row]) => row),
    inputs: [...positives.keys(), ...lacking.keys()],
  };
}

export async function readExamples(
  sources: VectorSource,
  { positives, negatives, unlabelled }: Chosen,
  pause: Pause,
): Promise<Examples> {
  const rows = [...negatives, ...unlabelled];
  return {
    dim: sources.dim,
    positives: await read(sources, positives, pause),
    negatives: await read(sources, rows, pause),
    negativeWeights: new Float32Array(rows.length)
      .fill(UNLABELLED_WEIGHT)
      .fill(1, 0, negatives.length),
  };
}

async function read(
  { vectors, dim }: VectorSource,
  rows: readonly number[],
  pause: Pause,
): Promise<Float32Array> {
  const all = new Float32Array(rows.length * dim);
  for (let start = 0; start < rows.length; start += READ_BATCH) {
    all.set(vectors.read(rows.slice(start, start + READ_BATCH), dim), start * dim);
    await pause();
  }
  return all;
}
