// What captions name.
import type { Evaluated } from "./evaluated.ts";

/** Names of concepts in captions, and how many of the captions have each. */
export function countNames(
  captions: readonly string[],
  concepts: Evaluated["concepts"],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const caption of captions) {
    const words = caption.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
    const found = words.map((word) => concepts.find(word) ?? concepts.find(word.replace(/s$/, "")));
    for (const index of new Set(found)) {
      if (index === undefined) continue;
      const { name } = concepts.at(index);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return counts;
}
