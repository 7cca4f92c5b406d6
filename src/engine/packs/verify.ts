// The files of an installed pack against the digests of its record.
import { stat } from "node:fs/promises";
import { AppError } from "../../errors.ts";
import { sha256OfFile } from "./digest.ts";
import { checkPackId, packFolder } from "./pack-id.ts";
import { fileIn } from "./pack-path.ts";
import { type PackRecord, readRecord, type StoredFile } from "./pack-record.ts";

export type FileState = "ok" | "missing" | "damaged";
type VerifiedFile = StoredFile & { readonly state: FileState };
export type Verified = {
  readonly record: PackRecord;
  readonly files: readonly VerifiedFile[];
  readonly isIntact: boolean;
};

/** Reads every file. `report`: bytes so far, and in all.
 *  @throws AppError "not_found" if it is not installed or has no record; the signal's reason */
export async function verifyPack(
  dataFolder: string,
  id: string,
  { signal, report }: { signal?: AbortSignal; report?: (done: number, total: number) => void } = {},
): Promise<Verified> {
  const folder = packFolder(dataFolder, checkPackId(id));
  const record = await readRecord(folder);
  if (!record) throw await withoutRecord(id, folder);
  const total = record.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const files: VerifiedFile[] = [];
  let done = 0;
  for (const file of record.files) {
    const onBytes = (bytes: number) => {
      done += bytes;
      report?.(done, total);
    };
    files.push({ ...file, state: await checkFile(folder, file, { signal, onBytes }) });
  }
  return { record, files, isIntact: files.every(({ state }) => state === "ok") };
}

/** Another size is enough to be damaged; else the whole file is read. */
export async function checkFile(
  folder: string,
  stored: StoredFile,
  options: { signal?: AbortSignal | undefined; onBytes?: (bytes: number) => void } = {},
): Promise<FileState> {
  const file = fileIn(folder, stored.target);
  const stats = await stat(file).catch(() => undefined);
  if (!stats?.isFile()) return "missing";
  if (stats.size !== stored.sizeBytes) return "damaged";
  return (await sha256OfFile(file, options)) === stored.sha256 ? "ok" : "damaged";
}

async function withoutRecord(id: string, folder: string): Promise<AppError> {
  const isThere = await stat(folder).catch(() => undefined);
  const reason = isThere ? "its folder has no record of its files" : "it is not installed";
  const wayOut = isThere
    ? `Copy it in with a record: semblance models pull ${id} --from FOLDER.`
    : `Install it: semblance models pull ${id}.`;
  return new AppError(
    "not_found",
    `Expected an installed model for ${id} but ${reason}. ${wayOut}`,
  );
}
