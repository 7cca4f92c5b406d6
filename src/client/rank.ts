// What a search ranks by, and how that reads on the wire.
import type { WireRank } from "./wire.ts";

/** One thing to be like. Several are combined; `negate` asks for what is unlike it. */
export type Rank = { readonly negate?: boolean } & (
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "concept"; readonly name: string }
  | { readonly kind: "input"; readonly inputId: string }
  /** An encoded image that is not in the collection, base64. */
  | { readonly kind: "image"; readonly base64: string }
);

export function toWireRank(rank: Rank): WireRank {
  const annotation = toAnnotation(rank);
  return rank.negate ? { annotation, negate: true } : { annotation };
}

function toAnnotation(rank: Rank): WireRank["annotation"] {
  switch (rank.kind) {
    case "text":
      return { data: { text: { raw: rank.text } } };
    case "concept":
      return { data: { concepts: [{ name: rank.name, value: 1 }] } };
    case "input":
      return { input_id: rank.inputId };
    case "image":
      return { data: { image: { base64: rank.base64 } } };
  }
}
