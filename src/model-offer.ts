// One line for those who use the built-in encoder and may not know that there are better ones.
import type { Config } from "./config.ts";
import { type ListedPack, listPacks } from "./engine/packs/list.ts";
import { BUILT_IN, packFolder } from "./engine/packs/pack-id.ts";
import { currentModel } from "./engine/spaces/current-model.ts";
import { formatSize } from "./format-size.ts";

/** undefined: another model is in use, or installed. Nothing is downloaded unasked. */
export async function offerModel({ data, model }: Config): Promise<string | undefined> {
  const inUse = model ?? currentModel(data) ?? BUILT_IN;
  if (inUse !== BUILT_IN && inUse !== packFolder(data, BUILT_IN)) return undefined;
  const packs = (await listPacks(data)).filter(({ kind }) => kind === "encoder");
  const better = packs.find(({ recommended }) => recommended);
  if (!better || packs.some(({ state }) => state === "installed")) return undefined;
  return `A model more than twice as good at captions: semblance models pull ${better.id} (${toSize(better)})`;
}

function toSize({ sizeBytes, isWholeSize }: ListedPack): string {
  if (sizeBytes === null) return "hundreds of MB";
  return `${isWholeSize ? "" : "about "}${formatSize(sizeBytes)}`;
}
