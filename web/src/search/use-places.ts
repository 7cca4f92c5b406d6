// What finds places in a caption: for collections that have pictures with places, once a caption may name one.
import { useQuery } from "@tanstack/react-query";
import type { FindPlace } from "../../../src/sentence/places.ts";
import { SEARCH_KEY } from "../grid/search-page.ts";
import { usePortal } from "../portal.ts";

const WHERE =
  /(^|\s)(in|near|nearby|close to|around|outside|across|throughout|all over|from|not far)\s/i;

/** @param text what is being typed. Undefined until the gazetteer is here. */
export function usePlaces(text: string): FindPlace | undefined {
  const { client } = usePortal();
  const mayName = WHERE.test(text);
  const { data: hasPlaces = false } = useQuery({
    queryKey: [...SEARCH_KEY, "has places"],
    queryFn: async ({ signal }) => {
      const placed = { filters: [{ any_of: [{ kind: "placed" } as const] }], per_page: 1 };
      return (await client.search(placed, { signal })).total > 0;
    },
    enabled: mayName,
  });
  const { data: findPlace } = useQuery({
    queryKey: ["gazetteer"],
    queryFn: async ({ signal }) => (await import("./place-file.ts")).loadPlaces(signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    enabled: hasPlaces && mayName,
  });
  return hasPlaces ? findPlace : undefined;
}
