// One upload, and the sum of all: what the tray draws.
import type { UploadedInput } from "../../../src/client/input.ts";
import type { PickedFile } from "./picked-files.ts";

export type Upload = PickedFile & { readonly key: number } & (
    | { readonly kind: "queued" }
    | { readonly kind: "sending"; readonly sentBytes: number }
    | { readonly kind: "sent"; readonly inputs: readonly UploadedInput[] }
    | { readonly kind: "failed"; readonly reason: string; readonly isRetryable: boolean }
  );

export type UploadState = {
  /** In the order to show: sending, failed, waiting, sent (latest first). */
  readonly uploads: readonly Upload[];
  readonly sending: number;
  readonly queued: number;
  readonly sent: number;
  readonly failed: number;
  readonly retryable: number;
  readonly skipped: number;
  readonly totalBytes: number;
  readonly sentBytes: number;
  /** 0 until it is known. */
  readonly bytesPerSecond: number;
};

// One image that was refused is a failed file; an archive is sent, and says what became of its images.
export function toSent(
  picked: PickedFile & { readonly key: number },
  inputs: readonly UploadedInput[],
): Upload {
  const only = inputs.length === 1 ? inputs[0] : undefined;
  return only?.outcome === "failed"
    ? { ...picked, kind: "failed", reason: only.reason, isRetryable: false }
    : { ...picked, kind: "sent", inputs };
}

export function toState(
  uploads: ReadonlyMap<number, Upload>,
  skipped: number,
  bytesPerSecond: number,
): UploadState {
  const by: Record<Upload["kind"], Upload[]> = { sending: [], failed: [], queued: [], sent: [] };
  let totalBytes = 0;
  let sentBytes = 0;
  for (const upload of uploads.values()) {
    by[upload.kind].push(upload);
    totalBytes += upload.file.size;
    if (upload.kind === "sending") sentBytes += Math.min(upload.sentBytes, upload.file.size);
    else if (upload.kind !== "queued") sentBytes += upload.file.size;
  }
  return {
    uploads: [...by.sending, ...by.failed, ...by.queued, ...by.sent.reverse()],
    sending: by.sending.length,
    queued: by.queued.length,
    sent: by.sent.length,
    failed: by.failed.length,
    retryable: by.failed.filter((upload) => upload.kind === "failed" && upload.isRetryable).length,
    skipped,
    totalBytes,
    sentBytes,
    bytesPerSecond,
  };
}
