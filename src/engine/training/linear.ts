// A linear classifier of one concept over unit embeddings: value = sigmoid(scale * cosine(x, vector) + bias).

export type LinearClassifier = {
  /** [dim] f32, unit length. */
  readonly vector: Float32Array;
  /** Above 0. */
  readonly scale: number;
  readonly bias: number;
};

/** The log odds that the concept is there. `x`: [dim] f32, unit length. */
export function logit({ vector, scale, bias }: LinearClassifier, x: Float32Array): number {
  return scale * dot(vector, x) + bias;
}

/** Log odds -> 0..1. */
export function sigmoid(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < b.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Highest value first, then by id. */
export function byValue<Item extends { readonly id: string; readonly value: number }>(
  a: Item,
  b: Item,
): number {
  return b.value - a.value || (a.id < b.id ? -1 : 1);
}
