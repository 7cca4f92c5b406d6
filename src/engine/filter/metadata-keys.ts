// Metadata of some inputs -> the keys that they have, with a few values each.
import type { Json } from "../engine.ts";

export type MetadataKey = {
  readonly key: string;
  readonly count: number;
  /** Different values, at most 5, the commonest first. */
  readonly examples: readonly unknown[];
};

const EXAMPLES_MAX = 5;
/** Longer ones, as JSON, are no examples. */
const EXAMPLE_LENGTH = 200;

/** Keys of the first level, the commonest first. */
export function toMetadataKeys(all: readonly Json[]): readonly MetadataKey[] {
  const keys = new Map<string, Map<string, number>>();
  const counts = new Map<string, number>();
  for (const [key, value] of all.flatMap((metadata) => Object.entries(metadata))) {
    counts.set(key, (counts.get(key) ?? 0) + 1);
    const values = keys.get(key) ?? new Map<string, number>();
    keys.set(key, values);
    const text = JSON.stringify(value);
    if (text.length <= EXAMPLE_LENGTH) values.set(text, (values.get(text) ?? 0) + 1);
  }
  return [...keys]
    .map(([key, values]) => ({ key, count: counts.get(key) ?? 0, examples: commonest(values) }))
    .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
}

function commonest(values: ReadonlyMap<string, number>): readonly unknown[] {
  const sorted = [...values].sort(([, a], [, b]) => b - a);
  return sorted.slice(0, EXAMPLES_MAX).map(([text]) => JSON.parse(text));
}
