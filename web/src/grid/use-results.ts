// The first page of a search; until it has come, that of the search before.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { usePortal } from "../portal.ts";
import type { Query } from "../query.ts";
import { pageOptions, type ResultPage } from "./search-page.ts";

export function useResults(query: Query) {
  const { client } = usePortal();
  const { data, error, refetch } = useQuery(pageOptions(client, query, 0));
  const [latest, setLatest] = useState<ResultPage | undefined>(data);
  if (data && data !== latest) setLatest(data);
  const shown = data ?? latest;
  return {
    /** What to show: the latest answer, also while the server is away. */
    shown,
    isOutdated: shown !== undefined && data === undefined,
    /** Why this search did not work, unless the server is away: then it will be asked again. */
    failure: error && !error.isUnreachable ? error : undefined,
    /** Something came back, if only an error. */
    isSettled: data !== undefined || error !== null,
    retry: () => void refetch(),
  };
}
