// What the icons and keys of a tile do. The functions stay the same, so that tiles need not redraw.
import { useMemo, useRef, useState } from "react";
import type { Hit } from "../../../src/client/search.ts";
import { usePortal } from "../portal.ts";
import { like, type Query } from "../query.ts";
import { useSearch } from "../search/use-search.ts";
import type { TileActions } from "./tile-actions.ts";
import type { HitAt } from "./use-hits.ts";
import { useRange } from "./use-range.ts";

/** What floats beside a tile. */
type TilePanel = { readonly kind: "info" | "copies"; readonly index: number };

/** @param onLabel called with the ids of inputs to label */
export function useTileActions(
  query: Query,
  hitAt: HitAt,
  onLabel: (ids: readonly string[]) => void,
) {
  const { deletions } = usePortal();
  const { search, view } = useSearch();
  const [current, setCurrent] = useState(0);
  const [panel, setPanel] = useState<TilePanel>();
  const select = useRange(query, hitAt);
  const latest = useRef({ hitAt, select, onLabel, current });
  latest.current = { hitAt, select, onLabel, current };

  const actions = useMemo<TileActions>(() => {
    const on = (run: (hit: Hit) => void) => (index: number) => {
      const hit = latest.current.hitAt(index);
      if (hit) run(hit);
    };
    const toggle = (kind: TilePanel["kind"]) => (index: number) =>
      setPanel((old) => (old?.index === index && old.kind === kind ? undefined : { kind, index }));
    return {
      open: on(({ input }) => view(input.id)),
      select: (index, isRange) => latest.current.select(index, isRange, latest.current.current),
      similar: on(({ input }) => search(like([input.id]))),
      label: on(({ input }) => latest.current.onLabel([input.id])),
      info: toggle("info"),
      copies: toggle("copies"),
      remove: on(({ input }) => deletions.request([input.id])),
      undoRemove: on(({ input }) => deletions.undo([input.id])),
      focus: setCurrent,
    };
  }, [deletions, search, view]);

  return { actions, current, panel, closePanel: () => setPanel(undefined) };
}
