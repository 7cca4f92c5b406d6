// One file of a folder of this machine -> its place in a pack, hashed on the way and checked if its digest is known.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";
import type { Fetched, FileProgress } from "./download.ts";
import { PartialFile } from "./partial-file.ts";

/** `sha256`: null where nobody states it. @throws AppError "model_unavailable" for other content; the signal's reason */
export async function copyFile(
  source: string,
  sha256: string | null,
  target: string,
  { signal, onBytes }: FileProgress,
): Promise<Fetched> {
  const partial = await PartialFile.open(target, source);
  try {
    await partial.restart(null);
    for await (const chunk of createReadStream(source, { highWaterMark: 2 ** 20 })) {
      signal?.throwIfAborted();
      await partial.append(chunk as Buffer);
      onBytes(partial.sizeBytes);
    }
    const digest = partial.digest();
    if (sha256 !== null && digest !== sha256) throw otherContent(source, sha256, digest);
    const { sizeBytes } = partial;
    await partial.finish();
    const checked = sha256 === null ? "none" : "manifest";
    return { sha256: digest, sizeBytes, checked, commit: undefined };
  } finally {
    await partial.close();
  }
}

/** Of a regular file, or what a link leads to; undefined if there is none. @throws AppError "model_unavailable" */
export async function sizeOfFile(file: string): Promise<number | undefined> {
  const stats = await stat(file).catch(() => undefined);
  if (!stats?.isFile()) return undefined;
  if (stats.size <= LIMITS.modelFileBytes) return stats.size;
  throw new AppError(
    "model_unavailable",
    `Expected at most ${LIMITS.modelFileBytes} bytes for ${file} but received ${stats.size}.`,
  );
}

function otherContent(source: string, expected: string, received: string): AppError {
  return new AppError(
    "model_unavailable",
    `Expected the SHA-256 ${expected} for ${source} but received ${received}. ` +
      "Copy the file again, or register the folder under a name of its own: semblance models pull NAME --from FOLDER.",
  );
}
