// Keys of the grid: arrows walk, letters act; one tile at a time takes part in the tab order.
import { type KeyboardEvent, type RefObject, useEffect, useRef } from "react";
import { neighbourAcross, type Rows } from "./rows.ts";
import type { TileActions } from "./tile-actions.ts";
import type { GridWindow } from "./use-grid-window.ts";

type GridKeys = {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly window: GridWindow;
  readonly rows: Rows;
  readonly viewPx: number;
  readonly current: number;
  readonly actions: TileActions;
  /** Instead of acting on the tile: acts on what is selected, if anything is. */
  readonly onSelected: (key: string) => boolean;
};

export function useGridKeys(props: GridKeys) {
  const { scroller, window, rows, viewPx, current, actions, onSelected } = props;
  const wanted = useRef<number>(undefined);

  // The tile may exist only after the grid has scrolled to it.
  useEffect(() => {
    if (wanted.current === undefined) return;
    const selector = `[data-index="${wanted.current}"] > button`;
    const tile = scroller.current?.querySelector<HTMLElement>(selector);
    if (!tile) return;
    wanted.current = undefined;
    tile.focus({ preventScroll: true });
  });

  function walk(next: number | undefined): void {
    if (next === undefined || next < 0 || next >= rows.total) return;
    wanted.current = next;
    actions.focus(next);
    window.reveal(next);
  }

  const screen = Math.max(1, Math.floor(viewPx / rows.layout.rowPx)) * rows.layout.columns;
  const steps = new Map<string, () => number | undefined>([
    ["ArrowLeft", () => current - 1],
    ["ArrowRight", () => current + 1],
    ["ArrowUp", () => neighbourAcross(rows, current, -1)],
    ["ArrowDown", () => neighbourAcross(rows, current, 1)],
    ["PageUp", () => Math.max(0, current - screen)],
    ["PageDown", () => Math.min(rows.total - 1, current + screen)],
    ["Home", () => 0],
    ["End", () => rows.total - 1],
  ]);
  const acts = new Map<string, () => void>([
    [" ", () => actions.open(current)],
    ["s", () => actions.similar(current)],
    ["l", () => actions.label(current)],
    ["i", () => actions.info(current)],
    ["x", () => actions.select(current, false)],
    ["X", () => actions.select(current, true)],
    ["Delete", () => actions.remove(current)],
  ]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = steps.get(event.key);
    const act = acts.get(event.key);
    if ((!step && !act) || isForAnIcon(event)) return;
    event.preventDefault();
    if (act && !onSelected(event.key)) act();
    if (!step) return;
    const next = step();
    walk(next);
    if (event.shiftKey && next !== undefined && next >= 0 && next < rows.total) {
      actions.select(next, true);
    }
  }

  // Browsers press a focused button when the space bar comes up.
  function onKeyUp(event: KeyboardEvent): void {
    if (event.key === " " && !isForAnIcon(event)) event.preventDefault();
  }

  return { onKeyDown, onKeyUp, walk };
}

// The space bar presses the icon that has the focus, as it does with any button.
function isForAnIcon({ key, target }: KeyboardEvent): boolean {
  return key === " " && !(target instanceof HTMLElement && target.matches("[data-picture]"));
}
