// config.json, tokenizer.json, tokenizer_config.json and special_tokens_map.json -> how text becomes token ids.
import { join } from "node:path";
import { z } from "zod";
import { readJson, readJsonIfAny } from "./model-files.ts";
import { textCfgSchema } from "./open-clip.ts";

/** How text becomes token ids. */
export type TokenizeConfig = {
  /** tokenizer.json. */
  readonly file: string;
  readonly tokenizer: object;
  readonly tokenizerConfig: object;
  /** Most token ids per text, special tokens included. */
  readonly contextLength: number;
  /** Tokens to pad with: the first that is in the vocabulary; without one, `padId`. */
  readonly padTokens: readonly string[];
  readonly padId: number | undefined;
  readonly padSide: "left" | "right";
  /** SigLIP was trained with every text padded to the context length; CLIP with none. */
  readonly padToContext: boolean;
  /** Steps before tokenizer.json's normalizer, in its words: lower case, for SigLIP's. */
  readonly steps: readonly { readonly type: string }[];
};

const count = z.number().positive();
const textSchema = z.looseObject({
  model_type: z.string().optional(),
  max_position_embeddings: count.optional(),
  pad_token_id: z.number().int().nonnegative().optional(),
  vocab_size: count.optional(),
});

/** config.json of a model with two towers, or of a text tower alone. */
export const configSchema = textSchema.extend({
  model_type: z.string().default("clip"),
  logit_scale: z.number().positive().optional(),
  logit_bias: z.number().optional(),
  text_config: textSchema.default({}),
  /** open_clip's. */
  text_cfg: textCfgSchema.optional(),
  init_logit_bias: z.number().optional(),
});
export type HubConfig = z.infer<typeof configSchema>;

const token = z
  .union([z.string(), z.object({ content: z.string() })])
  .transform((value) => (typeof value === "string" ? value : value.content));
const side = z.string().transform((value) => (value.toLowerCase() === "left" ? "left" : "right"));

const tokenizerConfigSchema = z.looseObject({
  tokenizer_class: z.string().default(""),
  model_max_length: count.optional(),
  pad_token: token.optional(),
  padding_side: side.optional(),
  do_lower_case: z.boolean().optional(),
});
const tokenizerSchema = z.looseObject({
  model: z.looseObject({}),
  padding: z
    .looseObject({ direction: side.optional(), pad_id: z.number(), pad_token: z.string() })
    .nullish(),
  truncation: z.looseObject({ max_length: count }).nullish(),
});
const sentenceSchema = z.looseObject({ max_seq_length: count.optional() });
const specialTokensSchema = z.looseObject({ pad_token: token.optional() });

/** Which model it is, where rules differ that no file states. */
export type Family = "clip" | "siglip" | "siglip2" | "chinese-clip";

/** The rules of a folder's tokenizer. @throws AppError "model_unavailable" naming the file */
export async function readTokenizeConfig(
  modelFolder: string,
  config: HubConfig,
): Promise<TokenizeConfig & { readonly family: Family }> {
  const folder = config.text_cfg ? join(modelFolder, "textual") : modelFolder;
  const tokenizer = await readJson(folder, "tokenizer.json", tokenizerSchema);
  const found = await readJsonIfAny(folder, "tokenizer_config.json", tokenizerConfigSchema);
  const tokenizerConfig = found ?? tokenizerConfigSchema.parse({});
  const specialTokens = await readJsonIfAny(folder, "special_tokens_map.json", specialTokensSchema);
  const sentence = await readJsonIfAny(folder, "sentence_bert_config.json", sentenceSchema);
  const family = familyOf(config, tokenizerConfig.tokenizer_class);
  const isSiglip = family.startsWith("siglip");
  const { padding } = tokenizer;
  const named = [tokenizerConfig.pad_token, specialTokens?.pad_token, padding?.pad_token];
  const padId = config.text_config.pad_token_id ?? config.pad_token_id;
  const usual = padId === undefined ? ["<pad>", "[PAD]"] : [];
  return {
    family,
    file: join(folder, "tokenizer.json"),
    tokenizer,
    tokenizerConfig,
    contextLength: contextLength(family, [
      config.text_cfg?.contextLength ?? positions(config),
      tokenizerConfig.model_max_length,
      tokenizer.truncation?.max_length,
      sentence?.max_seq_length,
    ]),
    padTokens: [...named.filter((one) => one !== undefined), ...usual],
    padId,
    padSide: tokenizerConfig.padding_side ?? padding?.direction ?? "right",
    padToContext: isSiglip || config.text_cfg !== undefined,
    steps: config.text_cfg?.steps ?? lowerCase(isSiglip && tokenizerConfig.do_lower_case !== false),
  };
}

// SigLIP2's own tokenizer.json has no such step, but the model saw lower case only.
function lowerCase(isWanted: boolean): TokenizeConfig["steps"] {
  return isWanted ? [{ type: "Lowercase" }] : [];
}

// SigLIP2 of a fixed size calls itself "siglip"; its vocabulary is Gemma's. In open_clip only SigLIP has a bias.
function familyOf(config: HubConfig, tokenizer: string): Family {
  const { model_type: type, text_config: text, text_cfg: openClip } = config;
  if (type.startsWith("chinese")) return "chinese-clip";
  if (!type.startsWith("siglip") && config.init_logit_bias === undefined) return "clip";
  const isGemma = (text.vocab_size ?? openClip?.vocabularySize) === 256_000;
  return isGemma || type === "siglip2" || /^(Gemma|Siglip2)/.test(tokenizer) ? "siglip2" : "siglip";
}

// RoBERTa's positions begin after its padding id, so two of the 514 are none.
function positions({ text_config: text, ...config }: HubConfig): number | undefined {
  const most = text.max_position_embeddings ?? config.max_position_embeddings;
  const isRoberta = /roberta/.test(text.model_type ?? config.model_type);
  return most === undefined || !isRoberta
    ? most
    : most - (text.pad_token_id ?? config.pad_token_id ?? 1) - 1;
}

// tokenizer_config may say 1e30 ("no limit"), and some SigLIP configs leave the text length out. Chinese-CLIP's BERT
// could read 512 ids, but was trained with 52.
const USUAL_LENGTH = { clip: 77, siglip: 64, siglip2: 64, "chinese-clip": 52 } as const;

function contextLength(family: Family, stated: readonly (number | undefined)[]): number {
  const usable = stated.filter((length) => length !== undefined && length >= 2 && length <= 8192);
  if (family === "chinese-clip") usable.push(USUAL_LENGTH[family]);
  return usable.length > 0 ? Math.min(...(usable as number[])) : USUAL_LENGTH[family];
}
