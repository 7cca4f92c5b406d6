// Where the grid stands: kept when tiles change size, remembered for "back", at the top for new searches.
import { useLocation } from "@tanstack/react-router";
import type { Virtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef } from "react";
import type { Query } from "../query.ts";
import type { Layout } from "./layout.ts";

type GridVirtualizer = Virtualizer<HTMLDivElement, Element>;

/** Keeps the first visible image in place when columns or tile size change. */
export function useAnchoredScroll(virtualizer: GridVirtualizer, layout: Layout): void {
  const { columns, rowPx } = layout;
  const before = useRef(layout);
  // One image for a whole drag of the slider: rounding to rows at every step would drift.
  const anchor = useRef({ index: 0, offsetPx: -1 });
  useLayoutEffect(() => {
    const old = before.current;
    if (old.columns === columns && old.rowPx === rowPx) return;
    before.current = layout;
    const offsetPx = virtualizer.scrollOffset ?? 0;
    const hasScrolled = Math.abs(offsetPx - anchor.current.offsetPx) > 1;
    const index = hasScrolled
      ? Math.floor(offsetPx / old.rowPx) * old.columns
      : anchor.current.index;
    anchor.current = { index, offsetPx: Math.floor(index / columns) * rowPx };
    virtualizer.measure();
    virtualizer.scrollToOffset(anchor.current.offsetPx);
  }, [virtualizer, layout, columns, rowPx]);
}

/** Returns to the remembered place when the shown search is one of the history, else to the top. */
export function useScrollMemory(
  virtualizer: GridVirtualizer,
  query: Query,
  isReady: boolean,
  isOutdated: boolean,
): void {
  const entry = useLocation({ select: ({ state }) => state.__TSR_key ?? "" });
  const offsets = useRef(new Map<string, number>());
  const shown = useRef<Query>(undefined);
  const offset = virtualizer.scrollOffset ?? 0;
  useEffect(() => {
    if (isReady && !isOutdated && shown.current === query) offsets.current.set(entry, offset);
  }, [isReady, isOutdated, entry, offset, query]);
  useLayoutEffect(() => {
    if (!isReady || shown.current === query) return;
    const isFirst = shown.current === undefined;
    shown.current = query;
    if (!isFirst) virtualizer.scrollToOffset(offsets.current.get(entry) ?? 0);
  }, [virtualizer, isReady, entry, query]);
}
