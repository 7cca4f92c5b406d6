// Looking at a whole collection: its near-duplicates and its map.
import { setTimeout } from "node:timers/promises";
import { AppError } from "../../errors.ts";
import type { CopyParts } from "./near-copies.ts";
import { NearCopies } from "./near-copies.ts";
import { PictureMap, type PictureMapParts } from "./picture-map.ts";

/** How often new inputs are looked up among the near-duplicates. */
const REFRESH_MS = 30_000;

export type ExploreParts = CopyParts &
  PictureMapParts & {
    /** Told about failures that no caller sees. */
    readonly onError: (error: AppError) => void;
  };

export class Explore {
  readonly copies: NearCopies;
  readonly map: PictureMap;
  readonly #parts: ExploreParts;
  readonly #closing = new AbortController();
  readonly #keeping: Promise<void>;

  constructor(parts: ExploreParts) {
    this.#parts = parts;
    this.copies = new NearCopies(parts);
    this.map = new PictureMap(parts);
    this.#keeping = this.#keepCurrent();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#keeping;
  }

  async #keepCurrent(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await setTimeout(REFRESH_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (!signal.aborted) await this.#refresh(signal);
    }
  }

  async #refresh(signal: AbortSignal): Promise<void> {
    try {
      for (const app of await this.#parts.explorations.apps("copies")) {
        await this.copies.refresh(app, signal);
      }
    } catch (cause) {
      if (!signal.aborted) this.#parts.onError(AppError.from(cause));
    }
  }
}
