// preprocessor_config.json, in all shapes that image processors of CLIP's and SigLIP's families write -> what
// preprocess.ts does. The rules are those of transformers' CLIPImageProcessor and SiglipImageProcessor.
import { z } from "zod";
import { preprocessCfgSchema } from "./open-clip.ts";

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

/** By PIL's numbers of filters: nearest, lanczos, bilinear, bicubic, box, hamming. */
export const KERNELS = ["nearest", "lanczos3", "linear", "cubic", "linear", "linear"] as const;

const CLIP_MEAN = [0.48145466, 0.4578275, 0.40821073];
const CLIP_STD = [0.26862954, 0.26130258, 0.27577711];
const HALF = [0.5, 0.5, 0.5];

const side = z.number().int().min(16).max(2048);
const size = z.union(
  [side, z.object({ shortest_edge: side }), z.object({ height: side, width: side })],
  "Expected a number of pixels, shortest_edge, or height and width",
);
const channels = z.array(z.number()).length(3);
const deviations = z.array(z.number().positive()).length(3);

const rawSchema = z.object({
  image_processor_type: z.string().optional(),
  feature_extractor_type: z.string().optional(),
  do_resize: z.boolean().default(true),
  size: size.default(224),
  resample: z.number().int().min(0).max(5).default(3),
  do_center_crop: z.boolean().optional(),
  crop_size: size.optional(),
  do_rescale: z.boolean().default(true),
  rescale_factor: z
    .number()
    .positive()
    .default(1 / 255),
  do_normalize: z.boolean().default(true),
  image_mean: channels.optional(),
  image_std: deviations.optional(),
  max_num_patches: z
    .undefined("Expected pictures of one size but this is a NaFlex model; take one of a fixed size")
    .optional(),
});

/** preprocessor_config.json. */
export const preprocessorSchema = rawSchema.transform(toPreprocessConfig);

/** processor_config.json, where newer writers put the same record. */
export const processorSchema = z.object({ image_processor: preprocessorSchema.optional() });

/** visual/preprocess_cfg.json of open_clip's exports. */
export const openClipSchema = preprocessCfgSchema.transform((raw) => preprocessorSchema.parse(raw));

function toPreprocessConfig(raw: z.infer<typeof rawSchema>): PreprocessConfig {
  const type = raw.image_processor_type ?? raw.feature_extractor_type ?? "";
  const isClip = type.includes("CLIP");
  const target = toBox(raw.size);
  const isCropped = raw.do_center_crop ?? (isClip && !type.startsWith("Chinese"));
  const crop = isCropped ? toBox(raw.crop_size ?? raw.size) : target;
  return {
    resize: raw.do_resize
      ? { ...target, fit: isCover(raw.size, isCropped) ? "cover" : "fill" }
      : null,
    kernel: KERNELS[raw.resample] ?? "cubic",
    ...crop,
    scale: raw.do_rescale ? raw.rescale_factor : 1,
    mean: raw.do_normalize ? (raw.image_mean ?? (isClip ? CLIP_MEAN : HALF)) : [0, 0, 0],
    std: raw.do_normalize ? (raw.image_std ?? (isClip ? CLIP_STD : HALF)) : [1, 1, 1],
  };
}

// A plain number is the shortest edge for processors that crop, and both sides for those that do not.
function isCover(value: z.infer<typeof size>, isCropped: boolean): boolean {
  return typeof value === "number" ? isCropped : "shortest_edge" in value;
}

function toBox(value: z.infer<typeof size>): { widthPx: number; heightPx: number } {
  if (typeof value === "number") return { widthPx: value, heightPx: value };
  if ("shortest_edge" in value)
    return { widthPx: value.shortest_edge, heightPx: value.shortest_edge };
  return { widthPx: value.width, heightPx: value.height };
}
