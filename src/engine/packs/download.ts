// One file from the hub -> its place, checked: goes on where an earlier try, or process, has stopped; tries again
// what may pass; never keeps more bytes than were announced, and never a file with another digest than expected.
import { setTimeout } from "node:timers/promises";
import { LIMITS } from "../../limits.ts";
import { gitBlobId } from "./digest.ts";
import type { Hub } from "./hub.ts";
import { hubError, networkError, statusError, toDetails } from "./hub-failure.ts";
import { askHub, type HubAnswer, type HubFacts, NOTHING_SAID } from "./hub-request.ts";
import type { StoredFile } from "./pack-record.ts";
import { PartialFile } from "./partial-file.ts";

/** Bytes that make a try a success, even if it broke off. */
const PROGRESS_BYTES = 2 ** 20;

/** A file to fetch. `sha256` and `sizeBytes`: null where nobody states them. */
export type RemoteFile = {
  readonly url: URL;
  /** Names the content, whichever mirror it comes from. */
  readonly origin: string;
  readonly sha256: string | null;
  readonly sizeBytes: number | null;
};

/** How the work on one file is stopped, and followed. */
export type FileProgress = {
  readonly signal: AbortSignal | undefined;
  /** Bytes of this file so far; fewer than before when it starts again. */
  readonly onBytes: (bytes: number) => void;
};

/** `commit`: what the hub says the revision is, if it says so. */
export type Fetched = Omit<StoredFile, "target"> & { readonly commit: string | undefined };

/** @throws AppError "url_unreachable", "model_unavailable" if the content is another one; the signal's reason */
export async function downloadFile(
  hub: Hub,
  file: RemoteFile,
  target: string,
  progress: FileProgress,
): Promise<Fetched> {
  const partial = await PartialFile.open(target, file.origin);
  try {
    return await persist(hub, file, partial, progress);
  } finally {
    await partial.close();
  }
}

// Tries that bring the file further than ever before are free; a wrong digest is worth one fresh start.
async function persist(
  hub: Hub,
  file: RemoteFile,
  partial: PartialFile,
  progress: FileProgress,
): Promise<Fetched> {
  let furthest = partial.sizeBytes;
  let isFresh = false;
  for (let tries = 1; ; tries++) {
    try {
      const facts = await fetchRest(hub, file, partial, progress);
      const checked = await check(file, facts, partial);
      if (checked !== "wrong") {
        const { sizeBytes } = partial;
        await partial.finish();
        return { sha256: partial.digest(), sizeBytes, checked, commit: facts.commit };
      }
      if (isFresh) throw damaged(file);
      isFresh = true;
      await partial.restart(null);
    } catch (error) {
      if (partial.sizeBytes >= furthest + PROGRESS_BYTES) tries = 0;
      furthest = Math.max(furthest, partial.sizeBytes);
      await waitOrThrow(hub, error, tries, progress.signal);
    }
  }
}

async function waitOrThrow(
  { times }: Hub,
  error: unknown,
  tries: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { isTransient, retryAfterMs = 0 } = toDetails(error);
  const isWorth = isTransient && tries < times.triesMax && retryAfterMs <= times.retryAfterMaxMs;
  if (!isWorth || signal?.aborted) throw error;
  const backOffMs = times.retryMs * 2 ** Math.max(0, tries - 1);
  await setTimeout(Math.max(retryAfterMs, backOffMs), undefined, signal ? { signal } : {});
}

// Appends what is missing. All of the file is there when it returns.
async function fetchRest(
  hub: Hub,
  file: RemoteFile,
  partial: PartialFile,
  progress: FileProgress,
): Promise<HubFacts> {
  if (file.sizeBytes !== null && partial.sizeBytes > file.sizeBytes) await partial.restart(null);
  progress.onBytes(partial.sizeBytes);
  if (file.sha256 !== null && partial.sizeBytes === file.sizeBytes) return NOTHING_SAID;
  const headers = rangeHeaders(file, partial);
  const answer = await askHub(hub, file.url, { headers, signal: progress.signal });
  try {
    const place = toPlace(answer, partial.sizeBytes);
    if (place === "complete") return answer.facts;
    if (place === "elsewhere") {
      await partial.restart(null);
      throw hubError(file.url, "its server sent another part than asked for", "", {
        isTransient: true,
      });
    }
    if (place === "none") throw statusError(file.url, answer.status, answer.headers);
    if (place === "start") await partial.restart(strongEtag(answer));
    await receive(file, answer, partial, progress);
    return answer.facts;
  } finally {
    answer.body.destroy();
  }
}

