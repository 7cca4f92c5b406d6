// One pull, or removal, of a pack at a time, across processes. As in lock.ts the lock is SQLite's own, so that the
// system releases it when a process dies in any way.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { AppError } from "../../errors.ts";
import { checkPackId, modelsFolder } from "./pack-id.ts";

/** Runs `work` alone. The lock file stays: to delete it while others wait would make two locks of one.
 *  @throws AppError "data_folder_busy" at once if somebody else has the lock */
export async function withPackLock<T>(
  dataFolder: string,
  id: string,
  work: () => Promise<T>,
): Promise<T> {
  mkdirSync(modelsFolder(dataFolder), { recursive: true });
  const database = new DatabaseSync(join(modelsFolder(dataFolder), `${checkPackId(id)}.lock`), {
    timeout: 0,
  });
  try {
    lock(database, id);
    return await work();
  } finally {
    database.close();
  }
}

function lock(database: InstanceType<typeof DatabaseSync>, id: string): void {
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (cause) {
    throw new AppError(
      "data_folder_busy",
      `Expected to be alone with the model ${id} but another process pulls or removes it. Wait until it has ended, then run the command again.`,
      { cause },
    );
  }
}
