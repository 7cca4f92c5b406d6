// A zip archive -> its images, one at a time. Nothing is unpacked to disk, so entry names are only
// labels; sizes are limited while reading, whatever the archive's directory claims.
import { open } from "node:fs/promises";
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from "yauzl";
import { AppError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { isImageName } from "./files.ts";

/** One image of an archive, or why it could not be read. */
export type ArchiveEntry = { readonly name: string } & (
  | { readonly bytes: Uint8Array }
  | { readonly error: AppError }
);

/** Whether a file begins as a zip archive does. */
export async function isArchive(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return (
      bytesRead === 4 &&
      (buffer.readUInt32LE(0) === 0x04034b50 || buffer.readUInt32LE(0) === 0x06054b50)
    );
  } finally {
    await handle.close();
  }
}

/** The images of an archive in stored order. @throws AppError "archive_unreadable" */
export async function* readArchive(
  file: string,
  signal?: AbortSignal,
): AsyncGenerator<ArchiveEntry> {
  const zip = await openPromise(file, {
    lazyEntries: true,
    autoClose: false,
    decodeStrings: false,
  }).catch(throwUnreadable);
  try {
    if (zip.entryCount > LIMITS.archiveEntries) {
      throw new AppError(
        "archive_unreadable",
        `Expected at most ${LIMITS.archiveEntries} files in the archive but received ${zip.entryCount}.`,
      );
    }
    for await (const entry of zip.eachEntry()) {
      signal?.throwIfAborted();
      const name = nameOf(entry);
      if (isImageEntry(name)) yield await readEntry(zip, entry, name);
    }
  } catch (cause) {
    if (cause instanceof AppError || signal?.aborted) throw cause;
    throwUnreadable(cause as Error);
  } finally {
    zip.close();
  }
}

function nameOf(entry: Entry): string {
  // With decodeStrings off the name is still encoded, which yauzl's types do not say.
  const encoded = entry.fileName as unknown as Buffer;
  return getFileNameLowLevel(entry.generalPurposeBitFlag, encoded, entry.extraFields, false);
}

function isImageEntry(name: string): boolean {
  const parts = name.split("/").filter((part) => part !== "." && part !== "..");
  return isImageName(name) && !parts.some((part) => part === "__MACOSX" || part.startsWith("."));
}

async function readEntry(zip: ZipFile, entry: Entry, name: string): Promise<ArchiveEntry> {
  try {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      sizeBytes += chunk.length;
      if (sizeBytes > LIMITS.imageBytes) throw tooLarge(name);
      chunks.push(chunk);
    }
    return { name, bytes: Buffer.concat(chunks) };
  } catch (cause) {
    if (cause instanceof AppError) return { name, error: cause };
    const reason = (cause as Error).message;
    return {
      name,
      error: new AppError(
        "archive_unreadable",
        `Expected a readable ${name} but received: ${reason}.`,
        { cause },
      ),
    };
  }
}

function tooLarge(name: string): AppError {
  return new AppError(
    "image_too_large",
    `Expected at most ${LIMITS.imageBytes} bytes for ${name} but received more.`,
  );
}

function throwUnreadable(cause: Error): never {
  throw new AppError(
    "archive_unreadable",
    `Expected a readable zip archive but received: ${cause.message}.`,
    { cause },
  );
}
