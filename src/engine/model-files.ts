// Where the parts of a model folder lie, by the names that the hub's exports have. JSON in, checked records out.
import { createHash } from "node:crypto";
import { open, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../errors.ts";

const MAX_JSON_BYTES = 64 * 2 ** 20; // Gemma's tokenizer.json is 34 MB
const HASHED_BYTES = 2 ** 20;

/** Endings of an ONNX file's name, best first: what transformers.js' exports are called. */
export const PRECISIONS = [
  "",
  "_fp16",
  "_quantized",
  "_int8",
  "_uint8",
  "_q4",
  "_q4f16",
  "_bnb4",
] as const;

/** The graphs of both towers; one and the same file where one graph holds both. */
export type TowerFiles = { readonly visionFile: string; readonly textFile: string };

/** Finds onnx/vision_model and onnx/text_model, or visual/model and textual/model; onnx/model stands in for what is
 *  missing. @throws AppError "model_unavailable" naming what was looked for and what is there */
export async function findTowers(folder: string): Promise<TowerFiles> {
  const names = await readdir(join(folder, "onnx")).catch((): string[] => []);
  const find = async (stem: string, elsewhere: string) => {
    const wanted = [stem, "model"].flatMap((one) => PRECISIONS.map((end) => `${one}${end}.onnx`));
    const found = wanted.find((name) => names.includes(name));
    if (found !== undefined) return join(folder, "onnx", found);
    const other = join(folder, elsewhere, "model.onnx");
    if (await stat(other).catch(() => undefined)) return other;
    const there = names.filter((name) => name.endsWith(".onnx")).join(", ") || "no file";
    throw unavailable(join(folder, "onnx", `${stem}.onnx`), `only ${there} in onnx/${ALSO_TAKEN}`);
  };
  return {
    visionFile: await find("vision_model", "visual"),
    textFile: await find("text_model", "textual"),
  };
}

const ALSO_TAKEN = `, where names that end in ${PRECISIONS.slice(1).join(", ")} and one model.onnx for both towers are taken too`;

/** Reads a JSON file of the folder. @throws AppError "model_unavailable" naming the file, and `wayOut` */
export async function readJson<T>(
  folder: string,
  name: string,
  schema: z.ZodType<T>,
  wayOut: string = ENCODER_WAY_OUT,
): Promise<T> {
  const file = join(folder, name);
  try {
    const { size: bytes } = await stat(file);
    if (bytes > MAX_JSON_BYTES)
      throw new Error(`it has ${bytes} bytes, more than ${MAX_JSON_BYTES}`);
    return schema.parse(withoutNulls(JSON.parse(await readFile(file, "utf8"))));
  } catch (cause) {
    throw unavailable(file, cause, wayOut);
  }
}

/** Like `readJson`; undefined if the file is not there. */
export async function readJsonIfAny<T>(
  folder: string,
  name: string,
  schema: z.ZodType<T>,
): Promise<T | undefined> {
  const exists = await stat(join(folder, name)).catch(() => undefined);
  return exists && readJson(folder, name, schema);
}

// Hugging Face's writers put null for what they leave out; null is a value in tokenizer.json only.
function withoutNulls(raw: unknown): unknown {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw) || "added_tokens" in raw)
    return raw;
  return Object.fromEntries(
    Object.entries(raw)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key, withoutNulls(value)]),
  );
}

/** Raised when our own decoding or preprocessing changes what an encoder sees: every model is another one then. */
const PIXELS = 1;

/** A short name for the folder's content: whole JSON files, and size, first and last MB of each ONNX file (a hash
 *  of 400 MB would cost every start). */
export async function fingerprint(
  folder: string,
  jsonFiles: readonly string[],
  { visionFile, textFile }: TowerFiles,
): Promise<string> {
  const hash = createHash("sha256").update(`pixels ${PIXELS}`);
  for (const name of jsonFiles)
    hash.update(await readFile(join(folder, name)).catch(() => Buffer.alloc(0)));
  for (const file of new Set([visionFile, textFile])) {
    hash.update(await readEnds(file));
    const weights = `${file}_data`; // where large models keep them
    if (await stat(weights).catch(() => undefined)) hash.update(await readEnds(weights));
  }
  return hash.digest("hex").slice(0, 16);
}

async function readEnds(file: string): Promise<Buffer> {
  try {
    const handle = await open(file);
    try {
      const { size: bytes } = await handle.stat();
      const ends = Buffer.alloc(2 * HASHED_BYTES + 8);
      await handle.read(ends, 0, HASHED_BYTES, 0);
      await handle.read(ends, HASHED_BYTES, HASHED_BYTES, Math.max(0, bytes - HASHED_BYTES));
      ends.writeDoubleLE(bytes, 2 * HASHED_BYTES);
      return ends;
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw unavailable(file, cause);
  }
}

const ENCODER_WAY_OUT =
  "Point SEMBLANCE_MODEL to a CLIP or SigLIP folder in Hugging Face layout (docs/model-folders.md), or leave it out for the embedded encoder.";

/** The error for a model file that is missing, damaged or of an unknown shape. */
export function unavailable(
  file: string,
  cause: unknown,
  wayOut: string = ENCODER_WAY_OUT,
): AppError {
  const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : messageOf(cause);
  return new AppError(
    "model_unavailable",
    `Expected a readable model file for ${file} but received: ${reason}. ${wayOut}`,
    { cause, details: { file } },
  );
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
