// Text -> token ids by the model's own tokenizer.json.
import { Tokenizer } from "@huggingface/tokenizers";
import { AppError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { correctNormalizer } from "./normalize-text.ts";
import type { TokenizeConfig } from "./tokenize-config.ts";

/** Token ids of a batch, padded to one length L. Both [N, L] int64, row-major. */
export type Tokens = {
  readonly ids: BigInt64Array;
  readonly mask: BigInt64Array;
  readonly count: number;
  readonly length: number;
  readonly padId: bigint;
};

export type Tokenize = (texts: readonly string[]) => Tokens;

/** A tokenizer for one model. Texts longer than the context are cut, special tokens at their end kept.
 *  @throws AppError "model_unavailable" if tokenizer.json is of no known kind */
export function createTokenizer(config: TokenizeConfig): Tokenize {
  const { tokenizer, ending } = loadTokenizer(config);
  const padId = BigInt(findPadId(tokenizer, config));
  return (texts) => {
    const rows = texts.map((text) => {
      const { ids } = tokenizer.encode(text.slice(0, LIMITS.textLength));
      return truncate(ids, config.contextLength, ending);
    });
    const longest = Math.max(1, ...rows.map((row) => row.length));
    return pad(rows, config.padToContext ? config.contextLength : longest, padId, config.padSide);
  };
}

/** `ending`: special tokens that every text ends in. */
function loadTokenizer(config: TokenizeConfig): { tokenizer: Tokenizer; ending: number } {
  try {
    const tokenizer = new Tokenizer(withAllSteps(config), config.tokenizerConfig);
    correctNormalizer(tokenizer.normalizer);
    const none: readonly number[] = tokenizer.encode("").ids;
    const one: readonly number[] = tokenizer.encode("a").ids;
    one.map(BigInt); // an unknown kind shows here only
    const ending = none.findIndex((_, i) => none.at(-1 - i) !== one.at(-1 - i));
    return { tokenizer, ending: ending < 0 ? none.length : ending };
  } catch (cause) {
    throw new AppError(
      "model_unavailable",
      `Expected a supported tokenizer (BPE, Unigram or WordPiece) for ${config.file} but received: ${(cause as Error).message}.`,
      { cause },
    );
  }
}

// What is left out is null; the config's own steps come first.
function withAllSteps({ tokenizer: json, steps }: TokenizeConfig): object {
  const none = { normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null };
  const all = { added_tokens: [], ...none, ...json };
  if (steps.length === 0) return all;
  const normalizers = [...steps, all.normalizer].filter((step) => step !== null);
  return { ...all, normalizer: { type: "Sequence", normalizers } };
}

function findPadId(tokenizer: Tokenizer, { padTokens, padId }: TokenizeConfig): number {
  const ids = padTokens.map((token) => tokenizer.token_to_id(token));
  return ids.find((id) => id !== undefined) ?? padId ?? 0;
}

// The npm package ignores the file's own truncation rule.
function truncate(ids: readonly number[], length: number, ending: number): readonly number[] {
  if (ids.length <= length) return ids;
  return [...ids.slice(0, length - ending), ...ids.slice(ids.length - ending)];
}

function pad(
  rows: readonly (readonly number[])[],
  length: number,
  padId: bigint,
  side: "left" | "right",
): Tokens {
  const ids = new BigInt64Array(rows.length * length).fill(padId);
  const mask = new BigInt64Array(rows.length * length);
  rows.forEach((row, r) => {
    const start = r * length + (side === "left" ? length - row.length : 0);
    row.forEach((id, i) => {
      ids[start + i] = BigInt(id);
      mask[start + i] = 1n;
    });
  });
  return { ids, mask, count: rows.length, length, padId };
}
