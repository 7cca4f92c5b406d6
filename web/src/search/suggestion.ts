// One row of the list under the search bar.
import type { FoundConcept } from "./use-concepts.ts";

type Section = "recent" | "trained" | "own" | "vocabulary";

export type Suggestion =
  | ({ readonly kind: "concept"; readonly section: Section } & FoundConcept)
  /** What stands after "#", taken for words. */
  | { readonly kind: "caption"; readonly caption: string }
  /** A search of before, as the address has it. */
  | { readonly kind: "search"; readonly address: string };

/** Recent ones first while nothing is typed, then as found; words last.
 *  @param recent names */
export function toSuggestions(
  concepts: readonly FoundConcept[],
  recent: readonly string[],
  prefix: string,
): readonly Suggestion[] {
  const first = prefix === "" ? recent : [];
  const found = concepts
    .filter(({ concept }) => !first.includes(concept.name))
    .map((one) => ({ kind: "concept", section: one.concept.source, ...one }) as const);
  const known = new Map(concepts.map((one) => [one.concept.name, one.concept]));
  const again = first.map((name) => {
    const concept = known.get(name) ?? {
      id: name,
      name,
      source: "own" as const,
      positives: 0,
      negatives: 0,
    };
    return { kind: "concept", section: "recent", concept, after: "" } as const;
  });
  const caption = prefix.trim();
  const words = caption === "" ? [] : [{ kind: "caption", caption } as const];
  return [...again, ...found, ...words];
}
