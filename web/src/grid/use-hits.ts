// Hits by place: loads the pages that stay in view, forgets those far away, and answers from every page in the cache.
import { type QueryClient, useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo } from "react";
import type { Hit } from "../../../src/client/search.ts";
import { usePortal } from "../portal.ts";
import type { Query } from "../query.ts";
import { PAGE_SIZE, pageOptions, type ResultPage, toPageKey, toSearchName } from "./search-page.ts";
import { useStayingPages } from "./use-staying-pages.ts";

export type HitAt = (index: number) => Hit | undefined;

/** Pages that are kept on each side of what is seen: a hit takes about 3 kB. */
const KEPT_PAGES = 30;

export function useHits(query: Query, first: number, last: number): HitAt {
  const { client } = usePortal();
  const queryClient = useQueryClient();
  const firstPage = toPage(Math.max(0, first));
  const pages = useStayingPages(toSearchName(query), firstPage, toPage(Math.max(first, last, 0)));
  // A page that left the view before its answer came is not asked for any more: its call is aborted.
  useQueries({ queries: pages.map((page) => pageOptions(client, query, page)) });
  useEffect(() => forgetFarPages(queryClient, query, firstPage), [queryClient, query, firstPage]);
  // Made anew with each drawing: it looks every page up once.
  return createHitAt(queryClient, query);
}

/** Only what is in the cache, at the time of asking. */
export function useHitAt(query: Query): HitAt {
  const queryClient = useQueryClient();
  return useCallback((index) => createHitAt(queryClient, query)(index), [queryClient, query]);
}

function createHitAt(queryClient: QueryClient, query: Query): HitAt {
  const name = toSearchName(query);
  const found = new Map<number, ResultPage | undefined>();
  return (index) => {
    const page = toPage(index);
    if (!found.has(page)) found.set(page, queryClient.getQueryData(["search", name, page]));
    return found.get(page)?.hits[index % PAGE_SIZE];
  };
}

function forgetFarPages(queryClient: QueryClient, query: Query, near: number): void {
  const [root, name] = toPageKey(query, 0);
  queryClient.removeQueries({
    queryKey: [root, name],
    type: "inactive",
    predicate: ({ queryKey }) => Math.abs(Number(queryKey[2]) - near) > KEPT_PAGES,
  });
}

/** The place of an input among the pages in the cache, -1 if it is on none. */
export function useIndexOf(query: Query): (id: string) => number {
  const queryClient = useQueryClient();
  const [root, name] = useMemo(() => toPageKey(query, 0), [query]);
  return useCallback(
    (id) => {
      const pages = queryClient.getQueriesData<ResultPage>({ queryKey: [root, name] });
      for (const [[, , page], data] of pages) {
        const place = data?.hits.findIndex(({ input }) => input.id === id) ?? -1;
        if (place !== -1) return Number(page) * PAGE_SIZE + place;
      }
      return -1;
    },
    [queryClient, root, name],
  );
}

function toPage(index: number): number {
  return Math.floor(index / PAGE_SIZE);
}
