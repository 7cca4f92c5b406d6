// A model folder in Hugging Face layout -> what preprocess, tokenize and encode need to know of it.
// CLIP: Radford et al. 2021, arXiv:2103.00020. SigLIP: Zhai et al. 2023, arXiv:2303.15343.
import { createHash } from "node:crypto";
import { open, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import { AppError } from "../errors.ts";

const MAX_JSON_BYTES = 64 * 2 ** 20; // Gemma's tokenizer.json is 34 MB
const HASHED_BYTES = 2 ** 20;

const side = z.number().int().min(16).max(2048);
const size = z.union([
  side,
  z.object({ shortest_edge: side }),
  z.object({ height: side, width: side }),
]);

const preprocessorSchema = z.preprocess(
  withoutNulls,
  z.object({
    do_resize: z.boolean().default(true),
    size: size.default(224),
    /** PIL: 0 nearest, 1 lanczos, 2 bilinear, 3 bicubic. */
    resample: z.number().int().min(0).max(5).default(3),
    do_center_crop: z.boolean().default(false),
    crop_size: size.optional(),
    do_rescale: z.boolean().default(true),
    rescale_factor: z
      .number()
      .positive()
      .default(1 / 255),
    do_normalize: z.boolean().default(true),
    image_mean: z.array(z.number()).length(3).default([0.5, 0.5, 0.5]),
    image_std: z.array(z.number().positive()).length(3).default([0.5, 0.5, 0.5]),
  }),
);

const configSchema = z.object({
  model_type: z.string().default("clip"),
  logit_scale: z.number().positive().optional(),
  logit_bias: z.number().optional(),
  text_config: z
    .looseObject({ max_position_embeddings: z.number().int().positive().optional() })
    .optional(),
});

const tokenizerConfigSchema = z.looseObject({
  model_max_length: z.number().positive().optional(),
  pad_token: z.union([z.string(), z.object({ content: z.string() })]).nullish(),
});

/** How an image becomes the model's input. */
export type PreprocessConfig = {
  /** Side(s) to resize to; null keeps the size. `fill` squashes, `cover` keeps the aspect ratio. */
  readonly resize: {
    readonly widthPx: number;
    readonly heightPx: number;
    readonly fit: "fill" | "cover";
  } | null;
  readonly kernel: "nearest" | "lanczos3" | "linear" | "cubic";
  /** Final size; a centre crop when smaller than the resized image. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** value = (byte * scale - mean) / std, per channel R, G, B. */
  readonly scale: number;
  readonly mean: readonly number[];
  readonly std: readonly number[];
};

/** How text becomes token ids. */
export type TokenizeConfig = {
  /** tokenizer.json. */
  readonly file: string;
  readonly tokenizer: object;
  readonly tokenizerConfig: object;
  /** Most token ids per text, special tokens included. */
  readonly contextLength: number;
  readonly padToken: string | null;
  /** SigLIP was trained with every text padded to the context length; CLIP with none. */
  readonly padToContext: boolean;
};

/** Everything that the model's files say. `id` changes when the vectors would. */
export type Model = {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly preprocess: PreprocessConfig;
  readonly tokenize: TokenizeConfig;
  /** Softmax temperature and bias of the training loss; CLIP's and SigLIP's usual ones when unnamed. */
  readonly logitScale: number;
  readonly logitBias: number;
  readonly visionFile: string;
  readonly textFile: string;
};

/** Reads and checks a model folder. @throws AppError "model_unavailable" naming the file. */
export async function readModel(folder: string): Promise<Model> {
  const config = await readJson(folder, "config.json", configSchema);
  const preprocessor = await readJson(folder, "preprocessor_config.json", preprocessorSchema);
  const tokenizer = await readJson(
    folder,
    "tokenizer.json",
    z.looseObject({ model: z.looseObject({}) }),
  );
  const tokenizerConfig = await readJson(folder, "tokenizer_config.json", tokenizerConfigSchema);
  const visionFile = join(folder, "onnx", "vision_model.onnx");
  const textFile = join(folder, "onnx", "text_model.onnx");
  const isSiglip = config.model_type.startsWith("siglip");
  const padToken = tokenizerConfig.pad_token ?? null;
  return {
    id: await fingerprint(folder, [visionFile, textFile]),
    name: basename(folder),
    folder,
    preprocess: toPreprocessConfig(preprocessor),
    tokenize: {
      file: join(folder, "tokenizer.json"),
      tokenizer,
      tokenizerConfig,
      contextLength: contextLength(config, tokenizerConfig, isSiglip ? 64 : 77),
      padToken: typeof padToken === "object" ? (padToken?.content ?? null) : padToken,
      padToContext: isSiglip,
    },
    logitScale: config.logit_scale ?? (isSiglip ? 117.3 : 100),
    logitBias: config.logit_bias ?? (isSiglip ? -12.9 : 0),
    visionFile,
    textFile,
  };
}

// tokenizer_config may say 1e30 ("no limit"), and some SigLIP configs leave the text length out.
function contextLength(
  config: z.infer<typeof configSchema>,
  tokenizerConfig: z.infer<typeof tokenizerConfigSchema>,
  fallback: number,
): number {
  const candidates = [
    config.text_config?.max_position_embeddings,
    tokenizerConfig.model_max_length,
  ];
  const usable = candidates.filter(
    (length) => length !== undefined && length >= 2 && length <= 8192,
  );
  return usable.length > 0 ? Math.min(...(usable as number[])) : fallback;
}

const KERNELS = ["nearest", "lanczos3", "linear", "cubic", "linear", "linear"] as const;

// Fast processors write null for what they leave out.
function withoutNulls(raw: unknown): unknown {
  if (typeof raw !== "object" || raw === null) return raw;
  return Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== null));
}

