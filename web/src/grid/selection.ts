// What is selected in an app, wherever it was selected: images one by one, or everything that a search finds.
import { useSyncExternalStore } from "react";
import { usePortal } from "../portal.ts";
import type { Query } from "../query.ts";

/** Images that can be left out of "all results": more are no search that the server takes. */
export const EXCLUDED_MAX = 100;

export type Selected = {
  /** Selected one by one. */
  readonly ids: ReadonlySet<string>;
  /** Instead of single images: all `total` results of a search but the `excluded` ones. */
  readonly all:
    | {
        readonly query: Query;
        readonly total: number;
        readonly excluded: ReadonlySet<string>;
      }
    | undefined;
  /** A range is being looked up on the server. */
  readonly isBusy: boolean;
  /** Why the latest selection is not what was asked for; "" if it is. */
  readonly notice: string;
};

const NOTHING: Selected = { ids: new Set(), all: undefined, isBusy: false, notice: "" };

export type Selection = ReturnType<typeof createSelection>;

export function createSelection() {
  const listeners = new Set<() => void>();
  let state = NOTHING;

  function set(change: Partial<Selected>): void {
    state = { ...NOTHING, ...change };
    for (const listener of listeners) listener();
  }

  return {
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: (): Selected => state,

    toggle(id: string): void {
      if (state.all) {
        const excluded = toggled(state.all.excluded, id);
        if (excluded.size <= EXCLUDED_MAX) set({ all: { ...state.all, excluded } });
      } else set({ ids: toggled(state.ids, id) });
    },

    /** Selects all of them, too. */
    add(ids: readonly string[]): void {
      if (!state.all) {
        set({ ids: new Set([...state.ids, ...ids]) });
        return;
      }
      const back = new Set(ids);
      const excluded = new Set([...state.all.excluded].filter((id) => !back.has(id)));
      set({ all: { ...state.all, excluded } });
    },

    /** Selects whatever the search finds, seen or not. */
    selectAll(query: Query, total: number): void {
      set({ all: { query, total, excluded: new Set() } });
    },

    /** Says that something is being looked up, or what went wrong with it. */
    tell(change: Partial<Pick<Selected, "isBusy" | "notice">>): void {
      set({ ids: state.ids, all: state.all, ...change });
    },

    clear: (): void => set({}),
  };
}

export function isSelected({ ids, all }: Selected, id: string): boolean {
  return all ? !all.excluded.has(id) : ids.has(id);
}

export function countSelected({ ids, all }: Selected): number {
  return all ? Math.max(0, all.total - all.excluded.size) : ids.size;
}

export function useSelected(): Selected {
  const { selection } = usePortal();
  return useSyncExternalStore(selection.subscribe, selection.state);
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}
