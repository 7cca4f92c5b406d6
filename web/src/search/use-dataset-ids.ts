// A dataset that was named before its id was known (typed fast, or in a link) is found by its name later.
import { useEffect } from "react";
import { useDatasets } from "../filters/use-names.ts";
import type { Query } from "../query.ts";
import { datasetId } from "./parse-filter.ts";
import { useSearch } from "./use-search.ts";

export function useDatasetIds(query: Query): void {
  const { amend } = useSearch();
  const { data } = useDatasets(query.filters.some(({ kind }) => kind === "dataset"));
  useEffect(() => {
    if (!data) return;
    let isAmended = false;
    const filters = query.filters.map((filter) => {
      const id = filter.kind === "dataset" ? datasetId(filter.id, data) : undefined;
      if (filter.kind !== "dataset" || id === undefined || id === filter.id) return filter;
      isAmended = true;
      return { ...filter, id };
    });
    if (isAmended) amend({ ...query, filters });
  }, [data, query, amend]);
}
