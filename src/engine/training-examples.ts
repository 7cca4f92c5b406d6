// The examples of one concept: embeddings of inputs that carry it, of inputs that lack it, and of some that nobody
// has labelled, which mostly lack it, too.
import type { Examples } from "./classifier.ts";
import type { Pause } from "./pause.ts";
import type { Scope, TrainingData } from "./training-data.ts";
import type { Vectors } from "./vectors.ts";

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

/** What to gather. Concepts are given by row. */
export type Wanted = {
  readonly concept: number;
  /** Concepts that no image shows together with this one. */
  readonly exclusive: readonly number[];
  /** Leave out what nobody has labelled. */
  readonly isClosed: boolean;
};

export type Gathered = {
  readonly examples: Examples;
  /** Rows of the inputs that were labelled. */
  readonly inputs: readonly number[];
  readonly positives: number;
};

export async function gatherExamples(
  sources: Sources,
  scope: Scope,
  wanted: Wanted,
  pause: Pause,
): Promise<Gathered> {
  const { positives, negatives } = await sources.data.labelled(scope, wanted.concept);
  const sure = new Map(negatives);
  for (const other of wanted.exclusive) {
    for (const [input, row] of (await sources.data.labelled(scope, other)).positives) {
      if (!positives.has(input)) sure.set(input, row);
    }
  }
  // Without a positive they would only teach that nothing shows the concept.
  const isWanted = positives.size > 0 && !wanted.isClosed;
  const others = isWanted ? await sources.data.sample(scope, UNLABELLED_MAX) : new Map();
  const unlabelled = [...others].filter(([input]) => !positives.has(input) && !sure.has(input));
  const rows = [...sure.values(), ...unlabelled.map(([, row]) => row)];
  const examples = {
    dim: sources.dim,
    positives: await read(sources, [...positives.values()], pause),
    negatives: await read(sources, rows, pause),
    negativeWeights: new Float32Array(rows.length).fill(UNLABELLED_WEIGHT).fill(1, 0, sure.size),
  };
  return { examples, inputs: [...positives.keys(), ...sure.keys()], positives: positives.size };
}

async function read(
  { vectors, dim }: Sources,
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
