// The first pictures of a search and how many there are: asked for when it comes into sight.
import { useIntersection } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { toSearchString } from "../address.ts";
import { SEARCH_KEY } from "../grid/search-page.ts";
import { usePortal } from "../portal.ts";
import { type Query, toSearch } from "../query.ts";

const COVER_PICTURES = 4;

export function useCover(query: Query) {
  const { client } = usePortal();
  // Before it is scrolled to.
  const { ref, entry } = useIntersection({ rootMargin: "200px" });
  const [wasSeen, setWasSeen] = useState(false);
  if (entry?.isIntersecting && !wasSeen) setWasSeen(true);
  const { data, error } = useQuery({
    queryKey: [...SEARCH_KEY, "cover", toSearchString({ query })],
    queryFn: ({ signal }) =>
      client.search({ ...toSearch(query), per_page: COVER_PICTURES }, { signal }),
    enabled: wasSeen,
  });
  return { ref, cover: data, error };
}
