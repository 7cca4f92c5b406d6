// Results as a virtual grid: as many DOM nodes as fit the screen, however many results there are.
import { useElementSize } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { useDeletions } from "../deletions/use-deletions.ts";
import { messages } from "../messages.ts";
import type { Query } from "../query.ts";
import classes from "./grid.module.css";
import { useGridKeys } from "./grid-keys.ts";
import { InfoPopover } from "./info-popover.tsx";
import { toLayout, toPlace } from "./layout.ts";
import { useAnchoredScroll, useScrollMemory } from "./scroll.ts";
import { useSelected } from "./selection.ts";
import { Tile } from "./tile.tsx";
import { type HitAt, useHits } from "./use-hits.ts";
import { useReturnFromViewer } from "./use-return-from-viewer.ts";
import { useTileActions } from "./use-tile-actions.ts";

type GridProps = {
  /** The search that `total` belongs to. */
  readonly query: Query;
  readonly total: number;
  /** Another search is running. */
  readonly isOutdated: boolean;
  readonly tileSizePx: number;
  readonly isScoreShown: boolean;
  readonly onAtTop: (isAtTop: boolean) => void;
};

export function Grid(props: GridProps) {
  const { query, total, isOutdated, tileSizePx, isScoreShown, onAtTop } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { ref, width } = useElementSize<HTMLUListElement>();
  const layout = toLayout(width, tileSizePx);
  const virtualizer = useVirtualizer({
    count: Math.ceil(total / layout.columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => layout.rowPx,
    overscan: 3,
  });
  useAnchoredScroll(virtualizer, layout);
  useScrollMemory(virtualizer, query, width > 0, isOutdated);
  const isAtTop = (virtualizer.scrollOffset ?? 0) < layout.rowPx;
  useEffect(() => onAtTop(isAtTop), [isAtTop, onAtTop]);

  const rows = virtualizer.getVirtualItems();
  const first = (rows[0]?.index ?? 0) * layout.columns;
  const last = Math.min(total, ((rows.at(-1)?.index ?? 0) + 1) * layout.columns) - 1;
  const hitAt = useHits(query, first, last);
  const { hidden } = useDeletions();
  const { ids: selected, all } = useSelected();
  const { actions, infoIndex, closeInfo, ...focus } = useTileActions(hitAt);
  // Fewer results than before: some tile must stay in the tab order.
  const current = Math.max(first, Math.min(focus.current, total - 1));
  const { onKeyDown, walk } = useGridKeys({ virtualizer, ...layout, total, current, actions });
  useReturnFromViewer(query, walk);
  const infoHit = infoIndex === undefined ? undefined : hitAt(infoIndex);

  return (
    <div ref={scroller} className={classes.scroller} data-testid="grid">
      <ul
        ref={ref}
        aria-label={messages.results.grid}
        aria-busy={isOutdated}
        className={classes.canvas}
        data-outdated={isOutdated || undefined}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {(width > 0 ? toCells(first, last, hitAt) : []).map(({ key, index, hit }) => (
          <li
            key={key}
            aria-setsize={total}
            aria-posinset={index + 1}
            className={classes.place}
            style={toPlace(index, layout)}
          >
            {hit && (
              <Tile
                hit={hit}
                index={index}
                isSelected={all !== undefined || selected.has(hit.input.id)}
                isSelecting={all !== undefined || selected.size > 0}
                isDeleted={hidden.has(hit.input.id)}
                isCurrent={index === current}
                isScoreShown={isScoreShown}
                actions={actions}
              />
            )}
          </li>
        ))}
      </ul>
      {infoHit && infoIndex !== undefined && (
        <InfoPopover
          hit={infoHit}
          isScored={isScoreShown}
          style={toPlace(infoIndex, layout)}
          onClose={() => {
            closeInfo();
            walk(infoIndex);
          }}
        />
      )}
    </div>
  );
}

// Keyed by input, so that new inputs move pictures instead of loading them again. An input can stand
// in two pages for a moment, while one of them is older.
function toCells(first: number, last: number, hitAt: HitAt) {
  const seen = new Set<string>();
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => {
    const index = first + step;
    const hit = hitAt(index);
    const id = hit?.input.id;
    const key = id === undefined || seen.has(id) ? `place ${index}` : id;
    seen.add(key);
    return { key, index, hit };
  });
}
