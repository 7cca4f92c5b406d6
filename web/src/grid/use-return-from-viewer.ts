// When the viewer closes, the grid stands at the image that was seen last.
import { useEffect, useRef } from "react";
import type { Query } from "../query.ts";
import { useAddress } from "../search/use-search.ts";
import { useIndexOf } from "./use-hits.ts";

export function useReturnFromViewer(query: Query, walk: (index: number) => void): void {
  const { view } = useAddress();
  const indexOf = useIndexOf(query);
  const seen = useRef(view);
  useEffect(() => {
    const last = seen.current;
    seen.current = view;
    const index = view === undefined && last !== undefined ? indexOf(last) : -1;
    if (index !== -1) walk(index);
  }, [view, indexOf, walk]);
}
