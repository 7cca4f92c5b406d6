// Worker thread of encode.ts: one ONNX session. Tensors in, L2-normalised embeddings out.
import { InferenceSession, Tensor } from "onnxruntime-node";
import { AppError } from "../errors.ts";
import { serve } from "./thread.ts";
import type { Tokens } from "./tokenize.ts";

export type TowerStart = { readonly file: string; readonly threads: number };

export type Embed =
  | { readonly kind: "ready" }
  | { readonly kind: "image"; readonly values: Float32Array; readonly shape: readonly number[] }
  | { readonly kind: "text"; readonly tokens: Tokens };

// CLIP exports name their projection; SigLIP has none and pools instead.
const OUTPUTS = ["image_embeds", "text_embeds", "pooler_output"];

serve<TowerStart, Embed>(async ({ file, threads }) => {
  const session = await openSession(file, threads);
  const output = OUTPUTS.find((name) => session.outputNames.includes(name));
  if (!output) {
    throw new AppError(
      "model_unavailable",
      `Expected one of ${OUTPUTS.join(", ")} for the outputs of ${file} but received ${session.outputNames.join(", ")}.`,
    );
  }
  return async (message) => {
    if (message.kind === "ready") return { result: true };
    const feeds =
      message.kind === "image" ? imageFeeds(session, message) : textFeeds(session, message.tokens);
    const { [output]: embeddings } = await session.run(feeds, [output]);
    const rows = normalizeRows(embeddings as Tensor);
    return { result: rows, transfer: [rows.buffer as ArrayBuffer] };
  };
});

async function openSession(file: string, threads: number): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(file, {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: "all",
      logSeverityLevel: 3,
      // Spinning threads would take the cores that decode the next images.
      extra: { session: { intra_op: { allow_spinning: "0" } } },
    });
  } catch (cause) {
    throw new AppError(
      "model_unavailable",
      `Expected a loadable ONNX file for ${file} but received: ${(cause as Error).message}.`,
      {
        cause,
      },
    );
  }
}

function imageFeeds(
  session: InferenceSession,
  message: Embed & { kind: "image" },
): InferenceSession.FeedsType {
  const [name = "pixel_values"] = session.inputNames;
  return { [name]: new Tensor("float32", message.values, message.shape) };
}

// Some exports take no mask (SigLIP), some want position ids or token types of zeros (BERT kinds).
function textFeeds(session: InferenceSession, tokens: Tokens): InferenceSession.FeedsType {
  const shape = [tokens.count, tokens.length];
  const feeds: Record<string, Tensor> = {};
  for (const name of session.inputNames) {
    const values =
      name === "input_ids"
        ? tokens.ids
        : name === "attention_mask"
          ? tokens.mask
          : new BigInt64Array(tokens.ids.length);
    feeds[name] = new Tensor("int64", values, shape);
  }
  return feeds;
}

function normalizeRows(embeddings: Tensor): Float32Array {
  const dim = embeddings.dims.at(-1) as number;
  const rows = Float32Array.from(embeddings.data as Float32Array);
  for (let start = 0; start < rows.length; start += dim) {
    let sum = 0;
    for (let i = start; i < start + dim; i++) sum += (rows[i] as number) ** 2;
    const inverse = 1 / Math.sqrt(sum || 1);
    for (let i = start; i < start + dim; i++) rows[i] = (rows[i] as number) * inverse;
  }
  return rows;
}
