// Results in rows: where each tile stands, and which results a stretch of the page holds. Behind the last relevant
// result a divider begins a new row.
import { GAP_PX, type Layout } from "./layout.ts";

/** The line between relevant and less relevant results, with its gaps. */
export const DIVIDER_PX = 56;

export type Rows = {
  readonly layout: Layout;
  /** Results. */
  readonly total: number;
  /** Place of the first result below the divider; `total` if there is no divider. */
  readonly breakAt: number;
  /** Rows above the divider; all of them if there is none. */
  readonly above: number;
  readonly count: number;
  readonly dividerPx: number;
  readonly heightPx: number;
};

/** @param relevant how many results stand above the divider; undefined: there is none */
export function toRows(layout: Layout, total: number, relevant?: number): Rows {
  const hasDivider = relevant !== undefined && relevant < total;
  const breakAt = hasDivider ? relevant : total;
  const above = Math.ceil(breakAt / layout.columns);
  const count = above + Math.ceil((total - breakAt) / layout.columns);
  const dividerPx = hasDivider ? DIVIDER_PX : 0;
  const heightPx = Math.max(0, count * layout.rowPx + dividerPx - GAP_PX);
  return { layout, total, breakAt, above, count, dividerPx, heightPx };
}

export function rowOf({ layout, breakAt, above }: Rows, index: number): number {
  const { columns } = layout;
  if (index < breakAt) return Math.floor(index / columns);
  return above + Math.floor((index - breakAt) / columns);
}

/** The first result of a row; `total` beyond the last row. */
export function firstOf({ layout, total, breakAt, above }: Rows, row: number): number {
  const { columns } = layout;
  const index = row < above ? row * columns : breakAt + (row - above) * columns;
  return Math.min(total, index);
}

/** The last result of a row. */
export function lastOf(rows: Rows, row: number): number {
  return firstOf(rows, row + 1) - 1;
}

export function topOf({ layout, above, dividerPx }: Rows, row: number): number {
  return row * layout.rowPx + (row >= above ? dividerPx : 0);
}

/** The row at an offset, the nearest one outside of the page. */
export function rowAt({ layout, above, count, dividerPx }: Rows, offsetPx: number): number {
  const dividerTop = above * layout.rowPx;
  const isBelow = offsetPx >= dividerTop + dividerPx;
  const row = Math.floor((isBelow ? offsetPx - dividerPx : offsetPx) / layout.rowPx);
  const last = isBelow ? count - 1 : Math.min(above, count - 1);
  return Math.max(0, Math.min(row, last));
}

/** Where the tile with this index stands, for absolute positioning. */
export function toPlace(rows: Rows, index: number) {
  const { tilePx, rowPx } = rows.layout;
  const row = rowOf(rows, index);
  const left = (index - firstOf(rows, row)) * rowPx;
  return { left, top: topOf(rows, row), width: tilePx, height: tilePx };
}

/** The result above or below one, in the same column where there is one. */
export function neighbourAcross(rows: Rows, index: number, step: 1 | -1): number | undefined {
  const row = rowOf(rows, index);
  const next = row + step;
  if (next < 0 || next >= rows.count) return undefined;
  const column = index - firstOf(rows, row);
  return Math.min(firstOf(rows, next) + column, lastOf(rows, next));
}
