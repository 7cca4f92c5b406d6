// Selected inputs; shift selects from the last one to this one.
import { useCallback, useMemo, useRef, useState } from "react";

export type Selection = {
  readonly ids: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
  /** Selects all of them. */
  readonly add: (ids: readonly string[]) => void;
  readonly clear: () => void;
};

const NONE: ReadonlySet<string> = new Set();

export function useSelection(): Selection {
  const [ids, setIds] = useState(NONE);
  const toggle = useCallback((id: string) => {
    setIds((old) =>
      old.has(id) ? new Set([...old].filter((other) => other !== id)) : new Set([...old, id]),
    );
  }, []);
  const add = useCallback((more: readonly string[]) => {
    setIds((old) => new Set([...old, ...more]));
  }, []);
  const clear = useCallback(() => setIds(NONE), []);
  return useMemo(() => ({ ids, toggle, add, clear }), [ids, toggle, add, clear]);
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
