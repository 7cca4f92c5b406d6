// Pressing a tile's select icon and drawing on over other tiles selects all on the way.
import { type PointerEvent, useRef } from "react";
import type { TileActions } from "./tile-actions.ts";

export function useDragSelect({ select }: TileActions) {
  const from = useRef<number>(undefined);
  const reached = useRef<number>(undefined);
  return {
    onPointerDown: (event: PointerEvent) => {
      const isMouse = event.pointerType === "mouse" && event.button === 0;
      const icon = event.target instanceof Element && event.target.closest("[data-select]");
      from.current = isMouse && icon ? indexAt(event.target) : undefined;
      reached.current = from.current;
    },
    onPointerMove: (event: PointerEvent) => {
      if (from.current === undefined || event.buttons !== 1) return;
      const index = indexAt(event.target);
      if (index === undefined || index === reached.current) return;
      // Away from the icon no click follows, which would have selected the first one.
      if (reached.current === from.current) select(from.current, false);
      reached.current = index;
      select(index, true);
    },
  };
}

function indexAt(target: EventTarget): number | undefined {
  const tile = target instanceof Element && target.closest<HTMLElement>("[data-index]");
  return tile ? Number(tile.dataset.index) : undefined;
}
