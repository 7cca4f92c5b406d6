// The map of an app: where each input lies among those that look like it, in clusters with names.
import { AppError } from "../../errors.ts";
import type { Activities, Activity } from "../activities.ts";
import type { Concepts } from "../concepts.ts";
import type { App, Prediction } from "../engine.ts";
import type { Term } from "../rank.ts";
import { createPause } from "../training/pause.ts";
import { nameClusters } from "./cluster-names.ts";
import type { Explorations } from "./explorations.ts";
import { pagesOf } from "./feed.ts";
import { fitMap, type MapParts } from "./fit-map.ts";
import { fromBytes, type MapPoints, pointsAt, toBytes } from "./map-points.ts";
import type { ExploringState } from "./near-copies.ts";

/** Fewer are looked at faster than a map. */
const LEAST_INPUTS = 10;
/** Inputs of a cluster whose predictions name it. */
const NAMED_BY = 200;

type MapCluster = {
  readonly id: number;
  /** "" if the vocabulary has no word for it. */
  readonly name: string;
  readonly count: number;
  /** In the middle of its points. */
  readonly x: number;
  readonly y: number;
};

export type PictureMapView = {
  readonly state: ExploringState;
  readonly computedAt: Date | undefined;
  /** Inputs indexed since. */
  readonly fresh: number;
  /** Searchable inputs; more than there are points where the app is large. */
  readonly total: number;
  readonly clusters: readonly MapCluster[];
  readonly ids: readonly string[];
  /** In the order of the ids. */
  readonly points: MapPoints;
};

/** In the order of the ids. */
export type MapValues = { readonly ids: readonly string[]; readonly values: Float32Array };

export type PictureMapParts = MapParts & {
  readonly concepts: Promise<Concepts>;
  readonly activities: Activities;
  /** The vector of a concept, and what a cosine with it means. @throws AppError "invalid_search" */
  readonly termOf: (app: App, concept: string) => Promise<Term>;
};

const NO_POINTS = fromBytes(new Uint8Array());

export class PictureMap {
  readonly #parts: PictureMapParts;

  constructor(parts: PictureMapParts) {
    this.#parts = parts;
  }

  /** Makes the map anew; returns what runs already if it does. The one of before stays until it is there.
   *  @throws AppError "invalid_request" for an app with too few inputs */
  async start(app: App): Promise<Activity> {
    const { activities, explorations, space } = this.#parts;
    const count = await explorations.countBehind(app, space, 0);
    if (count < LEAST_INPUTS) {
      throw new AppError(
        "invalid_request",
        `Expected ${LEAST_INPUTS} or more searchable inputs for a map but received ${count}.`,
      );
    }
    const running = activities.running(app, "map");
    if (running) return running;
    return activities.start(app, "map", "", async (report, signal) => {
      const { points, clusterCount, lastVector } = await fitMap(this.#parts, app, report, signal);
      const body = JSON.stringify({ names: await this.#names(points, clusterCount, signal) });
      const bytes = toBytes(points);
      await explorations.put(app, "map", { space, lastVector, body, points: bytes });
      return { clusters: clusterCount };
    });
  }

  /** The map without what was deleted since. */
  async view(app: App): Promise<PictureMapView> {
    const { explorations, space, activities } = this.#parts;
    const known = await explorations.get(app, "map");
    const isRunning = activities.running(app, "map") !== undefined;
    const total = await explorations.countBehind(app, space, 0);
    if (!known?.points) {
      const state = isRunning ? "running" : "none";
      const fresh = total;
      return {
        state,
        computedAt: undefined,
        fresh,
        total,
        clusters: [],
        ids: [],
        points: NO_POINTS,
      };
    }
    const { ids, points } = await present(explorations, fromBytes(known.points));
    const after = known.space === space ? known.lastVector : 0;
    const fresh = await explorations.countBehind(app, space, after);
    const { names } = JSON.parse(known.body) as { names: readonly string[] };
    return {
      state: isRunning ? "running" : fresh > 0 ? "outdated" : "ready",
      computedAt: known.computedAt,
      fresh,
      total,
      clusters: toClusters(points, names),
      ids,
      points,
    };
  }

  /** Predicted values (0..1) of a concept, with the ids of the points as they are now: some that a `view` of before
   *  gave may be gone. @throws AppError "invalid_search" */
  async values(app: App, concept: string, signal: AbortSignal): Promise<MapValues> {
    const { explorations, space, termOf } = this.#parts;
    const { vector, value = (cosine) => cosine } = await termOf(app, concept);
    const known = await explorations.get(app, "map");
    if (!known?.points) return { ids: [], values: new Float32Array() };
    const { ids, points } = await present(explorations, fromBytes(known.points));
    const places = new Map([...points.inputs].map((input, place) => [input, place]));
    const values = new Float32Array(points.inputs.length);
    for await (const page of pagesOf(explorations, app, space, signal)) {
      page.inputs.forEach((input, i) => {
        const place = places.get(input);
        if (place === undefined) return;
        let cosine = 0;
        for (let d = 0; d < vector.length; d++) {
          cosine += vector[d]! * page.vectors[i * vector.length + d]!;
        }
        values[place] = value(cosine);
      });
    }
    return { ids, values };
  }

  async #names(
    { inputs, clusters }: MapPoints,
    count: number,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const { explorations, concepts, space } = this.#parts;
    const vocabulary = await concepts;
    const pause = createPause(signal);
    const members = Array.from({ length: count }, (): number[] => []);
    clusters.forEach((cluster, i) => void members[cluster]?.push(inputs[i]!));
    const predicted: (readonly (readonly Prediction[])[])[] = [];
    for (const rows of members) {
      const step = Math.max(1, Math.ceil(rows.length / NAMED_BY));
      const sample = rows.filter((_, i) => i % step === 0);
      const found = await explorations.predictions(sample, space);
      predicted.push(found.map((values) => vocabulary.named(values)));
      await pause();
    }
    return nameClusters(predicted);
  }
}

async function present(
  explorations: Explorations,
  points: MapPoints,
): Promise<{ readonly ids: readonly string[]; readonly points: MapPoints }> {
  const known = await explorations.ids(points.inputs);
  const places = Uint32Array.from(points.inputs.keys()).filter((at) =>
    known.has(points.inputs[at]!),
  );
  const left = pointsAt(points, places);
  return { ids: Array.from(left.inputs, (row) => known.get(row) ?? ""), points: left };
}

// Empty ones are left out. The medians lie within the cluster where a mean may not.
function toClusters(
  { x, y, clusters }: MapPoints,
  names: readonly string[],
): readonly MapCluster[] {
  const members = names.map((): number[] => []);
  clusters.forEach((cluster, i) => void members[cluster]?.push(i));
  return members.flatMap((places, id) => {
    if (places.length === 0) return [];
    const name = names[id] ?? "";
    return { id, name, count: places.length, x: median(x, places), y: median(y, places) };
  });
}

function median(values: Float32Array, places: readonly number[]): number {
  const sorted = Float32Array.from(places, (at) => values[at]!).sort();
  return sorted[sorted.length >> 1] ?? 0;
}
