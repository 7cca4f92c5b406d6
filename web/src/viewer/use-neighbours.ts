// The inputs before and after one in the results, loading the page of the next when it is needed.
import { useQuery } from "@tanstack/react-query";
import type { Hit } from "../../../src/client/search.ts";
import { PAGE_SIZE, pageOptions } from "../grid/search-page.ts";
import { useHitAt, useIndexOf } from "../grid/use-hits.ts";
import { usePortal } from "../portal.ts";
import type { Query } from "../query.ts";

export type Neighbours = {
  /** The input itself, if it is among the pages that were seen. */
  readonly hit: Hit | undefined;
  readonly previous: Hit | undefined;
  readonly next: Hit | undefined;
};

export function useNeighbours(query: Query, id: string): Neighbours {
  const { client } = usePortal();
  const hitAt = useHitAt(query);
  const index = useIndexOf(query)(id);
  const nextPage = Math.floor((index + 1) / PAGE_SIZE);
  useQuery({ ...pageOptions(client, query, nextPage), enabled: index !== -1 });
  if (index === -1) return { hit: undefined, previous: undefined, next: undefined };
  return {
    hit: hitAt(index),
    previous: index > 0 ? hitAt(index - 1) : undefined,
    next: hitAt(index + 1),
  };
}
