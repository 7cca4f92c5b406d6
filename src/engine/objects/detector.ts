// Pictures -> the objects in them, by a detector in a worker thread of its own. It is loaded by the first picture and
// unloaded after a rest: most of the time nobody adds any.
import { AppError } from "../../errors.ts";
import type { Decoded } from "../decode.ts";
import { RestingThread } from "../resting-thread.ts";
import type { Detection, DetectMessage } from "./detect-worker.ts";
import { type DetectorModel, readDetectorModel } from "./detector-model.ts";
import { detectorPixels } from "./detector-pixels.ts";
import type { DetectorStart } from "./detector-session.ts";

export type { Detection } from "./detect-worker.ts";

/** Objects of one picture: more make no better search. */
const DETECTIONS_MAX = 100;
/** From where a detection is right more often than not, as each family was trained. */
const THRESHOLDS = { detr: 0.5, yolox: 0.4 } as const;
const IDLE_MS = 60_000;
/** One picture, and before the first one the load of the file, which may lie on a slow disk. */
const TIMEOUT_MS = 120_000;

export type DetectorOptions = {
  /** Threads that compute one picture. */
  readonly threads: number;
  /** Unloaded after so long without a picture. Default 60 s. */
  readonly idleMs?: number;
  /** A picture that takes longer fails, and the worker is started anew. Default 120 s. */
  readonly timeoutMs?: number;
};

/** Finds objects. Pictures wait for each other. */
export class Detector {
  readonly model: DetectorModel;
  readonly #thread: RestingThread;
  readonly #timeoutMs: number;

  private constructor(model: DetectorModel, options: DetectorOptions) {
    const { threads, idleMs = IDLE_MS, timeoutMs = TIMEOUT_MS } = options;
    const { file, family, labels, pixels } = model;
    const start: DetectorStart = { file, family, labels, pixels, threads };
    this.model = model;
    this.#timeoutMs = timeoutMs;
    this.#thread = new RestingThread("objects/detect-worker", start, { name: "detector", idleMs });
  }

  /** Reads the folder's JSON files; the graph is loaded by the first picture, or `load`.
   *  @throws AppError "model_unavailable" naming the file and the field */
  static async open(folder: string, options: DetectorOptions): Promise<Detector> {
    return new Detector(await readDetectorModel(folder), options);
  }

  /** Loads the graph if it is not. @throws AppError "model_unavailable" naming the file, and its input or output */
  async load(): Promise<void> {
    await this.#call({ kind: "load" });
  }

  /** The objects of a picture, highest confidence first, at most 100; an empty list is a usual answer. `threshold`: least
   *  confidence, above 0, at most 1; default 0.5 for the DETR family, 0.4 for YOLOX. One label per box.
   *  @throws AppError "model_unavailable"; "internal" if it takes too long; "cancelled" once it is closed */
  async detect(
    picture: Pick<Decoded, "rgb" | "widthPx" | "heightPx">,
    { threshold = THRESHOLDS[this.model.family.name] }: { readonly threshold?: number } = {},
  ): Promise<readonly Detection[]> {
    if (!(threshold > 0 && threshold <= 1))
      throw new AppError(
        "invalid_request",
        `Expected a number above 0, at most 1, for threshold but received ${threshold}.`,
      );
    const placed = await detectorPixels(picture, this.model.pixels);
    return this.#call({ kind: "detect", ...placed, threshold, limit: DETECTIONS_MAX });
  }

  /** Waits for the pictures under way; later ones fail. */
  async close(): Promise<void> {
    await this.#thread.close();
  }

  #call<Result>(message: DetectMessage): Promise<Result> {
    return this.#thread.call<Result>(message, this.#timeoutMs);
  }
}
