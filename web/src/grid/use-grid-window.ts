// The part of the grid that is on the screen, and the ways to move it. Rows are of one height, so that nothing needs to
// be measured; the browser's scroll offset and the offset in the page differ where a page is too tall for browsers.
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { firstOf, lastOf, type Rows, rowAt, rowOf, topOf } from "./rows.ts";
import { follow, type ScrollAnchor, toBarOffset, toScale } from "./scroll-scale.ts";

/** Rows that are ready before they come into view, above and below. */
const OVERSCAN_ROWS = 3;
/** Room for the selection bar below the last row. */
const BOTTOM_PX = 96;
const REST_MS = 250;
/** How far the bar may stand from where it would stand after a jump. */
const DRIFT_MAX_PX = 100_000;

/** Results on the screen and near it, both inclusive; `shiftPx`: from the page's offsets to those of the browser. */
export type Stretch = {
  readonly first: number;
  readonly last: number;
  /** The first one that can be seen. */
  readonly firstSeen: number;
  readonly shiftPx: number;
};

export type GridWindow = {
  readonly stretch: Stretch;
  /** Height of what scrolls. */
  readonly canvasPx: number;
  /** Offset in the page. */
  readonly offset: () => number;
  readonly scrollTo: (pagePx: number) => void;
  /** Scrolls as little as it takes to see a result. */
  readonly reveal: (index: number) => void;
};

const START: ScrollAnchor = { barPx: 0, pagePx: 0 };

export function useGridWindow(
  scroller: RefObject<HTMLDivElement | null>,
  rows: Rows,
  viewPx: number,
): GridWindow {
  const scale = toScale(rows.heightPx + BOTTOM_PX, viewPx);
  const anchor = useRef(START);
  const latest = useRef({ rows, scale });
  latest.current = { rows, scale };
  const [stretch, setStretch] = useState(() => toStretch(rows, START, viewPx));

  const refresh = useCallback(() => {
    const { rows: current, scale: now } = latest.current;
    setStretch((old) => keepSame(old, toStretch(current, anchor.current, now.viewPx)));
  }, []);

  const scrollTo = useCallback(
    (pagePx: number) => {
      const { scale: now } = latest.current;
      const end = Math.max(0, now.pagePx - now.viewPx);
      const wantedPx = Math.max(0, Math.min(pagePx, end));
      anchor.current = { barPx: toBarOffset(now, wantedPx), pagePx: wantedPx };
      refresh();
      scroller.current?.scrollTo({ top: anchor.current.barPx, behavior: "instant" });
    },
    [scroller, refresh],
  );

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let rest: ReturnType<typeof setTimeout> | undefined;
    const onRest = () => {
      const wantedPx = toBarOffset(latest.current.scale, anchor.current.pagePx);
      if (Math.abs(wantedPx - anchor.current.barPx) < DRIFT_MAX_PX) return;
      anchor.current = { ...anchor.current, barPx: wantedPx };
      flushSync(refresh);
      element.scrollTop = wantedPx;
    };
    const onScroll = () => {
      anchor.current = follow(latest.current.scale, anchor.current, element.scrollTop);
      refresh();
      clearTimeout(rest);
      rest = setTimeout(onRest, REST_MS);
    };
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      clearTimeout(rest);
      element.removeEventListener("scroll", onScroll);
    };
  }, [scroller, refresh]);

  // Another page or screen: the same place in the page stays in view.
  const { pagePx, barPx } = scale;
  useLayoutEffect(() => {
    if (pagePx !== barPx) scrollTo(anchor.current.pagePx);
    else refresh();
  }, [pagePx, barPx, scrollTo, refresh]);
  const seen = keepSame(stretch, toStretch(rows, anchor.current, viewPx));

  const reveal = (index: number) => {
    const top = topOf(rows, rowOf(rows, index));
    const { pagePx: from } = anchor.current;
    const bottom = top + rows.layout.rowPx;
    if (top < from) scrollTo(top);
    else if (bottom > from + viewPx) scrollTo(bottom - viewPx);
  };

  return {
    stretch: seen,
    canvasPx: scale.barPx,
    offset: () => anchor.current.pagePx,
    scrollTo,
    reveal,
  };
}

function toStretch(rows: Rows, { barPx, pagePx }: ScrollAnchor, viewPx: number): Stretch {
  const marginPx = OVERSCAN_ROWS * rows.layout.rowPx;
  return {
    first: firstOf(rows, rowAt(rows, pagePx - marginPx)),
    last: lastOf(rows, rowAt(rows, pagePx + viewPx + marginPx)),
    firstSeen: firstOf(rows, rowAt(rows, pagePx)),
    shiftPx: pagePx - barPx,
  };
}

// The same object as long as the same rows are near: then nothing draws.
function keepSame(old: Stretch, next: Stretch): Stretch {
  const isSame =
    old.first === next.first &&
    old.last === next.last &&
    old.firstSeen === next.firstSeen &&
    Math.abs(old.shiftPx - next.shiftPx) < 0.5;
  return isSame ? old : next;
}
