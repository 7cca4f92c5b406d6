// The embedded encoder comes with the program and changes with it. What made the vectors of a data folder is kept beside
// them, so that a new version can answer with it until the new one's vectors are there.
import { copyFile, link, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import type { Model } from "../model.ts";
import { BUILT_IN, packFolder } from "../packs/pack-id.ts";

const PACKAGED = packFolder("", BUILT_IN);

export function isPackaged(folder: string): boolean {
  return folder === PACKAGED;
}

/** The name of a model's folder, also of a packaged one that was kept. */
export function modelName(folder: string): string {
  return basename(folder).replace(/-[0-9a-f]{16}$/, "");
}

/** The model, kept in the data folder if it is a packaged one. */
export async function keepPackaged(data: string, model: Model): Promise<Model> {
  if (!isPackaged(model.folder)) return model;
  const kept = join(data, "encoders", `${model.name}-${model.id}`);
  if (!(await stat(kept).catch(() => undefined))) {
    await rm(`${kept}.part`, { recursive: true, force: true });
    for (const file of await readdir(model.folder, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const from = join(file.parentPath, file.name);
      await keepFile(from, join(`${kept}.part`, from.slice(model.folder.length + 1)));
    }
    await rename(`${kept}.part`, kept);
  }
  return { ...model, folder: kept };
}

/** Whether a model's folder is what was kept of a packaged one. */
export function isKeptPackaged(data: string, folder: string): boolean {
  return folder.startsWith(join(data, "encoders") + sep);
}

/** Deletes what was kept of a packaged model; other folders belong to somebody else. */
export async function dropPackaged(data: string, folder: string): Promise<void> {
  if (isKeptPackaged(data, folder)) await rm(folder, { recursive: true, force: true });
}

// A hard link costs nothing; an update of the program replaces its files and leaves ours.
async function keepFile(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await link(from, to).catch(() => copyFile(from, to));
}
