// The inputs of an app -> pairs of near-duplicates: those with nearly the same embedding are candidates, and their
// pictures decide. Exact up to 10,000 inputs, beyond that by hashing: see hashed-pairs.ts.
import type { Report } from "../activities.ts";
import type { BlobStore } from "../blobs.ts";
import type { App } from "../engine.ts";
import type { CandidatePairs, ExploreStart } from "../explore-worker.ts";
import { Thread } from "../thread.ts";
import { thumbnailKey } from "../thumbnail.ts";
import { createPause } from "../training/pause.ts";
import type { NearPair } from "./copy-groups.ts";
import type { Explorations } from "./explorations.ts";
import { finish, pagesOf, share, take } from "./feed.ts";
import { correlation, printOf } from "./picture-print.ts";

/** Cosine from which on two pictures are compared. Measured: see picture-print.ts. */
export const LEAST_COSINE = 0.88;
/** Inputs up to which every pair is looked at. */
const EXACT_MAX = 10_000;
/** The same where pairs are found by hashing: lower ones would share too few bits. */
const LEAST_HASHED_COSINE = 0.92;
/** Vectors that the mean is taken from, and at how many places they lie. */
const SAMPLE = 2048;
const SAMPLED_PLACES = 16;
/** Thumbnails read and decoded at once. */
const PARALLEL = 4;

export type PairParts = {
  readonly explorations: Explorations;
  readonly blobs: BlobStore;
  readonly space: number;
  readonly dim: number;
};

/** Pairs with similarity `least` (0..1) or more, and the last vector that was looked at. */
export async function findPairs(
  parts: PairParts,
  app: App,
  least: number,
  report: Report,
  signal: AbortSignal,
): Promise<{ readonly pairs: readonly NearPair[]; readonly lastVector: number }> {
  const { explorations, space } = parts;
  const count = await explorations.countBehind(app, space, 0);
  const thread = new Thread("explore-worker", startOf(parts, app, count));
  const inputs: number[] = [];
  let lastVector = 0;
  try {
    for await (const page of pagesOf(explorations, app, space, signal)) {
      if (inputs.length + page.rows.length > count) break; // came meanwhile: theirs is the next time
      inputs.push(...page.inputs);
      lastVector = page.rows.at(-1) ?? lastVector;
      await take(thread, page.vectors);
      share(report, count, 0, 0.1)(inputs.length / count);
    }
    const found = await finish<CandidatePairs>(thread, signal, share(report, count, 0.1, 0.4));
    const candidates = Array.from(found, (place) => inputs[place]!);
    const confirming = { least, signal, report: share(report, count, 0.4, 1) };
    return { pairs: await confirmed(parts, app, candidates, confirming), lastVector };
  } finally {
    await thread.close();
  }
}

function startOf(parts: PairParts, app: App, count: number): ExploreStart {
  const { dim } = parts;
  if (count <= EXACT_MAX) return { task: "exact-pairs", dim, count, least: LEAST_COSINE };
  const mean = meanOf(parts, app);
  return { task: "hashed-pairs", dim, count, mean, angle: angleFrom(mean, LEAST_HASHED_COSINE) };
}

/** The angle, seen from the mean, between two unit vectors with this cosine; radians. */
export function angleFrom(mean: Float32Array, cosine: number): number {
  const squared = mean.reduce((sum, value) => sum + value * value, 0);
  return Math.acos(Math.max(-1, (cosine - squared) / (1 - squared)));
}

// Of some vectors at each of a few places.
function meanOf({ explorations, space, dim }: PairParts, app: App): Float32Array {
  const { first, last } = explorations.span(app, space);
  const sum = new Float64Array(dim);
  let count = 0;
  for (let place = 0; place < SAMPLED_PLACES; place++) {
    const after = first - 1 + Math.floor((place * (last - first)) / SAMPLED_PLACES);
    const { rows, vectors } = explorations.page(app, space, after, SAMPLE / SAMPLED_PLACES);
    for (let i = 0; i < vectors.length; i++) sum[i % dim]! += vectors[i]!;
    count += rows.length;
  }
  return Float32Array.from(sum, (value) => value / Math.max(1, count));
}

// The candidates whose pictures are alike.
async function confirmed(
  { blobs }: PairParts,
  app: App,
  candidates: readonly number[],
  { least, report, signal }: Confirming,
): Promise<readonly NearPair[]> {
  const prints = await readPrints(blobs, app, [...new Set(candidates)], report, signal);
  const pairs: NearPair[] = [];
  const pause = createPause(signal);
  for (let i = 0; i < candidates.length; i += 2) {
    const pair = toPair(candidates[i]!, candidates[i + 1]!, prints);
    if (pair && pair.similarity >= least) pairs.push(pair);
    await pause();
  }
  return pairs;
}

type Confirming = {
  readonly least: number;
  readonly report: (share: number) => void;
  readonly signal: AbortSignal;
};

async function readPrints(
  blobs: BlobStore,
  app: App,
  rows: readonly number[],
  report: (share: number) => void,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, Int8Array>> {
  const prints = new Map<number, Int8Array>();
  for (let start = 0; start < rows.length; start += PARALLEL) {
    signal.throwIfAborted();
    const some = rows.slice(start, start + PARALLEL);
    const made = await Promise.all(some.map((row) => readPrint(blobs, app, row)));
    made.forEach((print, i) => {
      if (print) prints.set(some[i]!, print);
    });
    report(start / rows.length);
  }
  return prints;
}

/** Undefined where the print of one is missing: it was deleted meanwhile. */
export function toPair(
  one: number,
  other: number,
  prints: ReadonlyMap<number, Int8Array>,
): NearPair | undefined {
  const [a, b] = [Math.min(one, other), Math.max(one, other)];
  const [printA, printB] = [prints.get(a), prints.get(b)];
  return printA && printB && { a, b, similarity: Math.min(1, correlation(printA, printB)) };
}

/** Of an input's thumbnail; undefined if it has none, or a damaged one. */
export async function readPrint(
  blobs: BlobStore,
  app: Pick<App, "row">,
  row: number,
): Promise<Int8Array | undefined> {
  const bytes = await blobs.get(thumbnailKey(app.row, row));
  return bytes && printOf(bytes).catch(() => undefined);
}
