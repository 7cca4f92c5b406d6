// How a model is run on this machine, as it was measured, kept in the data folder: facts -> threads and batch size. Only a
// cache: a file that is damaged or gone is measured and made again.
import { readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { type AskedDevice, DEVICES } from "./device.ts";

/** Images per run of the image tower until it was measured, and at most. */
export const DEFAULT_BATCH = 16;
export const LARGEST_BATCH = 64;
/** Models that are remembered: the one in use, the one that is being built, and some to go back to. */
const KEPT = 8;
/** What a run needs per image, as a multiple of its pixels. 9 with the embedded encoder (64 images, 2026-11-30); attention
 *  over the patches of a large transformer needs more. */
const WORKING_SET = 30;
/** Of the memory that is free. */
const MEMORY_SHARE = 0.25;

const settingsSchema = z.object({
  imageThreads: z.number().int().min(1),
  textThreads: z.number().int().min(1),
  imageBatch: z.number().int().min(1).max(LARGEST_BATCH),
});
const factsSchema = z.object({
  model: z.string(),
  cpu: z.string(),
  cores: z.number(),
  threads: z.number(),
  device: z.enum(DEVICES),
  onnxruntime: z.string(),
});
const fileSchema = z.array(
  z.object({ facts: factsSchema, settings: settingsSchema, measuredAt: z.string() }),
);

export type EncoderSettings = Readonly<z.infer<typeof settingsSchema>>;
/** Whatever the best settings depend on. `threads`, `device`: the settings; `model`: its id. */
export type Facts = Readonly<z.infer<typeof factsSchema>>;

/** Unmeasured ones. */
export function defaultSettings(threads: number): EncoderSettings {
  return { imageThreads: threads, textThreads: threads, imageBatch: DEFAULT_BATCH };
}

export function factsOf(model: string, threads: number, device: AskedDevice): Facts {
  const { version } = createRequire(import.meta.url)("onnxruntime-node/package.json");
  const cpu = cpus()[0]?.model.trim() ?? "";
  return { model, cpu, cores: availableParallelism(), threads, device, onnxruntime: version };
}

/** Settings that were measured under the same facts; undefined if there are none. */
export async function readSettings(
  data: string,
  facts: Facts,
): Promise<EncoderSettings | undefined> {
  return (await readAll(data)).find((one) => isSame(one.facts, facts))?.settings;
}

/** To be called by one at a time. */
export async function writeSettings(
  data: string,
  facts: Facts,
  settings: EncoderSettings,
): Promise<void> {
  const others = (await readAll(data)).filter((one) => !isSame(one.facts, facts));
  const all = [{ facts, settings, measuredAt: new Date().toISOString() }, ...others];
  const file = settingsFile(data);
  await writeFile(`${file}.part`, JSON.stringify(all.slice(0, KEPT), null, 2));
  await rename(`${file}.part`, file);
}

/** Where they are kept. */
export function settingsFile(data: string): string {
  return join(data, "encoder-settings.json");
}

async function readAll(data: string): Promise<z.infer<typeof fileSchema>> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(settingsFile(data), "utf8")));
  } catch {
    return [];
  }
}

function isSame(one: Facts, other: Facts): boolean {
  const names = Object.keys(factsSchema.shape) as (keyof Facts)[];
  return names.every((name) => one[name] === other[name]);
}

/** 1..64, and as many as a quarter of the free memory holds. */
export function boundedBatch(
  batch: number,
  picture: { readonly widthPx: number; readonly heightPx: number },
  freeBytes = process.availableMemory(),
): number {
  const imageBytes = 3 * picture.widthPx * picture.heightPx * Float32Array.BYTES_PER_ELEMENT;
  const fitting = Math.floor((MEMORY_SHARE * freeBytes) / (WORKING_SET * imageBytes));
  return Math.max(1, Math.min(batch, LARGEST_BATCH, fitting));
}
