// The queue's engine: pending inputs -> read, de-duplicate, decode, thumbnail, preprocess (several at
// once) -> encode in batches -> one transaction per batch -> index. The queue is the inputs table: an
// input stays pending until its transaction commits, so a crash at any point only repeats work.
import { createHash } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { stat } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { AppError } from "../errors.ts";
import type { Input } from "./engine.ts";
import { readImageFile } from "./files.ts";
import type { Gate } from "./gate.ts";
import { duplicateOf } from "./intake.ts";
import { dropOriginal, type Originals, originalKey } from "./originals.ts";
import { encodeAll, type Prepared, prepare } from "./prepare.ts";
import type { PendingInput } from "./queue.ts";
import type { Spaces } from "./spaces/spaces.ts";
import type { Thread } from "./thread.ts";
import { thumbnailKey } from "./thumbnail.ts";

/** Most inputs between the queue and their commit, in batches: one is encoded, the next is prepared. Bounds memory. */
const BATCHES_IN_FLIGHT = 3;
const LEAST_IN_FLIGHT = 64;
const RETRY_MS = 5000;

type Parts = Originals & {
  readonly codecs: Thread;
  readonly spaces: Pick<Spaces, "current" | "targets" | "apply" | "remove">;
  /** Inputs go through it: none is on its way while the model changes. */
  readonly gate: Gate;
  /** Images decoded at once. */
  readonly threads: number;
  /** Told about failures that are not the image's fault. */
  readonly onError: (error: AppError) => void;
};

type Waiting = { readonly pending: PendingInput; readonly prepared: Prepared };

