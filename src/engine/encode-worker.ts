// Worker thread of encode.ts: one ONNX session. Tensors in, L2-normalised embeddings out.
import { InferenceSession, type Tensor } from "onnxruntime-node";
import { AppError } from "../errors.ts";
import { serve } from "./thread.ts";
import type { Tokens } from "./tokenize.ts";
import { embeddingOutput, feedsOf, rowsOf, type Tower } from "./tower.ts";

export type TowerStart = Tower & { readonly threads: number };

export type Embed =
  | { readonly kind: "ready" }
  | { readonly kind: "image"; readonly values: Float32Array; readonly shape: readonly number[] }
  | { readonly kind: "text"; readonly tokens: Tokens };

serve<TowerStart, Embed>(async ({ threads, ...tower }) => {
  const session = await openSession(tower.file, threads);
  const output = embeddingOutput(session, tower);
  return async (message) => {
    if (message.kind === "ready") return { result: true };
    const tokens = message.kind === "text" ? message.tokens : undefined;
    const asked = message.kind === "image" ? { pixels: message } : { tokens: message.tokens };
    const { [output]: embeddings } = await session.run(feedsOf(session, tower, asked), [output]);
    const rows = rowsOf(embeddings as Tensor, tower, tokens);
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
