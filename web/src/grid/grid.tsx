// Results as a virtual grid: as many DOM nodes as fit the screen, however many results there are.
import { useWindowEvent } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import type { Hit } from "../../../src/client/search.ts";
import { useBulkDialog } from "../bulk/use-bulk-dialog.tsx";
import { isPlainKey } from "../keys/plain-key.ts";
import { messages } from "../messages.ts";
import { isRanked, type Query } from "../query.ts";
import { Cells } from "./cells.tsx";
import { Divider } from "./divider.tsx";
import classes from "./grid.module.css";
import { useGridKeys } from "./grid-keys.ts";
import { toLayout } from "./layout.ts";
import { toRows } from "./rows.ts";
import { useAnchoredScroll, useScrollMemory } from "./scroll.ts";
import { ScrollHint } from "./scroll-hint.tsx";
import { SHOWN_MAX } from "./search-page.ts";
import { TilePanel } from "./tile-panel.tsx";
import { useDragSelect } from "./use-drag-select.ts";
import { useGridWindow } from "./use-grid-window.ts";
import { useHitAt, useHits } from "./use-hits.ts";
import { useReturnFromViewer } from "./use-return-from-viewer.ts";
import { useSelectionKeys } from "./use-selection-keys.ts";
import { useSize } from "./use-size.ts";
import { useTileActions } from "./use-tile-actions.ts";
import { useWheelSize } from "./use-wheel-size.ts";

type GridProps = {
  /** The search that `total` belongs to. */
  readonly query: Query;
  readonly total: number;
  /** How many of them are good matches; undefined where nothing ranks. */
  readonly relevant: number | undefined;
  /** Another search is running. */
  readonly isOutdated: boolean;
  readonly tileSizePx: number;
  readonly isScoreShown: boolean;
  readonly onAtTop: (isAtTop: boolean) => void;
  /** Tiles are to become bigger (1) or smaller (-1) by a step. */
  readonly onResize: (step: 1 | -1) => void;
};

export function Grid(props: GridProps) {
  const { query, isOutdated, tileSizePx, isScoreShown, onAtTop, onResize } = props;
  const total = Math.min(props.total, SHOWN_MAX);
  const scroller = useRef<HTMLDivElement>(null);
  const { widthPx, heightPx } = useSize(scroller);
  const layout = toLayout(widthPx, tileSizePx);
  const isByScore = query.order === "relevance" && isRanked(query) && !query.isRelevantOnly;
  const rows = toRows(layout, total, isByScore ? props.relevant : undefined);
  const window = useGridWindow(scroller, rows, heightPx);
  useAnchoredScroll(window, rows);
  useScrollMemory(window, query, widthPx > 0, isOutdated);
  useWheelSize(scroller, onResize);
  const { first, last, firstSeen, shiftPx } = window.stretch;
  const isAtTop = firstSeen < layout.columns;
  useEffect(() => onAtTop(isAtTop), [isAtTop, onAtTop]);

  const hitAt = useHits(query, first, last);
  const labels = useBulkDialog();
  const { actions, panel, closePanel, ...focus } = useTileActions(query, useHitAt(query), (ids) =>
    labels.open("labels", { ids }),
  );
  // Some tile must stay in the tab order: there may be fewer results than before, or it may be far away.
  const current = Math.max(first, Math.min(focus.current, last));
  const onSelected = useSelectionKeys(labels.open);
  const keys = useGridKeys({
    scroller,
    window,
    rows,
    viewPx: heightPx,
    current,
    actions,
    onSelected,
  });
  const { onKeyDown, onKeyUp, walk } = keys;
  useReturnFromViewer(query, walk);
  const dragSelect = useDragSelect(actions);
  // Arrows work at once, without a way through the tab order.
  useWindowEvent("keydown", (event) => {
    const isFree = document.activeElement === document.body && isPlainKey(event);
    if (isFree && event.key.startsWith("Arrow")) walk(Math.max(firstSeen, current));
  });

  return (
    <div className={classes.frame}>
      <div ref={scroller} className={classes.scroller} data-testid="grid">
        <ul
          aria-label={messages.results.grid}
          aria-busy={isOutdated}
          className={classes.canvas}
          data-outdated={isOutdated || undefined}
          style={{ height: window.canvasPx }}
          onKeyDown={onKeyDown}
          onKeyUp={onKeyUp}
          {...dragSelect}
        >
          {widthPx > 0 && (
            <Cells
              rows={rows}
              stretch={window.stretch}
              query={query}
              hitAt={hitAt}
              current={current}
              isScoreShown={isScoreShown}
              actions={actions}
            />
          )}
          <Divider rows={rows} shiftPx={shiftPx} />
        </ul>
        {panel && (
          <TilePanel
            {...panel}
            query={query}
            hit={hitAt(panel.index)}
            isScored={isRanked(query)}
            rows={rows}
            shiftPx={shiftPx}
            onClose={() => {
              closePanel();
              walk(panel.index);
            }}
          />
        )}
      </div>
      <ScrollHint
        scroller={scroller}
        index={firstSeen}
        total={props.total}
        date={dateOf(query, hitAt(firstSeen))}
      />
      {labels.dialog}
    </div>
  );
}

// The date that the order goes by.
function dateOf(query: Query, hit: Hit | undefined): Date | undefined {
  if (query.order === "taken") return hit?.input.takenAt;
  return query.order === "relevance" && isRanked(query) ? undefined : hit?.input.createdAt;
}
