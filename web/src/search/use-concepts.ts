// What stands after "#" -> concepts to choose from.
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ConceptSuggestion } from "../../../src/client/concepts.ts";
import { usePortal } from "../portal.ts";

const FRESH_MS = 60_000;
const SHOWN = 20;
/** Among the concepts that start like the first word there are those of more words. */
const HEADS = 100;

/** A concept to choose. `after`: words behind its name that are none of it. */
export type FoundConcept = { readonly concept: ConceptSuggestion; readonly after: string };

/** Best first, undefined until known; without a prefix it asks nothing. */
export function useConcepts(prefix: string | undefined): {
  readonly concepts: readonly FoundConcept[] | undefined;
  readonly isError: boolean;
} {
  const wanted = prefix?.trim();
  const { data, isError, isPlaceholderData } = useQuery(useOptions(wanted, SHOWN));
  const found = isPlaceholderData ? matching(data ?? [], wanted ?? "") : data;
  // "#dog on a beach": no concept, but it starts with one.
  const [firstWord, ...more] = wanted?.split(/\s+/) ?? [];
  const isLonger = more.length > 0 && found?.length === 0 && !isPlaceholderData;
  const heads = useQuery(useOptions(isLonger ? firstWord : undefined, HEADS));
  if (isLonger) return { concepts: toHeads(heads.data, wanted ?? ""), isError: heads.isError };
  // The list for "d" answers "do" at once; where it knows nothing, the answer for "do" is awaited.
  const isAwaited = isPlaceholderData && found?.length === 0;
  const concepts = isAwaited ? undefined : found?.map((concept) => ({ concept, after: "" }));
  return { concepts, isError };
}

/** Fetches the list for a bare "#". */
export function usePrefetchedConcepts(): () => void {
  const queryClient = useQueryClient();
  const { queryKey, queryFn, staleTime } = useOptions("", SHOWN);
  return () => void queryClient.prefetchQuery({ queryKey, queryFn, staleTime });
}

function useOptions(prefix: string | undefined, limit: number) {
  const { client } = usePortal();
  return {
    queryKey: ["concept-suggestions", prefix, limit],
    queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
      client.suggestConcepts(prefix ?? "", limit, { signal }),
    enabled: prefix !== undefined,
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
  };
}

function matching(concepts: readonly ConceptSuggestion[], prefix: string) {
  return concepts.filter(({ name, synonym }) =>
    [name, synonym ?? ""].some((one) => matchStart(one, prefix) !== undefined),
  );
}

function toHeads(
  concepts: readonly ConceptSuggestion[] | undefined,
  text: string,
): readonly FoundConcept[] | undefined {
  return concepts
    ?.filter(({ name }) => text.toLowerCase().startsWith(`${name.toLowerCase()} `))
    .sort((a, b) => b.name.length - a.name.length)
    .map((concept) => ({ concept, after: text.slice(concept.name.length).trim() }));
}

/** Where in `name` a word starts with `prefix`; undefined if none does. */
export function matchStart(name: string, prefix: string): number | undefined {
  const [text, start] = [name.toLowerCase(), prefix.toLowerCase()];
  for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) {
    if (at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1] ?? "")) return at;
  }
  return undefined;
}
