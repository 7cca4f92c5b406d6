// Pages of results that are worth asking for: those that stay in view for a moment, and not what a drag of the
// scrollbar flies over.
import { useEffect, useState } from "react";

const STAY_MS = 80;

type Staying = { readonly search: string; readonly pages: readonly number[] };

/** `search`: its name; the first pages of another one are asked for at once. */
export function useStayingPages(search: string, first: number, last: number): readonly number[] {
  const [staying, setStaying] = useState<Staying>({ search, pages: toRange(first, last) });
  useEffect(() => {
    const timer = setTimeout(() => setStaying({ search, pages: toRange(first, last) }), STAY_MS);
    return () => clearTimeout(timer);
  }, [search, first, last]);
  if (staying.search !== search) return toRange(first, last);
  // Out of view at once, into view after a rest.
  return staying.pages.filter((page) => page >= first && page <= last);
}

function toRange(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, step) => first + step);
}
