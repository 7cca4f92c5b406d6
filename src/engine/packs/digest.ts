// Digests of files: SHA-256, and git's own for files that the hub keeps in git itself.
import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";

/** Feeds a file to `hash`; `onBytes` hears the size of each chunk. */
export async function digestFile(
  hash: Hash,
  file: string,
  { signal, onBytes }: { signal?: AbortSignal | undefined; onBytes?: (bytes: number) => void } = {},
): Promise<Hash> {
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 20 })) {
    signal?.throwIfAborted();
    hash.update(chunk as Buffer);
    onBytes?.((chunk as Buffer).length);
  }
  return hash;
}

/** undefined: no such file. */
export async function sha256OfFile(
  file: string,
  options?: { signal?: AbortSignal | undefined; onBytes?: (bytes: number) => void },
): Promise<string | undefined> {
  try {
    return (await digestFile(createHash("sha256"), file, options)).digest("hex");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw cause;
  }
}

/** The name that git gives to a file's content: SHA-1 of "blob", its size and its bytes. */
export async function gitBlobId(file: string): Promise<string> {
  const hash = createHash("sha1").update(`blob ${(await stat(file)).size}\0`);
  return (await digestFile(hash, file)).digest("hex");
}
