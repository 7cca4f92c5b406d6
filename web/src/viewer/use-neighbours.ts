// The inputs before and after one in the results, loading their pages when they are needed.
import { useQueries } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Hit } from "../../../src/client/search.ts";
import { PAGE_SIZE, pageOptions } from "../grid/search-page.ts";
import { useHitAt, useIndexOf } from "../grid/use-hits.ts";
import { usePortal } from "../portal.ts";
import type { Query } from "../query.ts";

export type Neighbours = {
  /** The input itself, if it is among the pages that were seen. */
  readonly hit: Hit | undefined;
  /** Its place in the results, -1 if it is not among them. */
  readonly index: number;
  readonly previous: Hit | undefined;
  readonly next: Hit | undefined;
};

export function useNeighbours(query: Query, id: string): Neighbours {
  const { client } = usePortal();
  const hitAt = useHitAt(query);
  const index = useIndexOf(query)(id);
  const places = index === -1 ? [] : [Math.max(0, index - 1), index, index + 1];
  const pages = [...new Set(places.map((place) => Math.floor(place / PAGE_SIZE)))];
  // Its own page, too: what nobody watches is forgotten.
  useQueries({ queries: pages.map((page) => pageOptions(client, query, page)) });
  const found = {
    hit: index === -1 ? undefined : hitAt(index),
    index,
    previous: index > 0 ? hitAt(index - 1) : undefined,
    next: index === -1 ? undefined : hitAt(index + 1),
  };
  usePrefetch(found.next);
  usePrefetch(found.previous);
  return found;
}

// Pictures of the neighbours are there when somebody moves on.
function usePrefetch(hit: Hit | undefined): void {
  const { thumbnailUrl, originalUrl } = hit?.input ?? {};
  useEffect(() => {
    if (!thumbnailUrl || !originalUrl) return;
    const images = [thumbnailUrl, originalUrl].map((url) => {
      const image = new Image();
      image.src = url;
      return image;
    });
    // Whoever moves on fast loads nothing that was flown over.
    return () => {
      for (const image of images) if (!image.complete) image.src = "";
    };
  }, [thumbnailUrl, originalUrl]);
}
