// Parents of concepts -> which concepts are kinds of which.
import type { VocabularyEntry } from "./vocabulary.ts";

/** Ids of the kinds of each concept that has any, kinds of kinds among them, by its name. */
export function kindsByName(
  entries: readonly VocabularyEntry[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const kinds = new Map<string, Set<string>>();
  for (const entry of entries) {
    for (const above of ancestors(entry, byName)) {
      const known = kinds.get(above.name);
      if (known) known.add(entry.id);
      else kinds.set(above.name, new Set([entry.id]));
    }
  }
  return kinds;
}

// Without itself, where the file runs in a circle.
function ancestors(
  entry: VocabularyEntry,
  byName: ReadonlyMap<string, VocabularyEntry>,
): ReadonlySet<VocabularyEntry> {
  const found = new Set<VocabularyEntry>();
  const above = [...entry.parents];
  for (let name = above.pop(); name !== undefined; name = above.pop()) {
    const parent = byName.get(name);
    if (!parent || parent === entry || found.has(parent)) continue;
    found.add(parent);
    above.push(...parent.parents);
  }
  return found;
}
