// Folders of open_clip's exports as immich publishes them (visual/, textual/, a config.json of open_clip's own) -> the
// records of a folder in Hugging Face layout. Names: github.com/mlfoundations/open_clip, model_configs and transform.
import { z } from "zod";

/** config.json of open_clip: what its text_cfg says, in Hugging Face's words. */
export const textCfgSchema = z
  .looseObject({
    context_length: z.number().int().positive().default(77),
    vocab_size: z.number().positive().optional(),
    tokenizer_kwargs: z.looseObject({ clean: z.string().optional() }).default({}),
  })
  .transform((raw) => ({
    contextLength: raw.context_length,
    vocabularySize: raw.vocab_size,
    steps: raw.tokenizer_kwargs.clean === "canonicalize" ? CANONICALIZE : [],
  }));

// What open_clip's canonicalize_text does, as steps of tokenizer.json.
const replace = (regex: string, content: string) => ({
  type: "Replace",
  pattern: { Regex: regex },
  content,
});
const CANONICALIZE = [
  replace("_", " "),
  replace("[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]\\^`{|}~]", ""),
  { type: "Lowercase" },
  replace("\\s+", " "),
  { type: "Strip", strip_left: true, strip_right: true },
];

const side = z.number().int();

/** visual/preprocess_cfg.json in the words of preprocessor_config.json. */
export const preprocessCfgSchema = z
  .object({
    size: z.union([side, z.tuple([side, side])]),
    mean: z.array(z.number()),
    std: z.array(z.number()),
    interpolation: z.enum(["bicubic", "bilinear", "random"]).default("bicubic"),
    resize_mode: z.enum(["shortest", "squash"]).default("shortest"),
  })
  .transform((raw) => {
    const [height, width] = typeof raw.size === "number" ? [raw.size, raw.size] : raw.size;
    const isSquashed = raw.resize_mode === "squash";
    return {
      image_processor_type: "open_clip",
      size: isSquashed ? { height, width } : { shortest_edge: Math.min(height, width) },
      crop_size: { height, width },
      do_center_crop: !isSquashed,
      resample: raw.interpolation === "bilinear" ? 2 : 3,
      image_mean: raw.mean,
      image_std: raw.std,
    };
  });
