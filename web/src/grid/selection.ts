// What is selected in an app, wherever it was selected: images one by one, or everything that a search finds.
import { useRef, useSyncExternalStore } from "react";
import { usePortal } from "../portal.ts";
import type { Query } from "../query.ts";

export type Selected = {
  /** Selected one by one. */
  readonly ids: ReadonlySet<string>;
  /** Instead of single images: all `total` results of a search. */
  readonly all: { readonly query: Query; readonly total: number } | undefined;
};

const NOTHING: Selected = { ids: new Set(), all: undefined };

export type Selection = ReturnType<typeof createSelection>;

export function createSelection() {
  const listeners = new Set<() => void>();
  let state = NOTHING;

  function set(next: Selected): void {
    state = next;
    for (const listener of listeners) listener();
  }

  return {
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: (): Selected => state,

    toggle(id: string): void {
      const ids = new Set(state.ids);
      if (!ids.delete(id)) ids.add(id);
      set({ ids, all: undefined });
    },

    /** Selects all of them, too. */
    add(ids: readonly string[]): void {
      set({ ids: new Set([...state.ids, ...ids]), all: undefined });
    },

    /** Selects whatever the search finds, seen or not. */
    selectAll(query: Query, total: number): void {
      set({ ids: new Set(), all: { query, total } });
    },

    clear: (): void => set(NOTHING),
  };
}

export function useSelected(): Selected {
  const { selection } = usePortal();
  return useSyncExternalStore(selection.subscribe, selection.state);
}

/** Calls `select` with one place, or with the range from the last one. */
export function useRange(select: (indexes: readonly number[]) => void) {
  const anchor = useRef<number>(undefined);
  return (index: number, isRange: boolean) => {
    const from = isRange ? (anchor.current ?? index) : index;
    anchor.current = index;
    const length = Math.abs(index - from) + 1;
    select(Array.from({ length }, (_, step) => Math.min(from, index) + step));
  };
}
