// A file on its way: bytes that are appended and hashed as they come, and a note beside them that says of what they
// are the beginning, so that a later process can go on.
import { createHash, type Hash } from "node:crypto";
import { type FileHandle, mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { digestFile } from "./digest.ts";
import { PARTIAL } from "./pack-path.ts";

const noteSchema = z.object({ origin: z.string(), etag: z.string().nullable() });

/** Owns a file handle: to be closed. */
export class PartialFile {
  readonly #target: string;
  readonly #origin: string;
  readonly #handle: FileHandle;
  #hash: Hash;
  #sizeBytes: number;
  #etag: string | null;

  private constructor(
    target: string,
    origin: string,
    handle: FileHandle,
    begun: { readonly hash: Hash; readonly sizeBytes: number; readonly etag: string | null },
  ) {
    this.#target = target;
    this.#origin = origin;
    this.#handle = handle;
    this.#hash = begun.hash;
    this.#sizeBytes = begun.sizeBytes;
    this.#etag = begun.etag;
  }

  /** Goes on with what is there if it is the beginning of the same `origin`. */
  static async open(target: string, origin: string): Promise<PartialFile> {
    await mkdir(dirname(target), { recursive: true });
    const file = target + PARTIAL;
    const note = await readNote(noteOf(target));
    const isSame = note?.origin === origin;
    const handle = await open(file, isSame ? "a" : "w");
    try {
      const { size: sizeBytes } = await handle.stat();
      const hash = await digestFile(createHash("sha256"), file);
      return new PartialFile(target, origin, handle, { hash, sizeBytes, etag: note?.etag ?? null });
    } catch (cause) {
      await handle.close();
      throw cause;
    }
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Of the version that these bytes are the beginning of. null: its server named none that can be relied on. */
  get etag(): string | null {
    return this.#etag;
  }

  /** Forgets what is there. What follows is of the version `etag`. */
  async restart(etag: string | null): Promise<void> {
    await this.#handle.truncate(0);
    this.#hash = createHash("sha256");
    this.#sizeBytes = 0;
    this.#etag = etag;
    await writeFile(noteOf(this.#target), JSON.stringify({ origin: this.#origin, etag }));
  }

  async append(chunk: Uint8Array): Promise<void> {
    for (let written = 0; written < chunk.length; ) {
      written += (await this.#handle.write(chunk, written)).bytesWritten;
    }
    this.#hash.update(chunk);
    this.#sizeBytes += chunk.length;
  }

  /** SHA-256 of what is there. */
  digest(): string {
    return this.#hash.copy().digest("hex");
  }

  /** Where the bytes are until `finish`. */
  get file(): string {
    return this.#target + PARTIAL;
  }

  /** On disk and under its own name when it returns; nothing can be appended any more. */
  async finish(): Promise<void> {
    await this.#handle.sync();
    await this.#handle.close();
    await rename(this.file, this.#target);
    await rm(noteOf(this.#target), { force: true });
  }

  /** After `finish` it does nothing. */
  async close(): Promise<void> {
    await this.#handle.close();
  }
}

function noteOf(target: string): string {
  return `${target}${PARTIAL}.json`;
}

async function readNote(file: string): Promise<z.infer<typeof noteSchema> | undefined> {
  try {
    return noteSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return undefined; // none, or one that a crash cut off
  }
}
