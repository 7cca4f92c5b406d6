// Names behind the ids of filters.
import { useQuery } from "@tanstack/react-query";
import { usePortal } from "../portal.ts";
import type { FilterNames } from "./filter-text.ts";

export const DATASETS_KEY = ["datasets"];

/** @param isNeeded whether to ask for them */
export function useDatasets(isNeeded = true) {
  const { client } = usePortal();
  return useQuery({
    queryKey: DATASETS_KEY,
    queryFn: ({ signal }) => client.datasets({ signal }),
    staleTime: 30_000,
    enabled: isNeeded,
  });
}

/** @param isNeeded whether there is anything to name */
export function useNames(isNeeded: boolean): FilterNames {
  const { data = [] } = useDatasets(isNeeded);
  return { dataset: (wanted) => data.find(({ id }) => id === wanted)?.name };
}
