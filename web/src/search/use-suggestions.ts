// What the list under the search bar shows: concepts for what stands after "#", or searches of before.
import { messages } from "../messages.ts";
import type { HashToken } from "./hash-token.ts";
import { useRecents } from "./recents.ts";
import { type Suggestion, toSuggestions } from "./suggestion.ts";
import { useConcepts } from "./use-concepts.ts";

const NO_SUGGESTIONS: readonly Suggestion[] = [];

/** `note`: why there are no rows, or fewer. */
export function useSuggestions(token: HashToken | undefined, isRecentOpen: boolean) {
  const { concepts, isError } = useConcepts(token?.prefix);
  const [recentConcepts, recentSearches] = [useRecents("concepts"), useRecents("searches")];
  if (isRecentOpen) {
    const suggestions = recentSearches.map((address) => ({ kind: "search", address }) as const);
    return { suggestions, note: undefined };
  }
  if (!token || !(concepts || isError)) return { suggestions: NO_SUGGESTIONS, note: undefined };
  const { conceptsFailed, noConcept } = messages.search;
  const none = isError ? conceptsFailed : noConcept(token.prefix.trim());
  const suggestions = toSuggestions(concepts ?? [], recentConcepts, token.prefix);
  return { suggestions, note: concepts && concepts.length > 0 ? undefined : none };
}
