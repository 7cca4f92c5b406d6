// What the graph of a tower takes and gives, in the names of the hub's exports: messages of encode.ts -> tensors,
// tensors -> rows of numbers. A graph that holds both towers gets placeholders for the half that is not asked.
import { type InferenceSession, Tensor } from "onnxruntime-node";
import { AppError } from "../errors.ts";
import { fromHalves, toHalves } from "./half.ts";
import { type Pooling, pool } from "./pool.ts";
import type { Tokens } from "./tokenize.ts";

/** `file` holds the tower; `picture`: [3, H, W] of the model. */
export type Tower = {
  readonly kind: "image" | "text";
  readonly file: string;
  readonly picture: readonly [number, number, number];
  readonly pooling: Pooling | null;
};

export type Pixels = { readonly values: Float32Array; readonly shape: readonly number[] };

// CLIP exports name their projection; SigLIP has none and pools instead.
const OUTPUTS = {
  image: ["image_embeds", "pooler_output", "image_embedding"],
  text: ["text_embeds", "pooler_output", "sentence_embedding", "text_embedding"],
  /** Text towers that are pooled outside; BERT's own pooler_output is none of theirs. */
  pooled: ["sentence_embedding", "last_hidden_state", "token_embeddings"],
} as const;
const PIXELS = ["pixel_values", "image"];
const IDS = ["input_ids", "text"];
const INPUTS = [...PIXELS, ...IDS, "attention_mask", "token_type_ids", "position_ids"];

/** The output to ask for. @throws AppError "model_unavailable" naming inputs or outputs that are unknown */
export function embeddingOutput(session: InferenceSession, { kind, file, pooling }: Tower): string {
  const unknown = session.inputNames.filter((name) => !INPUTS.includes(name));
  if (unknown.length > 0) throw unexpected("inputs", file, INPUTS, unknown);
  const wanted: readonly string[] = OUTPUTS[kind === "text" && pooling ? "pooled" : kind];
  const output = wanted.find((name) => session.outputNames.includes(name));
  if (output === undefined) throw unexpected("outputs", file, wanted, session.outputNames);
  return output;
}

function unexpected(
  what: "inputs" | "outputs",
  file: string,
  wanted: readonly string[],
  received: readonly string[],
): AppError {
  const hint =
    what === "outputs" && wanted.includes("text_embeds")
      ? " A text tower that ends in last_hidden_state needs 1_Pooling/config.json beside it."
      : "";
  return new AppError(
    "model_unavailable",
    `Expected one of ${wanted.join(", ")} for the ${what} of ${file} but received ${received.join(", ")}.${hint} ` +
      "Exports of CLIP, SigLIP, SigLIP2 and Chinese-CLIP by Optimum or transformers.js have them (docs/model-folders.md).",
  );
}

/** Every input of the graph, from the pixels or tokens of one batch. */
export function feedsOf(
  session: InferenceSession,
  tower: Tower,
  asked: { readonly pixels?: Pixels; readonly tokens?: Tokens },
): InferenceSession.FeedsType {
  const { pixels = blankPixels(tower), tokens = blankTokens() } = asked;
  const feeds: Record<string, Tensor> = {};
  for (const metadata of session.inputMetadata) {
    if (!metadata.isTensor) continue;
    const { name, type, shape } = metadata;
    feeds[name] = PIXELS.includes(name)
      ? toTensor(type, pixels.values, pixels.shape)
      : textTensor(name, type, widen(tokens, shape[1]));
  }
  return feeds;
}

const blankPixels = ({ picture: [c, h, w] }: Tower): Pixels => ({
  values: new Float32Array(c * h * w),
  shape: [1, c, h, w],
});
const blankTokens = (): Tokens => ({
  ids: new BigInt64Array(2),
  mask: new BigInt64Array(2).fill(1n),
  count: 1,
  length: 2,
  padId: 0n,
});

// Some exports are made for texts of one length only: more padding, at the end, unseen by a mask.
function widen(tokens: Tokens, length: number | string | undefined): Tokens {
  if (typeof length !== "number" || length <= tokens.length) return tokens;
  const ids = new BigInt64Array(tokens.count * length).fill(tokens.padId);
  const mask = new BigInt64Array(tokens.count * length);
  for (let n = 0; n < tokens.count; n++) {
    const [start, end] = [n * tokens.length, (n + 1) * tokens.length];
    ids.set(tokens.ids.subarray(start, end), n * length);
    mask.set(tokens.mask.subarray(start, end), n * length);
  }
  return { ...tokens, ids, mask, length };
}

// Zeros are token types; positions count from 0.
function textTensor(name: string, type: Tensor.Type, tokens: Tokens): Tensor {
  const { ids, mask, count, length } = tokens;
  const shape = [count, length];
  if (IDS.includes(name)) return toTensor(type, ids, shape);
  if (name === "attention_mask") return toTensor(type, mask, shape);
  const positions = ids.map((_, i) => (name === "position_ids" ? BigInt(i % length) : 0n));
  return toTensor(type, positions, shape);
}

function toTensor(
  type: Tensor.Type,
  values: Float32Array | BigInt64Array,
  shape: readonly number[],
): Tensor {
  if (values instanceof BigInt64Array)
    return type === "int32"
      ? new Tensor("int32", Int32Array.from(values, Number), shape)
      : new Tensor("int64", values, shape);
  return type === "float16"
    ? new Tensor("float16", toHalves(values), shape)
    : new Tensor("float32", values, shape);
}

/** [N, D] f32, L2-normalised, of the output that `embeddingOutput` named. */
export function rowsOf(
  output: Tensor,
  { pooling }: Tower,
  tokens: Tokens | undefined,
): Float32Array {
  const values =
    output.data instanceof Uint16Array
      ? fromHalves(output.data)
      : Float32Array.from(output.data as Float32Array);
  const [n, l, d] = output.dims as [number, number, number];
  if (output.dims.length !== 3 || !pooling || !tokens)
    return normalizeRows(values, output.dims.at(-1)!);
  const rows = pool(pooling, values, [n, l, d], widen(tokens, l).mask);
  return normalizeRows(rows, rows.length / n);
}

function normalizeRows(rows: Float32Array, dim: number): Float32Array {
  for (let start = 0; start < rows.length; start += dim) {
    let sum = 0;
    for (let i = start; i < start + dim; i++) sum += (rows[i] as number) ** 2;
    const inverse = 1 / Math.sqrt(sum || 1);
    for (let i = start; i < start + dim; i++) rows[i] = (rows[i] as number) * inverse;
  }
  return rows;
}
