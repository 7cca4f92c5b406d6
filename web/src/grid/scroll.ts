// Where the grid stands: kept when tiles change size, remembered for "back", at the top for new searches.
import { useLocation } from "@tanstack/react-router";
import { useEffect, useLayoutEffect, useRef } from "react";
import type { Query } from "../query.ts";
import { type Rows, rowOf, topOf } from "./rows.ts";
import type { GridWindow } from "./use-grid-window.ts";

/** Keeps the first visible image in place when columns or tile size change. */
export function useAnchoredScroll({ stretch, offset, scrollTo }: GridWindow, rows: Rows): void {
  const { columns, rowPx } = rows.layout;
  const before = useRef(rows.layout);
  const seen = useRef(stretch.firstSeen);
  // One image for a whole drag of the slider: rounding to rows at every step would drift.
  const anchor = useRef({ index: 0, offsetPx: -1 });
  useLayoutEffect(() => {
    const old = before.current;
    if (old.columns === columns && old.rowPx === rowPx) {
      seen.current = stretch.firstSeen;
      return;
    }
    before.current = rows.layout;
    const hasScrolled = Math.abs(offset() - anchor.current.offsetPx) > 1;
    const index = hasScrolled ? seen.current : anchor.current.index;
    // At the very top one sees what comes first, whatever its size.
    scrollTo(offset() < 1 ? 0 : topOf(rows, rowOf(rows, index)));
    anchor.current = { index, offsetPx: offset() };
  }, [rows, columns, rowPx, stretch, offset, scrollTo]);
}

/** Returns to the remembered place when the shown search is one of the history, else to the top. */
export function useScrollMemory(
  { stretch, offset, scrollTo }: GridWindow,
  query: Query,
  isReady: boolean,
  isOutdated: boolean,
): void {
  const entry = useLocation({ select: ({ state }) => state.__TSR_key ?? "" });
  const offsets = useRef(new Map<string, number>());
  const shown = useRef<Query>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another stretch is another offset
  useEffect(() => {
    if (isReady && !isOutdated && shown.current === query) offsets.current.set(entry, offset());
  }, [isReady, isOutdated, entry, stretch, query]);
  useLayoutEffect(() => {
    if (!isReady || shown.current === query) return;
    const isFirst = shown.current === undefined;
    shown.current = query;
    if (!isFirst) scrollTo(offsets.current.get(entry) ?? 0);
  }, [scrollTo, isReady, entry, query]);
}
