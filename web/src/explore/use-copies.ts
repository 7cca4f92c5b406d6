// Groups of near-duplicates, page by page.
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { SEARCH_KEY } from "../grid/search-page.ts";
import { usePortal } from "../portal.ts";

const PER_PAGE = 20;

/** With "search", so that deletions refresh it, too. */
export const COPIES_KEY = [...SEARCH_KEY, "near-copies"];

/** `least`: similarity (0..1). */
export function useCopies(least: number) {
  const { client } = usePortal();
  return useInfiniteQuery({
    queryKey: [...COPIES_KEY, least],
    queryFn: ({ pageParam, signal }) =>
      client.nearCopies({ page: pageParam, perPage: PER_PAGE, least }, { signal }),
    initialPageParam: 0,
    getNextPageParam: ({ totalGroups }, _pages, page) =>
      (page + 1) * PER_PAGE < totalGroups ? page + 1 : undefined,
    placeholderData: keepPreviousData,
  });
}
