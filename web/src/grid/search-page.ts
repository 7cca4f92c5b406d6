// Results of a search, a hundred at a time; react-query keeps the pages near the one that is seen.
import { queryOptions } from "@tanstack/react-query";
import type { Client } from "../../../src/client/client.ts";
import type { SearchPage } from "../../../src/client/search.ts";
import { toSearchString } from "../address.ts";
import { type Query, toSearch } from "../query.ts";

export const PAGE_SIZE = 100;

/** The server pages no further. */
export const SHOWN_MAX = 1_000_000;

export const SEARCH_KEY = ["search"];

/** A page knows its query: while the next search runs, the grid still shows this one. */
export type ResultPage = SearchPage & { readonly query: Query };

/** Names a search among the answers in the cache. */
export function toSearchName(query: Query): string {
  return toSearchString({ query });
}

export function toPageKey(query: Query, page: number): readonly [string, string, number] {
  return ["search", toSearchName(query), page];
}

/** `page` from 0. Kept until the counts say that something changed. */
export function pageOptions(client: Client, query: Query, page: number) {
  return queryOptions({
    queryKey: toPageKey(query, page),
    queryFn: async ({ signal }): Promise<ResultPage> => {
      const request = { ...toSearch(query), page, per_page: PAGE_SIZE };
      return { query, ...(await client.search(request, { signal })) };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
