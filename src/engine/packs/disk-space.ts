// Whether a pull fits on the disk, before it begins.
import { statfs } from "node:fs/promises";
import { AppError } from "../../errors.ts";

/** Left for everything else. */
const SPARE_BYTES = 64 * 2 ** 20;

/** `folder` exists. @throws AppError "disk_full" */
export async function requireSpace(folder: string, neededBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  if (freeBytes >= neededBytes + SPARE_BYTES) return;
  throw new AppError(
    "disk_full",
    `Expected ${toMb(neededBytes + SPARE_BYTES)} MB of free space for ${folder} but there are ${toMb(freeBytes)} MB. ` +
      "Free some space, choose a smaller variant, or another data folder with --data.",
    { details: { neededBytes, freeBytes } },
  );
}

function toMb(bytes: number): number {
  return Math.ceil(bytes / 1e6);
}
