import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Concept } from "../../../src/client/concepts.ts";
import { usePortal } from "../portal.ts";

const FRESH_MS = 60_000;

/** Concepts that start with `prefix`, undefined until known; without a prefix it asks nothing. */
export function useConcepts(prefix: string | undefined): {
  readonly concepts: readonly Concept[] | undefined;
  readonly isError: boolean;
} {
  const { client } = usePortal();
  const { data, isError, isPlaceholderData } = useQuery({
    queryKey: ["concepts", prefix],
    queryFn: ({ signal }) => client.findConcepts(prefix ?? "", { signal }),
    enabled: prefix !== undefined,
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
  });
  if (!data || !isPlaceholderData) return { concepts: data, isError };
  // The list for "d" answers "do" at once, without what does not belong: Enter may come any time.
  const start = (prefix ?? "").toLowerCase();
  const known = data.filter(({ name }) => name.toLowerCase().startsWith(start));
  return { concepts: known.length > 0 ? known : undefined, isError };
}
