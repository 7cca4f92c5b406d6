// New and changed inputs appear by themselves, unless the user has scrolled: then a button offers them.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useCounts } from "../counts.ts";
import { SEARCH_KEY } from "./search-page.ts";

export function useLiveResults(isAtTop: boolean) {
  const queryClient = useQueryClient();
  const { data: counts } = useCounts();
  const stamp = counts && `${counts.processed} ${counts.pending} ${counts.failed}`;
  const seen = useRef(stamp);
  const [hasNew, setHasNew] = useState(false);

  useEffect(() => {
    if (stamp === seen.current && !(hasNew && isAtTop)) return;
    const isFirst = seen.current === undefined;
    seen.current = stamp;
    if (isFirst) return;
    setHasNew(!isAtTop);
    if (isAtTop) void queryClient.invalidateQueries({ queryKey: SEARCH_KEY });
  }, [stamp, isAtTop, hasNew, queryClient]);

  return hasNew;
}
