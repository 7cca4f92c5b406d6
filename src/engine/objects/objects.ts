// Objects in pictures, as the engine offers them: the detector in use, if one is, its work in the background, and what it
// has found.
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

export class Objects {
  readonly #parts: Parts;
  readonly #detector: Detector | undefined;
  readonly #closing = new AbortController();
  readonly #work: Promise<void>;

  private constructor(parts: Parts, detector: Detector | undefined) {
    this.#parts = parts;
    this.#detector = detector;
    const kept = { ...parts, isAsked: () => parts.spaces.isAsked() };
    const work = detector && keepObjects({ ...kept, detector }, this.#closing.signal);
    this.#work = work?.catch((cause) => parts.onError(AppError.from(cause))) ?? Promise.resolve();
  }

  /** Begins to look for objects. A detector that cannot be opened is told and done without. `asked`: see Config. */
  static async open(parts: Parts, asked: string | undefined): Promise<Objects> {
    const threads = Math.max(1, parts.threads >> 1); // the other half is for searches
    try {
      const folder = await chooseDetector(parts.data, asked);
      return new Objects(
        parts,
        folder === undefined ? undefined : await Detector.open(folder, { threads }),
      );
    } catch (cause) {
      parts.onError(AppError.from(cause));
      return new Objects(parts, undefined);
    }
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
        "Install one with: semblance models pull ID (docs/models.md), and start Semblance again.",
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
}
