// Deletes a pack, complete or not.
import { access, rm } from "node:fs/promises";
import { AppError } from "../../errors.ts";
import { checkPackId, packFolder } from "./pack-id.ts";
import { withPackLock } from "./pack-lock.ts";

/** Vectors that were made with it stay in the database. @throws AppError "not_found", "data_folder_busy" */
export async function removePack(dataFolder: string, id: string): Promise<void> {
  const folder = packFolder(dataFolder, checkPackId(id));
  const all = [folder, `${folder}.part`, `${folder}.old`];
  await withPackLock(dataFolder, id, async () => {
    const found = await Promise.allSettled(all.map((path) => access(path)));
    if (found.every(({ status }) => status === "rejected")) {
      throw new AppError(
        "not_found",
        `Expected an installed model to remove but received ${id}. See: semblance models list.`,
      );
    }
    for (const path of all) await rm(path, { recursive: true, force: true });
  });
}
