// What the icons and keys of a tile do. The functions stay the same, so that tiles need not redraw.
import { useMemo, useRef, useState } from "react";
import type { Hit } from "../../../src/client/search.ts";
import { usePortal } from "../portal.ts";
import { like } from "../query.ts";
import { useSearch } from "../search/use-search.ts";
import { useRange } from "./selection.ts";
import type { TileActions } from "./tile.tsx";
import type { HitAt } from "./use-hits.ts";

export function useTileActions(hitAt: HitAt) {
  const { deletions, selection } = usePortal();
  const { search, view } = useSearch();
  const [current, setCurrent] = useState(0);
  const [infoIndex, setInfoIndex] = useState<number>();
  const select = useRange((indexes) => {
    const ids = indexes.flatMap((index) => hitAt(index)?.input.id ?? []);
    const [only] = ids;
    if (indexes.length === 1 && only !== undefined) selection.toggle(only);
    else selection.add(ids);
  });
  const latest = useRef({ hitAt, select });
  latest.current = { hitAt, select };

  const actions = useMemo<TileActions>(() => {
    const on = (run: (hit: Hit) => void) => (index: number) => {
      const hit = latest.current.hitAt(index);
      if (hit) run(hit);
    };
    return {
      open: on(({ input }) => view(input.id)),
      select: (index, isRange) => latest.current.select(index, isRange),
      similar: on(({ input }) => search(like([input.id]))),
      info: (index) => setInfoIndex((old) => (old === index ? undefined : index)),
      remove: on(({ input }) => deletions.request([input.id])),
      undoRemove: on(({ input }) => deletions.undo([input.id])),
      focus: setCurrent,
    };
  }, [deletions, search, view]);

  return { actions, current, infoIndex, closeInfo: () => setInfoIndex(undefined) };
}
