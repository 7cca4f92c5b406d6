// Hits by place: loads the pages that hold `first`..`last`, and answers from every page in the cache.
import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { Hit } from "../../../src/client/search.ts";
import { usePortal } from "../portal.ts";
import type { Query } from "../query.ts";
import { PAGE_SIZE, pageOptions, type ResultPage, toPageKey } from "./search-page.ts";

export type HitAt = (index: number) => Hit | undefined;

export function useHits(query: Query, first: number, last: number): HitAt {
  const { client } = usePortal();
  const firstPage = Math.floor(Math.max(0, first) / PAGE_SIZE);
  const lastPage = Math.floor(Math.max(0, last) / PAGE_SIZE);
  const pages = Array.from({ length: lastPage - firstPage + 1 }, (_, step) => firstPage + step);
  useQueries({ queries: pages.map((page) => pageOptions(client, query, page)) });
  return useHitAt(query);
}

/** Only what is in the cache. */
export function useHitAt(query: Query): HitAt {
  const queryClient = useQueryClient();
  return useCallback(
    (index) => {
      const key = toPageKey(query, Math.floor(index / PAGE_SIZE));
      return queryClient.getQueryData<ResultPage>(key)?.hits[index % PAGE_SIZE];
    },
    [queryClient, query],
  );
}

/** The place of an input among the pages in the cache, -1 if it is on none. */
export function useIndexOf(query: Query): (id: string) => number {
  const queryClient = useQueryClient();
  return useCallback(
    (id) => {
      const [root, search] = toPageKey(query, 0);
      const pages = queryClient.getQueriesData<ResultPage>({ queryKey: [root, search] });
      for (const [[, , page], data] of pages) {
        const place = data?.hits.findIndex(({ input }) => input.id === id) ?? -1;
        if (place !== -1) return Number(page) * PAGE_SIZE + place;
      }
      return -1;
    },
    [queryClient, query],
  );
}
