// Objects in pictures, as the engine offers them: the detector in use, if one is, its work in the background, and what it
// has found.
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../../errors.ts";
import type { App, Input } from "../engine.ts";
import type { Facets } from "../filter/facets.ts";
import type { SearchRequest } from "../query.ts";
import type { SpaceParts } from "../spaces/space.ts";
import type { Spaces } from "../spaces/spaces.ts";
import { chooseDetector } from "./choose-detector.ts";
import { type Detection, Detector } from "./detector.ts";
import { keepObjects } from "./keep-objects.ts";

type Parts = Pick<
  SpaceParts,
  "activities" | "blobs" | "codecs" | "data" | "onError" | "store" | "threads"
> & {
  readonly spaces: Pick<Spaces, "current" | "isAsked">;
};

/** How often to see whether a detector was installed, while there is none. */
const LOOK_MS = 5000;

export class Objects {
  readonly #parts: Parts;
  /** As in Config. */
  readonly #asked: string | undefined;
  readonly #closing = new AbortController();
  #detector: Detector | undefined;
  /** Why there is none; told once. */
  #problem = "";
  #work: Promise<void> = Promise.resolve();

  private constructor(parts: Parts, asked: string | undefined) {
    this.#parts = parts;
    this.#asked = asked;
  }

  /** Begins to look for objects. A detector that cannot be opened is told and done without; one that is installed later is used
   *  then. `asked`: see Config. */
  static async open(parts: Parts, asked: string | undefined): Promise<Objects> {
    const objects = new Objects(parts, asked);
    await objects.#openDetector();
    objects.#work = objects.#run().catch((cause) => parts.onError(AppError.from(cause)));
    return objects;
  }

  /** The one in use. `name`: of its folder, which is a pack's id; `labels`: what it can find. */
  get detector(): { readonly name: string; readonly labels: readonly string[] } | undefined {
    if (!this.#detector) return undefined;
    const { name, labels } = this.#detector.model;
    return { name, labels: labels.filter((label) => label !== null) };
  }

  /** What was found in inputs, surest first, by input row. */
  async of(inputs: readonly Input[]): Promise<ReadonlyMap<number, readonly Detection[]>> {
    return this.#parts.store.objects.of(inputs);
  }

  /** Whether anything was found in the app. */
  async isAny(app: App): Promise<boolean> {
    return this.#parts.store.objects.isAny(app);
  }

  /** @throws AppError "invalid_search" if a search is for objects, and nothing finds any */
  async check(app: App, { isOfObjects = false, ranks }: SearchRequest): Promise<void> {
    if (!isOfObjects || ranks.length === 0 || this.#detector) return;
    if (await this.isAny(app)) return;
    throw new AppError(
      "invalid_search",
      "Expected a detector to search for objects with but none is in use. " +
        "Install one with: semblance models pull ID (docs/models.md).",
    );
  }

  /** Without a detector no objects are offered to those who filter: what is new has none. */
  offered(facets: Facets): Facets {
    return this.#detector ? facets : { ...facets, objects: [] };
  }

  /** Stops the work; what is due goes on at the next start. To be called before activities are closed. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#work;
    await this.#detector?.close();
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    while (!this.#detector) {
      if (this.#asked !== undefined) return; // a start looks for it again
      await sleep(LOOK_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      await this.#openDetector();
    }
    const isAsked = () => this.#parts.spaces.isAsked();
    await keepObjects({ ...this.#parts, isAsked, detector: this.#detector }, signal);
  }

  async #openDetector(): Promise<void> {
    const { data, threads, onError } = this.#parts;
    try {
      const folder = await chooseDetector(data, this.#asked);
      if (folder === undefined) return;
      // The other half is for searches.
      this.#detector = await Detector.open(folder, { threads: Math.max(1, threads >> 1) });
    } catch (cause) {
      const error = AppError.from(cause);
      if (error.message !== this.#problem) onError(error);
      this.#problem = error.message;
    }
  }
}
