// A detector's folder in Hugging Face layout -> what is needed to run it. Nothing of the graph is read yet.
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { z } from "zod";
import { LIMITS } from "../../limits.ts";
import { fingerprint, PRECISIONS, readJson, unavailable } from "../model-files.ts";
import {
  type DetectorFamily,
  type DetectorPixels,
  detectorSchema,
  pixelsSchema,
} from "./detector-config.ts";

/** Everything that the files say. `id` changes when what it finds would. */
export type DetectorModel = {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  /** The graph: onnx/model.onnx, or the first of its smaller variants. */
  readonly file: string;
  readonly family: DetectorFamily;
  /** By class; null where the model names none. */
  readonly labels: readonly (string | null)[];
  readonly pixels: DetectorPixels;
};

const [CONFIG, PREPROCESSOR] = ["config.json", "preprocessor_config.json"] as const;
const WAY_OUT =
  "Name a folder with config.json (model_type, id2label), preprocessor_config.json and onnx/model.onnx (docs/models.md).";

/** Reads and checks a detector's folder. @throws AppError "model_unavailable" naming the file and the field */
export async function readDetectorModel(folder: string): Promise<DetectorModel> {
  const { family, labels } = await read(folder, CONFIG, detectorSchema);
  const pixels = await read(folder, PREPROCESSOR, pixelsSchema(family));
  const file = await findGraph(folder);
  return {
    id: await fingerprint(folder, [CONFIG, PREPROCESSOR], { visionFile: file, textFile: file }),
    name: basename(folder),
    folder,
    file,
    family,
    labels,
    pixels,
  };
}

function read<T>(folder: string, name: string, schema: z.ZodType<T>): Promise<T> {
  return readJson(folder, name, schema, WAY_OUT);
}

async function findGraph(folder: string): Promise<string> {
  const names = await readdir(join(folder, "onnx")).catch((): string[] => []);
  const found = PRECISIONS.map((end) => `model${end}.onnx`).find((name) => names.includes(name));
  const file = join(folder, "onnx", found ?? "model.onnx");
  const stats = await stat(file).catch(() => undefined);
  if (!stats?.isFile()) throw unavailable(file, "no such file", WAY_OUT);
  if (stats.size === 0 || stats.size > LIMITS.modelFileBytes)
    throw unavailable(file, `${stats.size} bytes`, WAY_OUT);
  return file;
}
