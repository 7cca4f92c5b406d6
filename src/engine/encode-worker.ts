// Worker thread of encode.ts: one ONNX session. Tensors in, L2-normalised embeddings out.
import type { Tensor } from "onnxruntime-node";
import { type Opened, openSession, type TowerStart } from "./open-session.ts";
import { serve } from "./thread.ts";
import type { Tokens } from "./tokenize.ts";
import { embeddingOutput, feedsOf, rowsOf } from "./tower.ts";

export type Embed =
  | { readonly kind: "image"; readonly values: Float32Array; readonly shape: readonly number[] }
  | { readonly kind: "text"; readonly tokens: Tokens };

/** "loaded" is answered with where the session computes, `Loaded`. */
export type TowerMessage = { readonly kind: "loaded" } | Embed;
export type Loaded = Omit<Opened, "session">;

serve<TowerStart, TowerMessage>(async (tower) => {
  const { session, ...loaded } = await openSession(tower);
  const output = embeddingOutput(session, tower);
  return async (message) => {
    if (message.kind === "loaded") return { result: loaded };
    const tokens = message.kind === "text" ? message.tokens : undefined;
    const asked = message.kind === "image" ? { pixels: message } : { tokens: message.tokens };
    const { [output]: embeddings } = await session.run(feedsOf(session, tower, asked), [output]);
    const rows = rowsOf(embeddings as Tensor, tower, tokens);
    return { result: rows, transfer: [rows.buffer as ArrayBuffer] };
  };
});
