// Inputs that were given by URL -> their bytes, kept for indexing. Several at once, few per host; an input waits in
// the inputs table until its bytes are kept, so a crash at any point only repeats a fetch.
import { createHash } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { AppError, ERRORS } from "../../errors.ts";
import { keepOriginal, type Originals, originalKey } from "../originals.ts";
import type { Download } from "./download-queue.ts";
import type { FetchImage } from "./fetch-image.ts";

/** Fetches at once: of all apps, and of one host. */
const AT_ONCE = 8;
const AT_ONCE_PER_HOST = 4;
/** Inputs to look ahead for one whose host is free. */
const AHEAD = 1000;
const RETRY_MS = 1000;
const TROUBLE_MS = 5000;

type Parts = Originals & {
  readonly fetchImage: FetchImage;
  /** Called when bytes have come. */
  readonly onKept: () => void;
  /** Told about failures that are not the URL's fault. */
  readonly onError: (error: AppError) => void;
};

type Waiting = Download & { readonly host: string };
type Running = { readonly host: string; readonly stop: AbortController };

/** Fetches for all apps until closed. */
export class Downloads {
  readonly #parts: Parts;
  readonly #changes = new EventEmitter();
  readonly #closing = new AbortController();
  readonly #loop: Promise<void>;
  /** By row of the input. */
  readonly #running = new Map<number, Running>();
  #waiting: Waiting[] = [];
  /** The last input that was waiting; those that come later have greater rows. */
  #lastRow = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#loop = this.#run();
  }

  /** Call after inputs were given by URL. */
  wake(): void {
    this.#changes.emit("change");
  }

  /** Call after inputs that came earlier were given back to the queue. */
  startOver(): void {
    this.#lastRow = 0;
    this.wake();
  }

  /** Ends fetches that nobody waits for any more: of inputs (rows) that were deleted. */
  abort(rows: readonly number[]): void {
    for (const row of rows) this.#running.get(row)?.stop.abort();
  }

  /** Breaks off what is running; it stays pending for the next start. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.abort([...this.#running.keys()]);
    this.wake();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      const changed = once(this.#changes, "change");
      try {
        await this.#lookAhead();
        this.#startFree();
      } catch (cause) {
        await this.#pause(cause); // the database itself
        continue;
      }
      await changed;
    }
    while (this.#running.size > 0) await once(this.#changes, "change");
  }

  async #lookAhead(): Promise<void> {
    const room = AHEAD - this.#waiting.length;
    if (room < AHEAD / 2) return;
    const next = await this.#parts.store.downloads.next(this.#lastRow, room);
    const known = new Set([...this.#running.keys(), ...this.#waiting.map(({ row }) => row)]);
    const fresh = next.filter(({ row }) => !known.has(row));
    this.#waiting.push(...fresh.map((download) => ({ ...download, host: hostOf(download.url) })));
    this.#lastRow = next.at(-1)?.row ?? this.#lastRow;
  }

  #startFree(): void {
    const busy = [...this.#running.values()].map(({ host }) => host);
    const later: Waiting[] = [];
    for (const next of this.#waiting) {
      const ofHost = busy.filter((host) => host === next.host).length;
      const isFree = busy.length < AT_ONCE && ofHost < AT_ONCE_PER_HOST;
      if (!isFree || this.#closing.signal.aborted) later.push(next);
      else {
        busy.push(next.host);
        this.#start(next);
      }
    }
    this.#waiting = later;
  }

  #start(next: Waiting): void {
    const stop = new AbortController();
    this.#running.set(next.row, { host: next.host, stop });
    void this.#download(next, stop.signal).finally(() => {
      this.#running.delete(next.row);
      this.wake();
    });
  }

  async #download(next: Waiting, signal: AbortSignal): Promise<void> {
    const { store, onKept } = this.#parts;
    try {
      if (!(await store.downloads.isWaiting(next))) return;
      signal.throwIfAborted();
      await this.#keep(next, await this.#fetch(next.url, signal));
      onKept();
    } catch (cause) {
      if (!signal.aborted) await this.#fail(next, AppError.from(cause));
    }
  }

  async #fetch(url: string, signal: AbortSignal): Promise<Uint8Array> {
    const { fetchImage } = this.#parts;
    try {
      return await fetchImage(url, signal);
    } catch (cause) {
      if (!(cause instanceof AppError) || cause.details.isTransient !== true) throw cause;
      await setTimeout(RETRY_MS, undefined, { signal });
      return fetchImage(url, signal);
    }
  }

  #keep(download: Download, bytes: Uint8Array): Promise<void> {
    const { store, turns } = this.#parts;
    const app = { row: download.app };
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const own = () => store.downloads.complete(download, sha256, bytes.length);
    return turns.run(originalKey(app.row, sha256), () =>
      keepOriginal(this.#parts, app, sha256, bytes, own),
    );
  }

  async #fail(next: Waiting, error: AppError): Promise<void> {
    if (ERRORS[error.code].fault === "server") this.#parts.onError(error);
    try {
      await this.#parts.store.downloads.fail(next, error);
    } catch (cause) {
      await this.#pause(cause);
      this.#waiting.unshift(next);
    }
  }

  async #pause(cause: unknown): Promise<void> {
    this.#parts.onError(AppError.from(cause));
    await setTimeout(TROUBLE_MS, undefined, { signal: this.#closing.signal }).catch(
      () => undefined,
    );
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "";
}
