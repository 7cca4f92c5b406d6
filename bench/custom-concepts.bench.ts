// npm run bench concepts: how long a concept takes to be learned and measured among 100,000 stored vectors, and how long it
// takes to find what to label next.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { App } from "../src/engine/engine.ts";
import { UNSEEN } from "../src/engine/facts/facts.ts";
import { Indexes } from "../src/engine/indexes.ts";
import { suggestInputs } from "../src/engine/labelling/suggestions.ts";
import type { AppConcept } from "../src/engine/library/app-concepts.ts";
import { ScanPool } from "../src/engine/scan-pool.ts";
import { Store } from "../src/engine/store.ts";
import { LabelClassifiers } from "../src/engine/training/label-classifiers.ts";
import { learn, prepareLessons } from "../src/engine/training/lessons.ts";
import { untrained } from "../src/engine/training/model-record.ts";
import { createPause } from "../src/engine/training/pause.ts";
import { machine } from "./machine.ts";
import { clusteredVectors } from "./vectors.ts";

const INPUTS = 100_000;
const DIM = 384;
const BATCH = 1000;
const RUNS = 15;
/** Positives and negatives. */
const LABELS = [
  [5, 0],
  [10, 10],
  [100, 100],
] as const;

type Fixture = {
  readonly store: Store;
  readonly app: App;
  readonly space: number;
  readonly vectors: Float32Array;
};

/** Prints p50 and p95. Takes a minute or two. */
export async function concepts(): Promise<void> {
  console.log(`concepts, ${INPUTS} inputs of ${DIM} numbers, ${RUNS} runs each`);
  console.log(machine());
  const data = mkdtempSync(join(tmpdir(), "semblance-bench-"));
  const pool = await ScanPool.open(1);
  const fixture = await fill(data);
  const { store, space } = fixture;
  const failed = (error: Error) => console.error(error);
  const indexes = new Indexes(join(data, "index"), store.vectors, pool, space, DIM, failed);
  try {
    await indexes.of(fixture.app);
    const lines: object[] = [];
    for (const [positives, negatives] of LABELS) {
      const concept = await label(fixture, positives, negatives);
      lines.push({ positives, negatives, ...(await measure(fixture, indexes, concept)) });
    }
    console.table(lines);
  } finally {
    await indexes.close();
    await pool.close();
    store.close();
    rmSync(data, { recursive: true, force: true });
  }
}

async function fill(data: string): Promise<Fixture> {
  const store = Store.open(data);
  const app = await store.apps.create("bench", { id: "concepts" });
  const { row: space } = await store.spaces.of({
    model: "bench",
    dim: DIM,
    name: "",
    folder: data,
  });
  const vectors = clusteredVectors(INPUTS, DIM, 1);
  const about = { sha256: "", sizeBytes: 1, widthPx: 1, heightPx: 1, format: "jpeg", ...UNSEEN };
  for (let start = 0; start < INPUTS; start += BATCH) {
    const rows = Array.from({ length: BATCH }, (_, i) => start + i);
    const given = rows.map((i) => ({ id: `i${i}`, name: "", metadata: "{}", size_bytes: 1 }));
    const inputs = await store.queue.add(app, given);
    const processed = inputs.map((input, i) => {
      const at = (start + i) * DIM;
      const vector = vectors.slice(at, at + DIM);
      return { ...about, input, encoded: [{ space, vector, predictions: [] }] };
    });
    await store.queue.complete(processed);
  }
  return { store, app, space, vectors };
}

// Positives are what is nearest to one input, negatives any.
async function label(
  { store, app, vectors }: Fixture,
  positives: number,
  negatives: number,
): Promise<AppConcept> {
  const name = `concept ${positives}`;
  const near = [...Array(INPUTS).keys()]
    .map((i) => ({ i, cosine: dot(vectors, 7 * DIM, i * DIM) }))
    .sort((a, b) => b.cosine - a.cosine);
  const present = near.slice(0, positives).map(({ i }) => ({ i, value: 1 }));
  const absent = near.slice(INPUTS - negatives).map(({ i }) => ({ i, value: 0 }));
  const patches = [...present, ...absent].map(({ i, value }) => {
    return { id: `i${i}`, labels: [{ name, value }] };
  });
  await store.annotations.patchInputs(app, patches, "merge");
  return (await store.concepts.find(app, name)) as AppConcept; // made by the labels
}

async function measure(
  { store, app, space, vectors }: Fixture,
  indexes: Indexes,
  concept: AppConcept,
): Promise<object> {
  const name = { vector: vectors.slice(0, DIM), scale: 23, bias: -15 };
  const parts = {
    ...{ data: store.trainingData, vectors: store.vectors, dim: DIM, space, indexes },
    ...{ concepts: store.concepts, datasets: store.datasets, zeroShot: { of: async () => name } },
  };
  const body = untrained({ concepts: [concept], isMutuallyExclusive: false, isClosed: false });
  const { signal } = new AbortController();
  const options = { isPatient: false, signal };
  const models = {
    trained: async () => [],
    fromLabels: (of: App, one: AppConcept) => new LabelClassifiers(parts).of(of, one),
  };
  return {
    ...(await time("learn and measure", async () => {
      const lessons = await prepareLessons(parts, app, body, options);
      await learn(parts, lessons, createPause(signal));
    })),
    ...(await time("learn and suggest 12", () =>
      suggestInputs({ ...parts, models }, app, concept, 12),
    )),
  };
}

async function time(name: string, run: () => Promise<unknown>): Promise<object> {
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (part: number) => times[Math.floor(part * times.length)]!.toFixed(0);
  return { [`${name}: p50 ms`]: at(0.5), [`${name}: p95 ms`]: at(0.95) };
}

function dot(vectors: Float32Array, a: number, b: number): number {
  let sum = 0;
  for (let d = 0; d < DIM; d++) sum += vectors[a + d]! * vectors[b + d]!;
  return sum;
}
