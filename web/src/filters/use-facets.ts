// What filters can offer, with counts of the whole app.
import { useQuery } from "@tanstack/react-query";
import { useCounts } from "../counts.ts";
import { usePortal } from "../portal.ts";

/** For those who change labels, datasets or metadata: invalidate it. */
export const FACETS_KEY = ["facets"];

export function useFacets() {
  const { client } = usePortal();
  const { data: counts } = useCounts();
  return useQuery({
    // What came or went since asks anew; meanwhile the counts of before stay.
    queryKey: [...FACETS_KEY, counts?.processed, counts?.failed],
    queryFn: ({ signal }) => client.facets({ signal }),
    placeholderData: (before) => before,
    staleTime: 10_000,
    enabled: counts !== undefined,
  });
}
