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
  const start: ExploreStart = { task: "map", dim, count: FITTED_MAX };
  const thread = new Thread("explore-worker", start);
  const growing = new GrowingMap();
  try {
    for await (const { page, first } of numbered(parts, app, signal)) {
      const chosen = growing.choose(page, first, steps.fitted, FITTED_MAX);
      await take(thread, vectorsAt(page, chosen, dim));
    }
    const fitting = share(report, count, 0, steps.fitted === 1 ? 1 : 0.6);
    const fitted = await finish<FittedMap>(thread, signal, fitting);
    growing.add(fitted);
    const placing = { thread, growing, steps, count, signal, report };
    const lastVector = await placeRest(parts, app, placing);
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

// Where nothing is left this only reads. Returns the last vector that the map knows.
async function placeRest(
  parts: MapParts,
  app: App,
  { thread, growing, steps, count, signal, report }: Placing,
): Promise<number> {
  const done = share(report, count, steps.fitted === 1 ? 1 : 0.6, 1);
  let lastVector = 0;
  for await (const { page, first } of numbered(parts, app, signal)) {
    const chosen = growing.choose(page, first, steps.shown, POINTS_MAX);
    lastVector = page.rows.at(-1) ?? lastVector;
    done(Math.min(1, first / count));
    if (chosen.length === 0) continue;
    const vectors = vectorsAt(page, chosen, parts.dim);
    growing.add(await send<Placed>(thread, { kind: "place", vectors }, vectors));
  }
  return lastVector;
}

// Pages with the number of their first vector, which is another one each time that inputs come, go or are indexed
// again meanwhile: good for sampling, not for telling who is who.
async function* numbered(
  { explorations, space }: MapParts,
  app: App,
  signal: AbortSignal,
): AsyncGenerator<{ readonly page: VectorPage; readonly first: number }> {
  let first = 0;
  for await (const page of pagesOf(explorations, app, space, signal)) {
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
  readonly #inputs = new Set<number>(); // in the order in which they were chosen
  readonly #x = new Float32Array(POINTS_MAX);
  readonly #y = new Float32Array(POINTS_MAX);
  readonly #clusters = new Uint16Array(POINTS_MAX);
  #end = 0;

  /** Makes every so many inputs of a page part of the map, up to `most` in all, and returns where they are in the page.
   *  Those that are part of it already are left out. `first`: number of the page's first vector. */
  choose({ inputs }: VectorPage, first: number, step: number, most: number): readonly number[] {
    return [...inputs.keys()].filter((i) => {
      const input = inputs[i]!;
      const isChosen = (first + i) % step === 0 && !this.#inputs.has(input);
      if (!isChosen || this.#inputs.size >= most) return false;
      this.#inputs.add(input);
      return true;
    });
  }

  /** Where those lie that were chosen since the last call. `places`: [n, 2]. */
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
    const inputs = Float64Array.from(this.#inputs);
    const order = Uint32Array.from(inputs.keys());
    order.sort((a, b) => inputs[a]! - inputs[b]!);
    return pointsAt({ inputs, x: this.#x, y: this.#y, clusters: this.#clusters }, order);
  }
}
