// Text -> token ids by the model's own tokenizer.json.
import { Tokenizer } from "@huggingface/tokenizers";
import { AppError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import type { TokenizeConfig } from "./model.ts";

/** Token ids of a batch, padded to one length L. Both [N, L] int64, row-major. */
export type Tokens = {
  readonly ids: BigInt64Array;
  readonly mask: BigInt64Array;
  readonly count: number;
  readonly length: number;
};

export type Tokenize = (texts: readonly string[]) => Tokens;

/** A tokenizer for one model. Texts longer than the context are cut, their last special token kept.
 *  @throws AppError "model_unavailable" if tokenizer.json is of no known kind */
export function createTokenizer(config: TokenizeConfig): Tokenize {
  const tokenizer = loadTokenizer(config);
  const padId = BigInt((config.padToken && tokenizer.token_to_id(config.padToken)) ?? 0);
  return (texts) => {
    const rows = texts.map((text) =>
      truncate(tokenizer.encode(text.slice(0, LIMITS.textLength)).ids, config),
    );
    const longest = Math.max(1, ...rows.map((row) => row.length));
    return pad(rows, config.padToContext ? config.contextLength : longest, padId);
  };
}

function loadTokenizer(config: TokenizeConfig): Tokenizer {
  try {
    const tokenizer = new Tokenizer(config.tokenizer, config.tokenizerConfig);
    tokenizer.encode("a").ids.map(BigInt); // an unknown kind shows here only
    return tokenizer;
  } catch (cause) {
    throw new AppError(
      "model_unavailable",
      `Expected a supported tokenizer for ${config.file} but received: ${(cause as Error).message}.`,
      { cause },
    );
  }
}

// The npm package ignores the file's own truncation rule.
function truncate(ids: readonly number[], { contextLength }: TokenizeConfig): readonly number[] {
  if (ids.length <= contextLength) return ids;
  return [...ids.slice(0, contextLength - 1), ids[ids.length - 1] as number];
}

function pad(rows: readonly (readonly number[])[], length: number, padId: bigint): Tokens {
  const ids = new BigInt64Array(rows.length * length).fill(padId);
  const mask = new BigInt64Array(rows.length * length);
  rows.forEach((row, r) => {
    row.forEach((id, i) => {
      ids[r * length + i] = BigInt(id);
      mask[r * length + i] = 1n;
    });
  });
  return { ids, mask, count: rows.length, length };
}
