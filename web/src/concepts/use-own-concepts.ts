// The app's own concepts, a page at a time.
import { keepPreviousData, queryOptions, useQueries, useQuery } from "@tanstack/react-query";
import type { Client } from "../../../src/client/client.ts";
import type { ConceptPageRequest, OwnConcept } from "../../../src/client/concepts.ts";
import { usePortal } from "../portal.ts";

export const OWN_CONCEPTS_KEY = ["own-concepts"];

const PAGE_SIZE = 100;
const FRESH_MS = 5000;

function pageOptions(client: Client, request: ConceptPageRequest) {
  return queryOptions({
    queryKey: [...OWN_CONCEPTS_KEY, request],
    queryFn: ({ signal }) => client.ownConcepts(request, { signal }),
    staleTime: FRESH_MS,
  });
}

/** One page; that of the last request until it is known, undefined before. */
export function useOwnConcepts(request: ConceptPageRequest): readonly OwnConcept[] | undefined {
  const { client } = usePortal();
  return useQuery({ ...pageOptions(client, request), placeholderData: keepPreviousData }).data
    ?.concepts;
}

/** All of them; only the pages with the places `from` to `to` are loaded. */
export function useConceptPages(
  request: Pick<ConceptPageRequest, "order" | "prefix">,
  from: number,
  to: number,
) {
  const { client } = usePortal();
  const first = useQuery({
    ...pageOptions(client, { ...request, page: 0, perPage: PAGE_SIZE }),
    placeholderData: keepPreviousData,
  });
  const firstPage = Math.floor(from / PAGE_SIZE);
  const count = Math.floor(Math.max(from, to) / PAGE_SIZE) - firstPage + 1;
  const pages = useQueries({
    queries: Array.from({ length: count }, (_, i) => ({
      ...pageOptions(client, { ...request, page: firstPage + i, perPage: PAGE_SIZE }),
      placeholderData: keepPreviousData,
    })),
  });
  const loaded = [first, ...pages].flatMap(({ data }) => data?.concepts ?? []);
  const error = first.error ?? pages.find((page) => page.error)?.error;
  return {
    total: first.data?.total,
    error: error ?? undefined,
    /** Among those that are loaded. */
    find: (id: string): OwnConcept | undefined => loaded.find((concept) => concept.id === id),
    retry: () => void first.refetch(),
    /** Undefined until its page is there. */
    at: (index: number): OwnConcept | undefined =>
      index < PAGE_SIZE
        ? first.data?.concepts[index]
        : pages[Math.floor(index / PAGE_SIZE) - firstPage]?.data?.concepts[index % PAGE_SIZE],
  };
}
