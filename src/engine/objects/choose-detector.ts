// Which detector a data folder's pictures are looked at with.
import { stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { AppError } from "../../errors.ts";
import { listPacks } from "../packs/list.ts";
import { modelsFolder, packFolder } from "../packs/pack-id.ts";
import { readRecord } from "../packs/pack-record.ts";

/** Asks for no detector. */
export const NO_DETECTOR = "none";

/** The folder that was asked for, or that of the pack that was installed last; undefined: none.
 *  @throws AppError "model_unavailable" for one that is not there */
export async function chooseDetector(
  data: string,
  asked: string | undefined,
): Promise<string | undefined> {
  if (asked === NO_DETECTOR) return undefined;
  if (asked === undefined) return newest(data);
  if (await stat(asked).catch(() => undefined)) return asked;
  const isPack = dirname(asked) === modelsFolder(data);
  const wayOut = isPack
    ? `Install it with: semblance models pull ${basename(asked)}, or name a folder with a slash.`
    : "Name a folder that holds one (docs/models.md).";
  throw new AppError(
    "model_unavailable",
    `Expected an installed detector for detector (--detector or SEMBLANCE_DETECTOR) but there is no ${asked}. ${wayOut}`,
  );
}

async function newest(data: string): Promise<string | undefined> {
  const packs = await listPacks(data);
  const installed = packs.filter(({ kind, state }) => kind === "detector" && state === "installed");
  const dated = await Promise.all(
    installed.map(async ({ id }) => {
      const folder = packFolder(data, id);
      return { folder, at: await installedAt(folder) };
    }),
  );
  return dated.sort((a, b) => b.at - a.at || a.folder.localeCompare(b.folder))[0]?.folder;
}

// Milliseconds. A folder that was put there by hand has no record.
async function installedAt(folder: string): Promise<number> {
  const record = await readRecord(folder);
  const pulledMs = Date.parse(record?.pulledAt ?? "");
  return Number.isNaN(pulledMs) ? (await stat(folder)).mtimeMs : pulledMs;
}
