// Worker thread of explore/: vectors in, pairs of near-duplicates or a map out. It is fed and asked to go on in short
// turns, so that progress comes out and stopping gets in.
import { exactPairs } from "./explore/exact-pairs.ts";
import { hashedPairs } from "./explore/hashed-pairs.ts";
import { clusterCount, kMeans } from "./explore/k-means.ts";
import { layOut } from "./explore/layout.ts";
import { type Fitted, Placement } from "./explore/placement.ts";
import { Signatures, WORDS } from "./explore/signatures.ts";
import { runSlice, type Slice, scaled, type Work } from "./explore/slices.ts";
import { serve } from "./thread.ts";

/** What the thread is for. `count`: vectors that will be given. */
export type ExploreStart = { readonly dim: number; readonly count: number } & (
  | { readonly task: "exact-pairs"; readonly least: number }
  /** `mean`: [dim] f32 of the vectors; `angle`: radians, seen from it. */
  | { readonly task: "hashed-pairs"; readonly mean: Float32Array; readonly angle: number }
  | { readonly task: "map" }
);

export type ExploreMessage =
  /** The next vectors, [n, dim] f32. */
  | { readonly kind: "take"; readonly vectors: Float32Array }
  | { readonly kind: "go-on" }
  /** Places and clusters of vectors that the map was not made from; once it is. */
  | { readonly kind: "place"; readonly vectors: Float32Array };

/** Of the first two: [a, b, a, b, ...], by the order in which the vectors were given. */
export type CandidatePairs = Uint32Array;
/** Of "map": [n, 2] f32, [n], and [k, dim] f32. */
export type FittedMap = Pick<Fitted, "places" | "clusters" | "centres">;

/** Time of one turn. */
const SLICE_MS = 100;

type Task = {
  take(vectors: Float32Array): void;
  goOn(): Slice<CandidatePairs | FittedMap>;
  place(vectors: Float32Array): unknown;
};

serve<ExploreStart, ExploreMessage>(async (start) => {
  const task = open(start);
  return async (message) => {
    switch (message.kind) {
      case "take":
        return { result: task.take(message.vectors) };
      case "go-on":
        return { result: task.goOn() };
      case "place":
        return { result: task.place(message.vectors) };
    }
  };
});

function open(start: ExploreStart): Task {
  switch (start.task) {
    case "exact-pairs":
      return openExactPairs(start);
    case "hashed-pairs":
      return openHashedPairs(start);
    case "map":
      return openMap(start);
  }
}

function openExactPairs({ dim, count, least }: ExploreStart & { task: "exact-pairs" }): Task {
  const taken = openTaken(count, dim);
  let work: Work<CandidatePairs> | undefined;
  return {
    take: taken.take,
    place: () => undefined,
    goOn() {
      work ??= exactPairs(taken.vectors(), dim, least);
      return runSlice(work, SLICE_MS);
    },
  };
}

function openHashedPairs({ count, mean, angle }: ExploreStart & { task: "hashed-pairs" }): Task {
  const hash = new Signatures(mean);
  const signatures = new Uint32Array(count * WORDS);
  let taken = 0;
  let work: Work<CandidatePairs> | undefined;
  return {
    place: () => undefined,
    take(vectors) {
      for (let from = 0; from < vectors.length; from += mean.length) {
        hash.write(vectors, from, signatures, taken++ * WORDS);
      }
    },
    goOn() {
      work ??= hashedPairs(signatures.subarray(0, taken * WORDS), angle);
      return runSlice(work, SLICE_MS);
    },
  };
}

function openMap({ dim, count }: ExploreStart): Task {
  const taken = openTaken(count, dim);
  let work: Work<FittedMap> | undefined;
  let placement: Placement | undefined;
  return {
    take: taken.take,
    goOn() {
      work ??= fitMap(taken.vectors(), dim);
      const slice = runSlice(work, SLICE_MS);
      if ("result" in slice) {
        placement = new Placement({ ...slice.result, vectors: taken.vectors(), dim });
      }
      return slice;
    },
    place: (vectors) => placement?.place(vectors),
  };
}

// The clusters take about a tenth of the time.
function* fitMap(vectors: Float32Array, dim: number): Work<FittedMap> {
  const count = vectors.length / dim;
  const clustering = kMeans(vectors, dim, clusterCount(count));
  const { centres, clusters } = yield* scaled(clustering, 0, 0.1);
  const places = yield* scaled(layOut(vectors, dim), 0.1, 1);
  return { places, clusters, centres };
}

/** Vectors that were given so far. */
function openTaken(count: number, dim: number) {
  const all = new Float32Array(count * dim);
  let end = 0;
  return {
    vectors: () => all.subarray(0, end),
    take: (vectors: Float32Array): void => {
      all.set(vectors, end);
      end += vectors.length;
    },
  };
}
