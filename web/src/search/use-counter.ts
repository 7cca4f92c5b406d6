// What counts objects in a caption, once it has a number and something was found that can be counted.
import { useQuery } from "@tanstack/react-query";
import { SEARCH_KEY } from "../grid/search-page.ts";
import { usePortal } from "../portal.ts";
import type { Counter } from "../query.ts";

const NUMBER =
  /\d|(^|\s)(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|dozen|couple|pair|single)\s/i;

/** @param text what is being typed. Undefined where nothing can be counted. */
export function useCounter(text: string): Counter | undefined {
  const { client } = usePortal();
  const { data } = useQuery({
    queryKey: [...SEARCH_KEY, "counter"],
    queryFn: async ({ signal }) => {
      if (!(await client.objects({ signal })).found) return null;
      const { objects } = await client.facets({ signal });
      const { countObjects } = await import("./count-objects.ts");
      return countObjects(objects.map(({ label }) => label));
    },
    enabled: NUMBER.test(text),
  });
  return data ?? undefined;
}
