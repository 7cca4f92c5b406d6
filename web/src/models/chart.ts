// Places and shares -> points of a line chart.

/** Room for what stands beside the axes. */
const MARGIN_PX = { left: 48, right: 12, top: 10, bottom: 24 };

/** `count` places from left to right; shares from 0 (below) to 1. */
export function toChart(count: number, widthPx: number, heightPx: number) {
  const { left, right, top, bottom } = MARGIN_PX;
  const step = (widthPx - left - right) / Math.max(1, count - 1);
  const x = (place: number) => left + place * step;
  const y = (share: number) => top + (1 - share) * (heightPx - top - bottom);
  /** One line through all places. */
  const toPath = (shares: readonly number[]) =>
    shares.map((share, place) => `${place === 0 ? "M" : "L"}${x(place)} ${y(share)}`).join("");
  return { x, y, toPath };
}
