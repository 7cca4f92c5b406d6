// The id of a model pack is the name of its folder in {data}/models, on every system, and what --model takes.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "../../errors.ts";

/** The encoder that comes with Semblance. */
export const BUILT_IN = "compact";

const ID = /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/;
const ENDINGS = [".part", ".old", ".lock"]; // of what stands beside packs
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/; // Windows opens these in every folder

/** Whether a pack may have this id. Small letters only: two packs must not become one where a disk ignores case. */
export function isPackId(id: string): boolean {
  const isFree = id !== BUILT_IN && !DEVICES.test(id);
  return isFree && ID.test(id) && !ENDINGS.some((ending) => id.endsWith(ending));
}

/** The folder of a pack, whether it is there or not. @throws AppError "invalid_request" for what is no id */
export function packFolder(dataFolder: string, id: string): string {
  if (id === BUILT_IN) return fileURLToPath(new URL("../../../models/compact", import.meta.url));
  return join(modelsFolder(dataFolder), checkPackId(id));
}

/** @throws AppError "invalid_request" */
export function checkPackId(id: string): string {
  if (isPackId(id)) return id;
  throw new AppError(
    "invalid_request",
    "Expected up to 64 small letters, digits, dots, hyphens and underscores for the id of a model, and none that " +
      `is taken (${BUILT_IN}), but received ${JSON.stringify(id)}.`,
  );
}

/** Where packs are kept. */
export function modelsFolder(dataFolder: string): string {
  return join(dataFolder, "models");
}
