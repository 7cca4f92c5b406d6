// What someone types for a concept -> concepts to choose from, with how often each is labelled: trained ones, the app's
// other ones, those of the vocabulary. Asked with every letter that is typed.
import { bestMatches, toMatch } from "./concept-match.ts";
import type { Concepts } from "./concepts.ts";
import type { App, Concept } from "./engine.ts";
import { fold } from "./filter/fold.ts";
import type { AppConcepts } from "./library/app-concepts.ts";
import type { Models } from "./training/models.ts";

export type ConceptSuggestion = Concept & {
  /** Labels that say that it is there, and that it is not. */
  readonly positives: number;
  readonly negatives: number;
  /** The other name that matched, where the shown one does not. */
  readonly synonym?: string;
};

type Suggested = Concept & { readonly synonym?: string };
type Sources = {
  readonly models: Pick<Models, "trained">;
  readonly concepts: AppConcepts;
  readonly vocabulary: Concepts;
};

/** Best first within each kind: the name itself, its beginning, that of a later word; then shorter ones. `languages`:
 *  whose names of the vocabulary's concepts count as synonyms.
 *  @throws AppError "invalid_request" for a prefix that is too long */
export async function suggestConcepts(
  { models, concepts, vocabulary }: Sources,
  app: App,
  prefix: string,
  limit: number,
  languages: readonly string[] = [],
): Promise<readonly ConceptSuggestion[]> {
  const typed = prefix.replaceAll("*", "");
  const match = toMatch(typed);
  const trained = bestMatches(await models.trained(app), match).map(({ id, name }) => {
    return { id, name, source: "trained" as const };
  });
  const own = (await concepts.startingWith(app, typed, limit)).map(({ id, name }) => {
    return { id, name, source: "own" as const };
  });
  const found = distinct([
    ...trained,
    ...own,
    ...vocabulary.suggest(match, limit, languages),
  ]).slice(0, limit);
  const counts = await concepts.labelCounts(
    app,
    found.flatMap(({ id, source }) => (source === "vocabulary" ? [] : [id])),
  );
  return found.map((concept) => {
    const { positive = 0, negative = 0 } = counts.get(concept.id) ?? {};
    return { ...concept, positives: positive, negatives: negative };
  });
}

// An own concept stands for the vocabulary's one of its name, too: it is what a label of that name means.
function distinct(concepts: readonly Suggested[]): readonly Suggested[] {
  const ids = new Set<string>();
  const names = new Set<string>();
  return concepts.filter(({ id, name, source }) => {
    const isKnown = ids.has(id) || (source === "vocabulary" && names.has(fold(name)));
    ids.add(id);
    names.add(fold(name));
    return !isKnown;
  });
}
