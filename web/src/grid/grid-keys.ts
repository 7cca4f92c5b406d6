// Keys of the grid: arrows walk, letters act; one tile at a time takes part in the tab order.
import type { Virtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { TileActions } from "./tile.tsx";

type GridKeys = {
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>;
  readonly columns: number;
  readonly total: number;
  readonly current: number;
  readonly actions: TileActions;
};

export function useGridKeys({ virtualizer, columns, total, current, actions }: GridKeys) {
  const wanted = useRef<number>(undefined);

  // The tile may exist only after the grid has scrolled to it.
  useEffect(() => {
    if (wanted.current === undefined) return;
    const selector = `[data-index="${wanted.current}"] > button`;
    const tile = virtualizer.scrollElement?.querySelector<HTMLElement>(selector);
    if (!tile) return;
    wanted.current = undefined;
    tile.focus({ preventScroll: true });
  });

  function walk(next: number): void {
    if (next < 0 || next >= total) return;
    wanted.current = next;
    actions.focus(next);
    virtualizer.scrollToIndex(Math.floor(next / columns));
  }

  const keys = new Map<string, () => void>([
    ["ArrowLeft", () => walk(current - 1)],
    ["ArrowRight", () => walk(current + 1)],
    ["ArrowUp", () => walk(current - columns)],
    ["ArrowDown", () => walk(current + columns)],
    ["Home", () => walk(0)],
    ["End", () => walk(total - 1)],
    ["s", () => actions.similar(current)],
    ["i", () => actions.info(current)],
    ["x", () => actions.select(current, false)],
    ["Delete", () => actions.remove(current)],
  ]);

  function onKeyDown(event: KeyboardEvent): void {
    const run = keys.get(event.key);
    if (!run || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    run();
  }

  return { onKeyDown, walk };
}
