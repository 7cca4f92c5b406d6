// Files wait here, three at a time go to the server; the tray draws `state()`. Nothing is sent while the server is away
// or asks for the key.
import { ClientError } from "../../../src/client/client-error.ts";
import type { UploadedInput } from "../../../src/client/input.ts";
import type { UploadSettings } from "../../../src/client/inputs.ts";
import type { UploadKeeper } from "./kept-uploads.ts";
import type { Picked, PickedFile } from "./picked-files.ts";
import { createRate } from "./rate.ts";
import type { SendFile } from "./send-file.ts";
import {
  isActive,
  type Pause,
  toSent,
  toState,
  type Upload,
  type UploadFile,
  type UploadState,
} from "./upload-state.ts";

const PARALLEL = 3;
// Progress events come by the hundred; ten pictures a second are smooth enough.
const NOTIFY_MS = 100;
// One file may break every connection it is sent over.
const ATTEMPTS = 5;

export type UploadQueue = ReturnType<typeof createUploadQueue>;

type Offer = { readonly settings: UploadSettings; readonly onTaken: () => void };

/** Keeps nothing: for pages that may not store. */
const FORGETFUL: UploadKeeper = { keep() {}, forget() {}, isKept: () => false };

/** `onSent` is told after each file that the server took; `onError` about each that failed. */
export function createUploadQueue(
  sendFile: SendFile,
  onSent: () => void,
  onError: (error: ClientError) => void,
  keeper: UploadKeeper = FORGETFUL,
) {
  const listeners = new Set<() => void>();
  const aborts = new Map<string, AbortController>();
  const uploads = new Map<string, Upload>();
  const attempts = new Map<string, number>();
  let waiting: string[] = [];
  const rate = createRate();
  const prefix = toRandomText();
  let next = 0;
  let batch = 0;
  let skipped = 0;
  let pause: Pause | undefined;
  let offered: Offer | undefined;
  let state = summed();
  let isNotifying = false;

  function summed(): UploadState {
    const bytesPerSecond = rate.perSecond(performance.now());
    return toState(uploads, { skipped, pause, bytesPerSecond, batch, isKept: keeper.isKept });
  }

  function changed(): void {
    if (isNotifying) return;
    isNotifying = true;
    setTimeout(() => {
      isNotifying = false;
      state = summed();
      for (const listener of listeners) listener();
    }, NOTIFY_MS);
  }

  function set(upload: Upload): void {
    uploads.set(upload.key, upload);
    keeper.keep(upload);
  }

  function enqueue({ key, name, sizeBytes, file, settings }: UploadFile): void {
    set({ key, name, sizeBytes, file, settings, batch, kind: file ? "queued" : "lost" });
    if (file) waiting.push(key);
  }

  function startBatch(): void {
    if (![...uploads.values()].some(isActive)) batch += 1;
  }

  function pump(): void {
    while (pause === undefined && aborts.size < PARALLEL && waiting.length > 0) {
      const upload = uploads.get(waiting.shift()!);
      if (upload?.kind === "queued") void run(upload);
    }
    changed();
  }

  async function run({ key, name, sizeBytes, file, settings }: UploadFile): Promise<void> {
    if (!file) return;
    const known = { key, name, sizeBytes, file, settings, batch };
    const abort = new AbortController();
    aborts.set(key, abort);
    let seenBytes = 0;
    const onProgress = (sentBytes: number) => {
      rate.add(performance.now(), sentBytes - seenBytes);
      seenBytes = sentBytes;
      uploads.set(key, { ...known, kind: "sending", sentBytes });
      changed();
    };
    onProgress(0);
    try {
      set(toSent(known, await sendFile({ name, file, settings }, onProgress, abort.signal)));
      attempts.delete(key);
      onSent();
    } catch (error) {
      if (!abort.signal.aborted) fail(known, error);
    } finally {
      aborts.delete(key);
      pump();
    }
  }

  function fail(upload: UploadFile, error: unknown): void {
    if (!(error instanceof ClientError)) throw error;
    const tried = (attempts.get(upload.key) ?? 0) + 1;
    attempts.set(upload.key, tried);
    const reasonToWait = toPause(error);
    if (reasonToWait && tried < ATTEMPTS) {
      pause = reasonToWait;
      set({ ...upload, kind: "queued" });
      waiting.unshift(upload.key);
    } else {
      const isRetryable = reasonToWait !== undefined || error.httpStatus >= 500;
      set({ ...upload, kind: "failed", reason: error.message, isRetryable });
    }
    onError(error);
  }

  function remove(keys: readonly string[]): void {
    for (const key of keys) {
      aborts.get(key)?.abort();
      uploads.delete(key);
    }
    keeper.forget(keys);
  }

  function keysOf(isWanted: (upload: Upload) => boolean): string[] {
    return [...uploads.values()].filter(isWanted).map(({ key }) => key);
  }

  function retry(keys: readonly string[]): void {
    startBatch();
    for (const key of keys) {
      const upload = uploads.get(key);
      if (upload?.kind !== "failed" || !upload.isRetryable) continue;
      attempts.delete(key);
      enqueue(upload);
    }
    pause = undefined;
    pump();
  }

  return {
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: (): UploadState => state,
    /** Draws again: something beside the queue, such as what is kept, changed. */
    changed,

    /** What files get from now on, and who is told when some came; undefined: nothing, and nobody. */
    offer(given: Offer | undefined): void {
      offered = given;
    },

    add(picked: Picked): void {
      const { settings = {}, onTaken } = offered ?? {};
      startBatch();
      skipped += picked.skipped;
      for (const { name, file } of picked.files) {
        const key = `${prefix}-${String(next++).padStart(7, "0")}`; // in the order of the database
        enqueue({ key, name, sizeBytes: file.size, file, settings, batch });
      }
      pump();
      onTaken?.();
    },

    /** Uploads of an earlier visit: those that are over, and those that go on. */
    restore(kept: readonly Upload[]): void {
      for (const upload of kept) {
        if (isActive(upload)) enqueue(upload);
        else uploads.set(upload.key, { ...upload, batch: -1 });
      }
      pump();
    },

    /** Gives lost uploads their files back; others among `picked` are left alone. Returns how many were found. */
    findLost(picked: readonly PickedFile[]): number {
      const files = new Map(picked.map(({ name, file }) => [`${name}/${file.size}`, file]));
      let found = 0;
      for (const upload of [...uploads.values()]) {
        const file = files.get(`${upload.name}/${upload.sizeBytes}`);
        if (upload.kind !== "lost" || !file) continue;
        enqueue({ ...upload, file });
        found += 1;
      }
      pump();
      return found;
    },

    /** Cancels what runs or waits; forgets what is over. */
    remove(key: string): void {
      remove([key]);
      changed();
    },

    /** Images that were taken but could not be indexed, by input id, with the reason. */
    reject(reasons: ReadonlyMap<string, string>): void {
      for (const upload of [...uploads.values()]) {
        if (upload.kind !== "sent" || !upload.inputs.some(({ id }) => reasons.has(id))) continue;
        set(
          toSent(
            upload,
            upload.inputs.map((input) => rejected(input, reasons)),
          ),
        );
      }
      changed();
    },

    cancelAll(): void {
      remove(keysOf(isActive));
      waiting = [];
      changed();
    },

    retry: (key: string): void => retry([key]),
    retryFailed: (): void => retry(keysOf(({ kind }) => kind === "failed")),

    /** Goes on: the server is back, or knows us again. */
    resume(): void {
      if (pause === undefined) return;
      pause = undefined;
      pump();
    },

    /** Forgets everything that is over. */
    clear(): void {
      remove(keysOf((upload) => !isActive(upload)));
      skipped = 0;
      changed();
    },
  };
}

function toPause(error: ClientError): Pause | undefined {
  if (error.isUnauthenticated) return "signed-out";
  return error.isUnreachable ? "away" : undefined;
}

function rejected(input: UploadedInput, reasons: ReadonlyMap<string, string>): UploadedInput {
  const reason = reasons.get(input.id);
  return reason === undefined ? input : { ...input, outcome: "failed", reason };
}

/** Not crypto.randomUUID: pages without TLS do not have it. */
export function toRandomText(): string {
  const numbers = crypto.getRandomValues(new Uint32Array(3));
  return [...numbers].map((number) => number.toString(16).padStart(8, "0")).join("");
}
