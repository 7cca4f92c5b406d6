// Some of the inputs that a change is for: enough to learn which labels and metadata they have.
import { useQuery } from "@tanstack/react-query";
import type { Input } from "../../../src/client/input.ts";
import { SEARCH_KEY } from "../grid/search-page.ts";
import { usePortal } from "../portal.ts";
import { type Target, toSample } from "./target.ts";

const PER_PAGE = 200;

/** Undefined until they have come. */
export function useSample(target: Target): readonly Input[] | undefined {
  const { client } = usePortal();
  const search = toSample(target);
  const { data } = useQuery({
    queryKey: [...SEARCH_KEY, "sample", search],
    queryFn: async ({ signal }) => {
      const { hits } = await client.search({ ...search, per_page: PER_PAGE }, { signal });
      return hits.map(({ input }) => input);
    },
  });
  return data;
}

/** Words with how many inputs have them, the most frequent first. */
export function countWords(words: Iterable<string>): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
}
