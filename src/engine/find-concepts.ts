// The concepts that match a pattern: first those that the app's models know, then its other ones, then the
// vocabulary. An id stands once.

import { bestMatches, toMatch } from "./concept-match.ts";
import type { Concepts } from "./concepts.ts";
import type { App, Concept } from "./engine.ts";
import type { AppConcepts } from "./library/app-concepts.ts";
import type { Models } from "./training/models.ts";

/** Own concepts looked at: more than anyone reads in a list. */
const OWN_MAX = 10_000;

type Sources = {
  readonly models: Pick<Models, "trained">;
  readonly concepts: AppConcepts;
  readonly vocabulary: Concepts;
};

/** Best first within each kind. `language`: of the vocabulary's names. @throws AppError "invalid_request" for a pattern that is too long */
export async function findConcepts(
  { models, concepts, vocabulary }: Sources,
  app: App,
  pattern: string,
  limit: number,
  language: string = "en",
): Promise<readonly Concept[]> {
  const match = toMatch(pattern);
  const trained = await models.trained(app);
  const own = await concepts.list(app, { offset: 0, limit: OWN_MAX });
  const found = [
    ...bestMatches(trained, match).map(({ id, name }) => ({
      id,
      name,
      source: "trained" as const,
    })),
    ...bestMatches(own, match).map(({ id, name }) => ({ id, name, source: "own" as const })),
    ...vocabulary.search(match, limit, language),
  ];
  const byId = new Map<string, Concept>();
  for (const concept of found) if (!byId.has(concept.id)) byId.set(concept.id, concept);
  return [...byId.values()].slice(0, limit);
}
