// Files and URLs as one list in two groups, and the sentence above it.
import { messages } from "../messages.ts";
import { toDurationText, toSizeText } from "../quantities.ts";
import type { Upload, UploadState } from "./upload-state.ts";
import { doneOf, failuresOf, isUnderWay, type UrlJob } from "./url-job.ts";
import { useUploads, useUrlJobs } from "./use-uploads.ts";

const text = messages.uploads;

export type TrayEntry =
  | { readonly kind: "file"; readonly key: string; readonly upload: Upload }
  | { readonly kind: "urls"; readonly key: string; readonly job: UrlJob };

export type Tray = {
  readonly files: UploadState;
  readonly active: readonly TrayEntry[];
  readonly over: readonly TrayEntry[];
  readonly title: string;
  /** 0..1 */
  readonly progress: number;
  /** "2.1 MB/s, 5 s left"; "" while it is not known. */
  readonly rate: string;
  /** Something is being sent or fetched, or will be without anybody's help. */
  readonly isBusy: boolean;
};

export function useTray(): Tray {
  const files = useUploads();
  const jobs = useUrlJobs();
  const running = jobs.filter(isUnderWay);
  const ended = jobs.filter((job) => !isUnderWay(job));
  const active = [...running.map(ofJob), ...files.active.map(ofFile)];
  const over = [...ended.map(ofJob), ...files.over.map(ofFile)];
  const isBusy = running.length + files.sending + files.queued > 0;
  return {
    files,
    active,
    over,
    title: toTitle(files, running, ended),
    progress: toProgress(files, running),
    rate: toRateText(files),
    isBusy,
  };
}

function ofFile(upload: Upload): TrayEntry {
  return { kind: "file", key: upload.key, upload };
}

function ofJob(job: UrlJob): TrayEntry {
  return { kind: "urls", key: job.key, job };
}

function toTitle(files: UploadState, running: readonly UrlJob[], ended: readonly UrlJob[]): string {
  if (files.pause === "signed-out") return text.signedOutTitle;
  if (files.pause === "away") return text.awayTitle;
  if (files.sending + files.queued > 0) return text.active(files.batchDone, files.batchSize);
  if (running.length > 0) return text.fetching(sumOf(running, doneOf), sumOf(running, sizeOf));
  if (files.lost > 0) return text.needsFiles(files.lost);
  const bad = ended.filter((job) => job.kind === "failed" || failuresOf(job).length > 0).length;
  const failed = files.failed + bad;
  const good = files.sent + ended.length - bad;
  if (good + failed === 0) return text.nothing;
  return failed > 0 ? text.finishedFailed(good, failed) : text.finished(good);
}

// Of files while there are any: bytes and addresses have no common measure.
function toProgress({ sending, queued, ...files }: UploadState, running: readonly UrlJob[]) {
  if (sending + queued > 0) return files.sentBytes / Math.max(1, files.totalBytes);
  return sumOf(running, doneOf) / Math.max(1, sumOf(running, sizeOf));
}

function toRateText({ bytesPerSecond, totalBytes, sentBytes, pause }: UploadState): string {
  if (bytesPerSecond < 1 || pause) return "";
  const left = toDurationText((totalBytes - sentBytes) / bytesPerSecond);
  return text.rate(toSizeText(bytesPerSecond), left);
}

function sizeOf({ urls }: UrlJob): number {
  return urls.length;
}

function sumOf(jobs: readonly UrlJob[], count: (job: UrlJob) => number): number {
  return jobs.reduce((sum, job) => sum + count(job), 0);
}
