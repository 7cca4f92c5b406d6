// A tall page in a scroll area that browsers allow: Chromium ends at 33.5 million px, Firefox at 17.9 million.
// Both ends scroll pixel by pixel; between them a far jump is proportional, and a short way from wherever one is stays
// exact. "Bar": the scroll offset of the browser; "page": the offset that is shown.

/** Safe in every browser. */
const BAR_MAX_PX = 8_000_000;
/** What scrolls pixel by pixel at each end. */
const EXACT_PX = 1_000_000;
/** A scroll of more than this many screens at once came from the scrollbar, or the Home and End keys. */
const NEAR_SCREENS = 4;

/** `viewPx`: height of the screen. */
export type ScrollScale = {
  readonly pagePx: number;
  readonly barPx: number;
  readonly viewPx: number;
};

/** The page offset that belongs to a bar offset. */
export type ScrollAnchor = { readonly barPx: number; readonly pagePx: number };

export function toScale(pagePx: number, viewPx: number): ScrollScale {
  return { pagePx, barPx: Math.min(pagePx, BAR_MAX_PX), viewPx };
}

/** Monotone; 0 -> 0, the last bar offset -> the last page offset. */
export function toPageOffset(scale: ScrollScale, barOffset: number): number {
  const { barEnd, pageEnd } = endsOf(scale);
  const bar = clamp(barOffset, barEnd);
  if (barEnd === pageEnd || bar <= EXACT_PX) return bar;
  if (bar >= barEnd - EXACT_PX) return pageEnd - (barEnd - bar);
  return EXACT_PX + (bar - EXACT_PX) * slopeOf(barEnd, pageEnd);
}

/** The inverse of `toPageOffset`. */
export function toBarOffset(scale: ScrollScale, pageOffset: number): number {
  const { barEnd, pageEnd } = endsOf(scale);
  const page = clamp(pageOffset, pageEnd);
  if (barEnd === pageEnd || page <= EXACT_PX) return page;
  if (page >= pageEnd - EXACT_PX) return barEnd - (pageEnd - page);
  return EXACT_PX + (page - EXACT_PX) / slopeOf(barEnd, pageEnd);
}

/** Where the page stands after the bar went from `from` to `barPx`. */
export function follow(scale: ScrollScale, from: ScrollAnchor, barPx: number): ScrollAnchor {
  const { barEnd, pageEnd } = endsOf(scale);
  const way = barPx - from.barPx;
  const isFar = Math.abs(way) > NEAR_SCREENS * scale.viewPx;
  const isAtEnd = barPx <= 0 || barPx >= barEnd;
  if (isFar || isAtEnd || barEnd === pageEnd) return { barPx, pagePx: toPageOffset(scale, barPx) };
  return { barPx, pagePx: clamp(from.pagePx + way, pageEnd) };
}

function endsOf({ barPx, pagePx, viewPx }: ScrollScale) {
  return { barEnd: Math.max(0, barPx - viewPx), pageEnd: Math.max(0, pagePx - viewPx) };
}

function slopeOf(barEnd: number, pageEnd: number): number {
  return (pageEnd - 2 * EXACT_PX) / (barEnd - 2 * EXACT_PX);
}

function clamp(offset: number, end: number): number {
  return Math.max(0, Math.min(end, offset));
}
