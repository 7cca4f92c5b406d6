// The vectors of an app -> points on a map with clusters: laid out from a sample, the rest placed among it.
import type { Report } from "../activities.ts";
import type { App } from "../engine.ts";
import type { ExploreStart, FittedMap } from "../explore-worker.ts";
import { Thread } from "../thread.ts";
import type { Explorations, VectorPage } from "./explorations.ts";
import { finish, pagesOf, send, share, take } from "./feed.ts";
import { type MapPoints, pointsAt } from "./map-points.ts";
import type { Placed } from "./placement.ts";

/** Vectors that are laid out; the time grows with their square. */
const FITTED_MAX = 4000;
/** Points of a map: more would be a cloud, and megabytes. Larger apps are sampled. */
const POINTS_MAX = 200_000;

export type MapParts = {
  readonly explorations: Explorations;
  readonly space: number;
  readonly dim: number;
};

export type NewMap = {
  readonly points: MapPoints;
  readonly clusterCount: number;
  readonly lastVector: number;
};

export async function fitMap(
  parts: MapParts,
  app: App,
  report: Report,
  signal: AbortSignal,
): Promise<NewMap> {
  const { explorations, space, dim } = parts;
  const count = await explorations.countBehind(app, space, 0);
  const steps = stepsFor(count);
  const start: ExploreStart = { task: "map", dim, count: Math.ceil(count / steps.fitted) };
  const thread = new Thread("explore-worker", start);
  const growing = new GrowingMap(Math.ceil(count / steps.shown));
  let lastVector = 0;
  try {
    for await (const { page, first } of numbered(parts, app, count, signal)) {
      const chosen = page.inputs.map((_, i) => first + i).filter((at) => at % steps.fitted === 0);
      await take(
        thread,
        vectorsAt(
          page,
          chosen.map((at) => at - first),
          dim,
        ),
      );
      growing.inputs.push(...chosen.map((at) => page.inputs[at - first]!));
      lastVector = page.rows.at(-1) ?? lastVector;
    }
    const isWhole = steps.fitted === 1;
    const fitting = share(report, count, 0, isWhole ? 1 : 0.6);
    const fitted = await finish<FittedMap>(thread, signal, fitting);
    growing.add(fitted);
    if (!isWhole) {
      await placeRest(parts, app, { thread, growing, steps, count, signal, report });
    }
    return { points: growing.sorted(), clusterCount: fitted.centres.length / dim, lastVector };
  } finally {
    await thread.close();
  }
}

type Steps = {
  /** Every so many vectors are on the map, and laid out; the latter a multiple of the former. */
  readonly shown: number;
  readonly fitted: number;
};

function stepsFor(count: number): Steps {
  const shown = Math.max(1, Math.ceil(count / POINTS_MAX));
  return { shown, fitted: shown * Math.max(1, Math.ceil(count / shown / FITTED_MAX)) };
}

type Placing = {
  readonly thread: Thread;
  readonly growing: GrowingMap;
  readonly steps: Steps;
  readonly count: number;
  readonly signal: AbortSignal;
  readonly report: Report;
};

async function placeRest(
  parts: MapParts,
  app: App,
  { thread, growing, steps, count, signal, report }: Placing,
): Promise<void> {
  const done = share(report, count, 0.6, 1);
  for await (const { page, first } of numbered(parts, app, count, signal)) {
    const chosen = page.inputs
      .map((_, i) => first + i)
      .filter((at) => at % steps.shown === 0 && at % steps.fitted !== 0);
    const vectors = vectorsAt(
      page,
      chosen.map((at) => at - first),
      parts.dim,
    );
    growing.inputs.push(...chosen.map((at) => page.inputs[at - first]!));
    growing.add(await send<Placed>(thread, { kind: "place", vectors }, vectors));
    done(first / count);
  }
}

// Pages with the number of their first vector; what came meanwhile is left out.
async function* numbered(
  { explorations, space }: MapParts,
  app: App,
  count: number,
  signal: AbortSignal,
): AsyncGenerator<{ readonly page: VectorPage; readonly first: number }> {
  let first = 0;
  for await (const page of pagesOf(explorations, app, space, signal)) {
    if (first + page.rows.length > count) return;
    yield { page, first };
    first += page.rows.length;
  }
}

function vectorsAt({ vectors }: VectorPage, places: readonly number[], dim: number): Float32Array {
  const chosen = new Float32Array(places.length * dim);
  places.forEach((at, i) => {
    chosen.set(vectors.subarray(at * dim, (at + 1) * dim), i * dim);
  });
  return chosen;
}

class GrowingMap {
  readonly inputs: number[] = [];
  readonly #x: Float32Array;
  readonly #y: Float32Array;
  readonly #clusters: Uint16Array;
  #end = 0;

  constructor(most: number) {
    this.#x = new Float32Array(most);
    this.#y = new Float32Array(most);
    this.#clusters = new Uint16Array(most);
  }

  /** `places`: [n, 2]. */
  add({ places, clusters }: Placed): void {
    clusters.forEach((cluster, i) => {
      this.#x[this.#end] = places[2 * i]!;
      this.#y[this.#end] = places[2 * i + 1]!;
      this.#clusters[this.#end] = cluster;
      this.#end++;
    });
  }

  /** By rows of inputs. */
  sorted(): MapPoints {
    const order = Uint32Array.from({ length: this.#end }, (_, i) => i);
    order.sort((a, b) => this.inputs[a]! - this.inputs[b]!);
    const inputs = Float64Array.from(this.inputs);
    return pointsAt({ inputs, x: this.#x, y: this.#y, clusters: this.#clusters }, order);
  }
}
