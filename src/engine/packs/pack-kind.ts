// What a model pack is for: an encoder searches, a detector finds objects.
import { readdir } from "node:fs/promises";
import { PRECISIONS } from "../model-files.ts";
import { sizeOfFile } from "./copy-file.ts";
import { fileIn } from "./pack-path.ts";

export const PACK_KINDS = ["encoder", "detector"] as const;
export type PackKind = (typeof PACK_KINDS)[number];

/** Of a folder that nobody has described: an encoder reads texts, a detector is one graph without a tokenizer. */
export async function kindOfFolder(folder: string): Promise<PackKind> {
  for (const name of ["tokenizer.json", "textual/tokenizer.json"])
    if ((await sizeOfFile(fileIn(folder, name))) !== undefined) return "encoder";
  const names = await readdir(fileIn(folder, "onnx")).catch((): string[] => []);
  const isDetector = PRECISIONS.some((end) => names.includes(`model${end}.onnx`));
  return isDetector ? "detector" : "encoder";
}
