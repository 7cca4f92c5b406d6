// The tiles of a stretch of the grid, each in its place.
import { useDeletions } from "../deletions/use-deletions.ts";
import type { Query } from "../query.ts";
import classes from "./grid.module.css";
import { type Rows, toPlace } from "./rows.ts";
import { toSearchName } from "./search-page.ts";
import { countSelected, isSelected, useSelected } from "./selection.ts";
import { Tile } from "./tile.tsx";
import type { TileActions } from "./tile-actions.ts";
import type { Stretch } from "./use-grid-window.ts";
import type { HitAt } from "./use-hits.ts";

type CellsProps = {
  readonly rows: Rows;
  readonly stretch: Stretch;
  readonly query: Query;
  readonly hitAt: HitAt;
  /** The tile that takes part in the tab order. */
  readonly current: number;
  readonly isScoreShown: boolean;
  readonly actions: TileActions;
};

export function Cells({ rows, stretch, query, hitAt, current, ...tile }: CellsProps) {
  const { hidden, sweep } = useDeletions();
  const selected = useSelected();
  const isSelecting = countSelected(selected) > 0;
  const isSwept = sweep?.search === toSearchName(query);
  const { shiftPx } = stretch;
  return toCells(stretch, hitAt).map(({ key, index, hit }) => {
    const { top, ...place } = toPlace(rows, index);
    const id = hit?.input.id ?? "";
    return (
      <li
        key={key}
        aria-setsize={rows.total}
        aria-posinset={index + 1}
        className={classes.place}
        style={{ ...place, top: top - shiftPx }}
      >
        {hit && (
          <Tile
            {...tile}
            hit={hit}
            index={index}
            isSelected={isSelected(selected, id)}
            isSelecting={isSelecting}
            isDeleted={hidden.has(id) || (isSwept && !sweep.excluded.has(id))}
            isCurrent={index === current}
          />
        )}
      </li>
    );
  });
}

// Keyed by input, so that new inputs move pictures instead of loading them again. An input can stand
// in two pages for a moment, while one of them is older.
function toCells({ first, last }: Stretch, hitAt: HitAt) {
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