/** Works off pending inputs of all apps until closed. */
export class Ingest {
  readonly #parts: Parts;
  readonly #inFlight = new Set<number>();
  /** app:sha256 -> the input in flight that has these bytes, so that two equal files do not both pass. */
  readonly #claims = new Map<string, Input>();
  readonly #ready: Waiting[] = [];
  readonly #closing = new AbortController();
  readonly #changes = new EventEmitter();
  #preparing = 0;
  #isEncoding = false;
  readonly #running: Promise<void>;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#running = this.#run();
  }

  /** Call after inputs became pending. */
  wake(): void {
    this.#changes.emit("change");
  }

  /** Finishes what is in flight; the rest stays pending for the next start. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      const changed = once(this.#changes, "change");
      try {
        const next = await this.#next();
        for (const pending of next) this.#admit(pending);
      } catch (cause) {
        await this.#pause(cause); // the database itself: full disk, I/O error
        continue;
      }
      await changed;
    }
    while (this.#inFlight.size > 0) await once(this.#changes, "change");
  }

  // The oldest pending inputs that are not being worked on, as many as there is room for.
  async #next(): Promise<readonly PendingInput[]> {
    const decoding = this.#parts.threads + 1 - this.#preparing;
    const most = Math.max(LEAST_IN_FLIGHT, BATCHES_IN_FLIGHT * this.#batch);
    const room = Math.min(decoding, most - this.#inFlight.size);
    if (room <= 0 || !this.#parts.gate.isOpen) return [];
    if (this.#backlog.length < room) {
      const pending = await this.#parts.store.queue.next(most + this.#inFlight.size);
      this.#backlog = pending.filter(({ input }) => !this.#inFlight.has(input.row));
    }
    return this.#backlog.splice(0, room);
  }
  #backlog: PendingInput[] = [];

  #admit(pending: PendingInput): void {
    this.#parts.gate.enter();
    this.#inFlight.add(pending.input.row);
    this.#preparing++;
    void this.#prepare(pending).finally(() => {
      this.#preparing--;
      this.#encodeReady();
      this.wake();
    });
  }

  async #prepare(pending: PendingInput): Promise<void> {
    let sha256: string | null = null;
    try {
      const bytes = await this.#read(pending);
      sha256 = createHash("sha256").update(bytes).digest("hex");
      if (await this.#isMoved(pending, sha256)) this.#release(pending, sha256);
      else this.#ready.push(await this.#toWaiting(pending, bytes, sha256));
    } catch (cause) {
      await this.#fail(pending, AppError.from(cause), sha256);
    }
  }

  async #read({ input, app }: PendingInput): Promise<Uint8Array> {
    if (input.path !== null) return readImageFile(input.path);
    const bytes = await this.#parts.blobs.get(originalKey(app, input.sha256 ?? ""));
    if (bytes) return bytes;
    throw new AppError(
      "file_unreadable",
      `Expected the kept bytes of input ${input.id} but they are missing.`,
    );
  }

  // Claims the content for this input. A file whose known twin has left its place was moved: the twin
  // takes the new place, and nothing is left to do. @throws AppError "duplicate_image"
  async #isMoved({ input, app, allowDuplicate }: PendingInput, sha256: string): Promise<boolean> {
    if (allowDuplicate) return false;
    const key = `${app}:${sha256}`;
    const claimant = this.#claims.get(key);
    if (claimant) throw duplicateOf(claimant);
    this.#claims.set(key, input);
    const { store } = this.#parts;
    const known = await store.inputWithBytes({ row: app }, sha256, ["processed"]);
    if (!known) return false;
    if (input.path === null || known.path === null || (await exists(known.path))) {
      throw duplicateOf(known);
    }
    await store.queue.adopt(known, input);
    return true;
  }

  async #toWaiting(pending: PendingInput, bytes: Uint8Array, sha256: string): Promise<Waiting> {
    const { codecs, spaces } = this.#parts;
    const targets = spaces.targets();
    const { prepared, thumbnail } = await prepare(codecs, targets, pending.input, bytes, sha256);
    await this.#parts.blobs.put(thumbnailKey(pending.app, pending.input.row), thumbnail);
    return { pending, prepared };
  }

  get #batch(): number {
    return this.#parts.spaces.current.encoder.imagesAtOnce;
  }

  // Waits for a full batch while more images are on their way; a lone image goes at once.
  #encodeReady(): void {
    const count = this.#ready.length;
    const batch = this.#batch;
    const isWorthwhile = count >= batch || (count > 0 && this.#preparing === 0);
    if (this.#isEncoding || !isWorthwhile) return;
    this.#isEncoding = true;
    void this.#encode(this.#ready.splice(0, batch)).finally(() => {
      this.#isEncoding = false;
      this.#encodeReady();
      this.wake();
    });
  }

  async #encode(batch: readonly Waiting[]): Promise<void> {
    const { spaces, store } = this.#parts;
    const isReady = await spaces.current.concepts.catch((cause) => this.#pause(cause));
    if (!isReady) {
      for (const { pending, prepared } of batch) this.#release(pending, prepared.sha256);
      return; // no fault of the images: they stay pending
    }
    try {
      const processed = await encodeAll(
        spaces,
        batch.map(({ prepared }) => prepared),
      );
      const written = await store.queue.complete(processed);
      await spaces.apply(written);
      await this.#dropThumbnails(batch, new Set(written.map(({ input }) => input)));
      for (const { pending, prepared } of batch) this.#release(pending, prepared.sha256);
    } catch (cause) {
      // Which one was it? A batch of one names its image.
      if (batch.length > 1) for (const waiting of batch) await this.#encode([waiting]);
      else
        for (const { pending, prepared } of batch)
          await this.#fail(pending, AppError.from(cause), prepared.sha256);
    }
  }

  // Of inputs that were deleted while they were on their way.
  async #dropThumbnails(batch: readonly Waiting[], written: ReadonlySet<number>): Promise<void> {
    for (const { pending } of batch) {
      const { row } = pending.input;
      if (!written.has(row)) await this.#parts.blobs.delete(thumbnailKey(pending.app, row));
    }
  }

  async #fail(pending: PendingInput, error: AppError, sha256: string | null): Promise<void> {
    if (error.code === "internal" || error.code === "disk_full") this.#parts.onError(error);
    try {
      const gone = await this.#parts.store.queue.fail(pending.input, error, sha256);
      if (gone.length > 0) await this.#parts.spaces.remove({ row: pending.app }, gone);
      await this.#dropDownloaded(pending);
    } catch (cause) {
      await this.#pause(cause); // it stays pending and is tried again
    } finally {
      this.#release(pending, sha256);
    }
  }

  // What was downloaded in vain can be downloaded again; what was posted stays as it came.
  async #dropDownloaded({ input, app }: PendingInput): Promise<void> {
    if (input.url === null || input.sha256 === null) return;
    await dropOriginal(this.#parts, { row: app }, input.sha256);
  }

  #release({ input, app }: PendingInput, sha256: string | null): void {
    if (this.#inFlight.delete(input.row)) this.#parts.gate.leave();
    const key = `${app}:${sha256}`;
    if (this.#claims.get(key) === input) this.#claims.delete(key);
  }

  async #pause(cause: unknown): Promise<void> {
    this.#parts.onError(AppError.from(cause));
    await setTimeout(RETRY_MS, undefined, { signal: this.#closing.signal }).catch(() => undefined);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
