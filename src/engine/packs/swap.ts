// A complete folder takes the place of the installed one. A crash between the two renames leaves {id}.old and no {id}:
// the next pull or removal puts it back.
import { access, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { AppError } from "../../errors.ts";
import { syncFolder } from "../sync-folder.ts";

/** Afterwards `folder` is what `part` was; the old one is gone. @throws AppError "data_folder_busy" */
export async function swapIn(part: string, folder: string): Promise<void> {
  const old = `${folder}.old`;
  await rm(old, { recursive: true, force: true });
  const had = await exists(folder);
  if (had) await rename(folder, old).catch((cause) => Promise.reject(inUse(folder, cause)));
  try {
    await rename(part, folder);
  } catch (cause) {
    if (had) await rename(old, folder);
    throw cause;
  }
  await syncFolder(dirname(folder));
  await rm(old, { recursive: true, force: true });
}

/** After a crash. */
export async function recoverSwap(folder: string): Promise<void> {
  const old = `${folder}.old`;
  if (!(await exists(folder)) && (await exists(old))) await rename(old, folder);
}

// Windows moves no folder with open files; the server that reads a model has them open.
function inUse(folder: string, cause: NodeJS.ErrnoException): Error {
  if (!/^(?:EPERM|EBUSY|EACCES)$/.test(cause.code ?? "")) return cause;
  return new AppError(
    "data_folder_busy",
    `Expected ${folder} to be free but it cannot be moved (${cause.code}). Stop the server that uses it, then pull again.`,
    { cause },
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
