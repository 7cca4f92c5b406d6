// One upload, and the sum of all: what the tray draws.
import type { UploadedInput } from "../../../src/client/input.ts";
import type { UploadSettings } from "../../../src/client/inputs.ts";

/** `file`: undefined once it was sent, or where a reload lost it. `batch`: counts together with those added since the
 *  queue was last empty. */
export type UploadFile = {
  readonly key: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly file: File | undefined;
  readonly settings: UploadSettings;
  readonly batch: number;
};

export type Upload = UploadFile &
  (
    | { readonly kind: "queued" }
    /** Still to be sent, but only its name is known: it must be chosen again. */
    | { readonly kind: "lost" }
    | { readonly kind: "sending"; readonly sentBytes: number }
    | { readonly kind: "sent"; readonly inputs: readonly UploadedInput[] }
    | { readonly kind: "failed"; readonly reason: string; readonly isRetryable: boolean }
  );

/** Why nothing is being sent although files wait. */
export type Pause = "away" | "signed-out";

export type UploadState = {
  /** Sending, waiting, lost. */
  readonly active: readonly Upload[];
  /** Failed, then sent, latest first. */
  readonly over: readonly Upload[];
  readonly sending: number;
  readonly queued: number;
  readonly lost: number;
  readonly sent: number;
  readonly failed: number;
  readonly retryable: number;
  readonly skipped: number;
  readonly pause: Pause | undefined;
  /** Would be lost with the page. */
  readonly atRisk: number;
  /** The next ones are of the current batch alone. */
  readonly batchDone: number;
  readonly batchSize: number;
  readonly totalBytes: number;
  readonly sentBytes: number;
  /** 0 until it is known. */
  readonly bytesPerSecond: number;
};

export function isActive({ kind }: Upload): boolean {
  return kind === "queued" || kind === "sending" || kind === "lost";
}

// One image that was refused is a failed file; an archive is sent, and says what became of its images.
export function toSent(upload: UploadFile, inputs: readonly UploadedInput[]): Upload {
  const only = inputs.length === 1 ? inputs[0] : undefined;
  const { key, name, sizeBytes, settings, batch } = upload;
  const known = { key, name, sizeBytes, settings, batch, file: undefined };
  return only?.outcome === "failed"
    ? { ...known, kind: "failed", reason: only.reason, isRetryable: false }
    : { ...known, kind: "sent", inputs };
}

type Beside = Pick<UploadState, "skipped" | "pause" | "bytesPerSecond"> & {
  readonly batch: number;
  readonly isKept: (key: string) => boolean;
};

export function toState(
  uploads: ReadonlyMap<string, Upload>,
  { batch, isKept, ...beside }: Beside,
): UploadState {
  const all = [...uploads.values()];
  const of = (kind: Upload["kind"]) => all.filter((upload) => upload.kind === kind);
  const [sending, queued, lost] = [of("sending"), of("queued"), of("lost")];
  const [sent, failed] = [of("sent"), of("failed")];
  const current = all.filter((upload) => upload.batch === batch);
  return {
    ...beside,
    active: [...sending, ...queued, ...lost],
    over: [...failed, ...sent.toReversed()],
    sending: sending.length,
    queued: queued.length,
    lost: lost.length,
    sent: sent.length,
    failed: failed.length,
    retryable: failed.filter((upload) => upload.kind === "failed" && upload.isRetryable).length,
    atRisk: [...sending, ...queued].filter(({ key }) => !isKept(key)).length,
    batchDone: current.filter((upload) => !isActive(upload)).length,
    batchSize: current.length,
    totalBytes: current.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    sentBytes: current.reduce((sum, upload) => sum + sentBytesOf(upload), 0),
  };
}

function sentBytesOf(upload: Upload): number {
  if (upload.kind === "sending") return Math.min(upload.sentBytes, upload.sizeBytes);
  return isActive(upload) ? 0 : upload.sizeBytes;
}
