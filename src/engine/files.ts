// Folders of this machine -> image files, recursively. Only names and sizes are read here.
import { constants } from "node:fs";
import { open, opendir, stat } from "node:fs/promises";
import { basename, extname, join, relative, resolve } from "node:path";
import { AppError } from "../errors.ts";
import { LIMITS } from "../limits.ts";

const IMAGE_EXTENSIONS = new Set([
  ".jpg",
  ".jpeg",
  ".jpe",
  ".jfif",
  ".png",
  ".webp",
  ".gif",
  ".tif",
  ".tiff",
  ".bmp",
  ".avif",
  ".heic",
  ".heif",
]);

/** A file that is worth reading. */
export type FoundFile = {
  /** Absolute. */
  readonly path: string;
  /** Relative to the folder that was asked for, or the file's own name. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
};

/** Whether a file's name says image. Bytes decide later; this only keeps other files out of reports. */
export function isImageName(name: string): boolean {
  return IMAGE_EXTENSIONS.has(extname(name).toLowerCase());
}

export function isArchiveName(name: string): boolean {
  return extname(name).toLowerCase() === ".zip";
}

/** Images and zip archives at and below `paths`, in folder order. Hidden entries, NAS thumbnails and
 *  links to folders are left out. A file that is named itself is found whatever its name says.
 *  @throws AppError "file_unreadable" if one of `paths` cannot be read */
export async function* findFiles(
  paths: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<FoundFile> {
  for (const path of paths.map((given) => resolve(given))) {
    const stats = await stat(path).catch((cause) => {
      throw new AppError(
        "file_unreadable",
        `Expected a file or folder for ${path} but received: ${cause.message}.`,
        {
          cause,
        },
      );
    });
    if (stats.isDirectory()) yield* walk(path, path, signal);
    else if (!stats.isFile()) throw noFile(path);
    else yield { path, name: basename(path), sizeBytes: stats.size, modifiedMs: stats.mtimeMs };
  }
}

async function* walk(
  root: string,
  folder: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<FoundFile> {
  // A folder without permission costs its own content, not the run.
  const entries = await opendir(folder).catch(() => undefined);
  if (!entries) return;
  for await (const entry of entries) {
    signal?.throwIfAborted();
    if (isIgnored(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(root, path, signal);
    else if (isImageName(entry.name) || isArchiveName(entry.name)) yield* found(root, path);
  }
}

async function* found(root: string, path: string): AsyncGenerator<FoundFile> {
  const stats = await stat(path).catch(() => undefined);
  if (stats && !stats.isFile()) return;
  const name = relative(root, path);
  // An unreadable file is queued all the same, so that its failure is reported by name.
  yield { path, name, sizeBytes: stats?.size ?? 0, modifiedMs: stats?.mtimeMs ?? 0 };
}

// ".git", "@eaDir" and "#recycle" of a NAS, "__MACOSX" of unpacked archives.
function isIgnored(name: string): boolean {
  return name.startsWith(".") || name === "@eaDir" || name === "#recycle" || name === "__MACOSX";
}

/** The bytes of a regular file of at most the size of an image. Never blocks on pipes and devices.
 *  @throws AppError "file_unreadable", "image_too_large" */
export async function readImageFile(path: string): Promise<Uint8Array> {
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(
    (cause) => {
      throw new AppError(
        "file_unreadable",
        `Expected a readable file but received: ${cause.message}.`,
        { cause },
      );
    },
  );
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw noFile(path);
    if (stats.size > LIMITS.imageBytes) {
      throw new AppError(
        "image_too_large",
        `Expected at most ${LIMITS.imageBytes} bytes for the image but received ${stats.size}.`,
      );
    }
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

function noFile(path: string): AppError {
  return new AppError(
    "file_unreadable",
    `Expected a file for ${path} but received a pipe or device.`,
  );
}
