// Files wait here, three at a time go to the server; the tray draws `state()`.
import { ClientError } from "../../../src/client/client-error.ts";
import type { UploadedInput } from "../../../src/client/input.ts";
import type { Picked, PickedFile } from "./picked-files.ts";
import { createRate } from "./rate.ts";
import type { SendFile } from "./send-file.ts";
import { toSent, toState, type Upload, type UploadState } from "./upload-state.ts";

const PARALLEL = 3;
// Progress events come by the hundred; ten pictures a second are smooth enough.
const NOTIFY_MS = 100;

export type UploadQueue = ReturnType<typeof createUploadQueue>;

/** `onSent` is told after each file that the server took; `onError` about each that failed. */
export function createUploadQueue(
  sendFile: SendFile,
  onSent: () => void,
  onError: (error: ClientError) => void,
) {
  const listeners = new Set<() => void>();
  const aborts = new Map<number, AbortController>();
  const uploads = new Map<number, Upload>();
  const waiting: number[] = [];
  const rate = createRate();
  let nextKey = 0;
  let skipped = 0;
  let state = toState(uploads, skipped, 0);
  let isNotifying = false;

  function changed(): void {
    if (isNotifying) return;
    isNotifying = true;
    setTimeout(() => {
      isNotifying = false;
      state = toState(uploads, skipped, rate.perSecond(performance.now()));
      for (const listener of listeners) listener();
    }, NOTIFY_MS);
  }

  function pump(): void {
    while (aborts.size < PARALLEL && waiting.length > 0) {
      const upload = uploads.get(waiting.shift()!);
      if (upload) void run(upload);
    }
    changed();
  }

  async function run({ key, name, file }: Upload): Promise<void> {
    const abort = new AbortController();
    aborts.set(key, abort);
    let seenBytes = 0;
    const onProgress = (sentBytes: number) => {
      rate.add(performance.now(), sentBytes - seenBytes);
      seenBytes = sentBytes;
      uploads.set(key, { key, name, file, kind: "sending", sentBytes });
      changed();
    };
    onProgress(0);
    try {
      const inputs = await sendFile({ name, file }, onProgress, abort.signal);
      uploads.set(key, toSent({ key, name, file }, inputs));
      onSent();
    } catch (error) {
      if (!abort.signal.aborted) fail({ key, name, file }, error);
    } finally {
      aborts.delete(key);
      pump();
    }
  }

  function fail(picked: PickedFile & { readonly key: number }, error: unknown): void {
    if (!(error instanceof ClientError)) throw error;
    const isRetryable = error.isUnreachable || error.isUnauthenticated || error.httpStatus >= 500;
    uploads.set(picked.key, { ...picked, kind: "failed", reason: error.message, isRetryable });
    onError(error);
  }

  function remove(key: number): void {
    aborts.get(key)?.abort();
    uploads.delete(key);
  }

  return {
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: (): UploadState => state,

    add(picked: Picked): void {
      skipped += picked.skipped;
      for (const { name, file } of picked.files) {
        const key = nextKey++;
        uploads.set(key, { key, name, file, kind: "queued" });
        waiting.push(key);
      }
      pump();
    },

    /** Cancels what runs or waits; forgets what is over. */
    remove(key: number): void {
      remove(key);
      changed();
    },

    /** Images that were taken but could not be indexed, by input id, with the reason. */
    reject(reasons: ReadonlyMap<string, string>): void {
      for (const upload of uploads.values()) {
        if (upload.kind !== "sent") continue;
        const inputs = upload.inputs.map((input) => rejected(input, reasons));
        const { key, name, file } = upload;
        uploads.set(key, toSent({ key, name, file }, inputs));
      }
      changed();
    },

    cancelAll(): void {
      for (const { key, kind } of [...uploads.values()]) {
        if (kind === "queued" || kind === "sending") remove(key);
      }
      waiting.length = 0;
      changed();
    },

    retryFailed(): void {
      for (const upload of [...uploads.values()]) {
        if (upload.kind !== "failed" || !upload.isRetryable) continue;
        const { key, name, file } = upload;
        uploads.set(key, { key, name, file, kind: "queued" });
        waiting.push(key);
      }
      pump();
    },

    /** Forgets everything that is over. */
    clear(): void {
      for (const { key, kind } of [...uploads.values()]) {
        if (kind === "sent" || kind === "failed") uploads.delete(key);
      }
      skipped = 0;
      changed();
    },
  };
}

function rejected(input: UploadedInput, reasons: ReadonlyMap<string, string>): UploadedInput {
  const reason = reasons.get(input.id);
  return reason === undefined ? input : { ...input, outcome: "failed", reason };
}