// A range without If-Range is safe only where a digest tells whether the parts belong together.
function rangeHeaders(file: RemoteFile, partial: PartialFile): Record<string, string> {
  const canResume = partial.etag !== null || file.sha256 !== null;
  if (partial.sizeBytes === 0 || !canResume) return {};
  const range = `bytes=${partial.sizeBytes}-`;
  return partial.etag === null ? { range } : { range, "if-range": partial.etag };
}

// Where the bytes of an answer belong.
function toPlace(
  { status, headers }: HubAnswer,
  haveBytes: number,
): "start" | "end" | "complete" | "elsewhere" | "none" {
  if (status === 200) return "start";
  const [, start, size] =
    /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(String(headers["content-range"])) ?? [];
  if (status === 206) return Number(start) === haveBytes ? "end" : "elsewhere";
  if (status === 416) return Number(size) === haveBytes ? "complete" : "elsewhere";
  return "none";
}

function strongEtag({ headers }: HubAnswer): string | null {
  return typeof headers.etag === "string" && /^"[^"]*"$/.test(headers.etag) ? headers.etag : null;
}

async function receive(
  file: RemoteFile,
  answer: HubAnswer,
  partial: PartialFile,
  { onBytes, signal }: FileProgress,
): Promise<void> {
  const sizeBytes = sizeOf(file, answer, partial.sizeBytes);
  try {
    for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
      if (partial.sizeBytes + chunk.length > (sizeBytes ?? LIMITS.modelFileBytes))
        throw tooLarge(file);
      await partial.append(chunk);
      onBytes(partial.sizeBytes);
    }
  } catch (cause) {
    signal?.throwIfAborted();
    throw isOurs(cause) ? cause : networkError(file.url, cause);
  }
  if (sizeBytes !== undefined && partial.sizeBytes < sizeBytes) {
    throw hubError(file.url, "its server broke off", "", { isTransient: true });
  }
}

// Of the whole file. Whoever states a size must agree with the others who do.
function sizeOf(file: RemoteFile, answer: HubAnswer, haveBytes: number): number | undefined {
  const { "content-encoding": encoding = "identity", "content-length": length } = answer.headers;
  if (encoding !== "identity") {
    throw hubError(file.url, `its server packs it as ${String(encoding).slice(0, 40)}`, "");
  }
  const announced = length === undefined ? undefined : haveBytes + Number(length);
  const stated = file.sizeBytes ?? answer.facts.sizeBytes ?? announced;
  for (const size of [answer.facts.sizeBytes, announced]) {
    if (size !== undefined && size !== stated) throw otherSize(file, stated, size);
  }
  if (stated !== undefined && stated > LIMITS.modelFileBytes) throw tooLarge(file);
  return stated;
}

async function check(
  { sha256 }: RemoteFile,
  facts: HubFacts,
  partial: PartialFile,
): Promise<StoredFile["checked"] | "wrong"> {
  const expected = sha256 ?? facts.sha256;
  if (expected !== undefined) {
    if (partial.digest() !== expected) return "wrong";
    return sha256 === null ? "hub" : "manifest";
  }
  if (facts.gitBlob === undefined) return "none";
  return (await gitBlobId(partial.file)) === facts.gitBlob ? "hub" : "wrong";
}

// Of the disk or of ourselves, rather than of the connection.
function isOurs(cause: unknown): boolean {
  const { code = "" } = cause as NodeJS.ErrnoException;
  return /^(?:ENOSPC|EIO|EDQUOT|EFBIG|EBADF|EROFS|url_unreachable)$/.test(code);
}

function tooLarge({ url, sizeBytes }: RemoteFile): Error {
  const most = sizeBytes ?? LIMITS.modelFileBytes;
  return hubError(url, `its server sends more than ${most} bytes`, OTHER);
}

function otherSize({ url }: RemoteFile, stated: number | undefined, received: number): Error {
  return hubError(url, `it has ${received} bytes instead of ${stated}`, OTHER);
}

function damaged({ url }: RemoteFile): Error {
  const reason = "what came has another SHA-256 than expected, twice";
  return hubError(url, reason, OTHER, { isTransient: false }, "model_unavailable");
}

const OTHER =
  "It is another file than the one that Semblance knows: check HF_ENDPOINT and proxies.";