function toPreprocessConfig(raw: z.infer<typeof preprocessorSchema>): PreprocessConfig {
  const target = toBox(raw.size);
  const crop = raw.do_center_crop ? toBox(raw.crop_size ?? raw.size) : target;
  const isCover = typeof raw.size === "number" || "shortest_edge" in raw.size;
  return {
    resize: raw.do_resize ? { ...target, fit: isCover ? "cover" : "fill" } : null,
    kernel: KERNELS[raw.resample] ?? "cubic",
    ...crop,
    scale: raw.do_rescale ? raw.rescale_factor : 1,
    mean: raw.do_normalize ? raw.image_mean : [0, 0, 0],
    std: raw.do_normalize ? raw.image_std : [1, 1, 1],
  };
}

function toBox(value: z.infer<typeof size>): { widthPx: number; heightPx: number } {
  if (typeof value === "number") return { widthPx: value, heightPx: value };
  if ("shortest_edge" in value)
    return { widthPx: value.shortest_edge, heightPx: value.shortest_edge };
  return { widthPx: value.width, heightPx: value.height };
}

async function readJson<T>(folder: string, name: string, schema: z.ZodType<T>): Promise<T> {
  const file = join(folder, name);
  try {
    const { size: bytes } = await stat(file);
    if (bytes > MAX_JSON_BYTES)
      throw new Error(`it has ${bytes} bytes, more than ${MAX_JSON_BYTES}`);
    return schema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    throw unavailable(file, cause);
  }
}

// Whole JSON files, and size + first and last MB of each ONNX file: a hash of 400 MB would cost every start.
async function fingerprint(folder: string, onnxFiles: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const name of [
    "config.json",
    "preprocessor_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
  ]) {
    hash.update(await readFile(join(folder, name)));
  }
  for (const file of onnxFiles) {
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

function unavailable(file: string, cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError(
    "model_unavailable",
    `Expected a readable model file for ${file} but received: ${reason}. ` +
      "Point SEMBLANCE_MODEL to a CLIP or SigLIP folder in Hugging Face layout, or leave it out for the embedded encoder.",
    { cause, details: { file } },
  );
}
