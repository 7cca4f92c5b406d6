// A name for people -> an id that is free.
import type { Dataset } from "../../../src/client/datasets.ts";

const LENGTH = 32;

/** Letters, digits and hyphens: it stands in addresses. */
export function toDatasetId(name: string, taken: readonly Dataset[]): string {
  const ids = new Set(taken.map(({ id }) => id));
  const plain = name.normalize("NFKD").replaceAll(/\p{Mark}/gu, "");
  const words = plain.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const base = words.replaceAll(/^-+|-+$/g, "").slice(0, LENGTH) || "dataset";
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!ids.has(id)) return id;
  }
}
