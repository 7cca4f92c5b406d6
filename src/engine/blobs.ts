// Bytes that are too large for the database: kept originals and thumbnails, in one local folder.
import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { syncFolder } from "./sync-folder.ts";

/** Where bytes live; keys are made by the engine, never by users. S3 is to be the second one. */
export type BlobStore = {
  /** Replaces what is there; readers see the old or the new bytes, never a part.
   *  `durable`: on disk, not only with the system, when it returns. */
  put(key: string, bytes: Uint8Array, options?: { readonly durable?: boolean }): Promise<void>;
  get(key: string): Promise<Uint8Array | undefined>;
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>;
};

/** A folder as blob store; the key is the path in it. */
export async function openFolderBlobs(folder: string): Promise<BlobStore> {
  const temporary = join(folder, "tmp");
  await mkdir(temporary, { recursive: true });
  for (const left of await readdir(temporary)) await rm(join(temporary, left), { force: true }); // of a crash
  return {
    async put(key, bytes, { durable = false } = {}) {
      const target = join(folder, key);
      const partial = join(temporary, randomUUID());
      try {
        await writeFile(partial, bytes, durable);
        await mkdir(dirname(target), { recursive: true });
        await rename(partial, target);
        if (durable) await syncFolder(dirname(target));
      } catch (cause) {
        await rm(partial, { force: true });
        throw cause;
      }
    },
    async get(key) {
      return readFile(join(folder, key)).catch(ignoreMissing);
    },
    async delete(key) {
      await rm(join(folder, key), { force: true });
    },
  };
}

async function writeFile(file: string, bytes: Uint8Array, durable: boolean): Promise<void> {
  const handle = await open(file, "wx", 0o600);
  try {
    await handle.writeFile(bytes);
    if (durable) await handle.sync();
  } finally {
    await handle.close();
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
