// A model folder in Hugging Face layout -> what preprocess, tokenize and encode need to know of it.
// CLIP: Radford et al. 2021, arXiv:2103.00020. SigLIP: Zhai et al. 2023, arXiv:2303.15343.
import { basename } from "node:path";
import { findTowers, fingerprint, readJson, readJsonIfAny } from "./model-files.ts";
import { POOLING_FILES, type Pooling, readPooling } from "./pool.ts";
import {
  openClipSchema,
  type PreprocessConfig,
  preprocessorSchema,
  processorSchema,
} from "./preprocess-config.ts";
import {
  configSchema,
  type Family,
  readTokenizeConfig,
  type TokenizeConfig,
} from "./tokenize-config.ts";

/** Everything that the model's files say. `id` changes when the vectors would. */
export type Model = {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly preprocess: PreprocessConfig;
  readonly tokenize: TokenizeConfig;
  /** What is left to do with the text tower's states; null where its graph gives embeddings. */
  readonly pooling: Pooling | null;
  /** Softmax temperature and bias of the training loss; CLIP's and SigLIP's usual ones when unnamed. */
  readonly logitScale: number;
  readonly logitBias: number;
  /** The same file where one graph holds both towers. */
  readonly visionFile: string;
  readonly textFile: string;
};

const JSON_FILES = [
  "config.json",
  "preprocessor_config.json",
  "tokenizer.json",
  "tokenizer_config.json",
  "processor_config.json",
  "special_tokens_map.json",
  "sentence_bert_config.json",
  "visual/preprocess_cfg.json",
  ...["tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"].map(
    (name) => `textual/${name}`,
  ),
  ...POOLING_FILES,
];

/** Reads and checks a model folder. @throws AppError "model_unavailable" naming the file. */
export async function readModel(folder: string): Promise<Model> {
  const config = await readJson(folder, "config.json", configSchema);
  const { family, ...tokenize } = await readTokenizeConfig(folder, config);
  const towers = await findTowers(folder);
  const { scale, bias } = TRAINED[family];
  return {
    id: await fingerprint(folder, JSON_FILES, towers),
    name: basename(folder),
    folder,
    preprocess: await readPreprocess(folder),
    tokenize,
    pooling: await readPooling(folder),
    logitScale: config.logit_scale === undefined ? scale : toScale(config.logit_scale),
    logitBias: config.logit_bias ?? bias,
    ...towers,
  };
}

async function readPreprocess(folder: string): Promise<PreprocessConfig> {
  const processor = await readJsonIfAny(folder, "processor_config.json", processorSchema);
  const openClip = await readJsonIfAny(folder, "visual/preprocess_cfg.json", openClipSchema);
  return (
    processor?.image_processor ??
    openClip ??
    (await readJson(folder, "preprocessor_config.json", preprocessorSchema))
  );
}

// Where training ended, of the base models; `logit_scale_init_value` is only where it began.
const TRAINED: Readonly<Record<Family, { readonly scale: number; readonly bias: number }>> = {
  clip: { scale: 100, bias: 0 },
  "chinese-clip": { scale: 100, bias: 0 },
  siglip: { scale: 117.3, bias: -12.9 },
  siglip2: { scale: 112.7, bias: -16.8 },
};

// Checkpoints keep the logarithm (CLIP's 4.6 for 100), and no model is trained with a scale as small as 8.
function toScale(stated: number): number {
  return stated < 8 ? Math.exp(stated) : stated;
}
