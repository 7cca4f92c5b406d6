// Deletes that can be undone: an input is hidden at once and deleted on the server 10 s later.
import { ClientError } from "../../../src/client/client-error.ts";

const UNDO_MS = 10_000;

export type DeletionState = {
  /** Inputs that the page shows as deleted. */
  readonly hidden: ReadonlySet<string>;
  /** Inputs of the latest delete, while it can be undone. */
  readonly undoable: readonly string[];
  /** Why the latest delete failed; "" if it did not. */
  readonly failure: string;
};

export type Deletions = ReturnType<typeof createDeletions>;

type Batch = { readonly ids: Set<string>; readonly timer: ReturnType<typeof setTimeout> };

type DeletionOptions = {
  readonly deleteInputs: (
    ids: readonly string[],
    options: { readonly keepalive: boolean },
  ) => Promise<void>;
  /** Reloads what shows inputs; hidden inputs stay hidden until it is done. */
  readonly refresh: () => Promise<void>;
  readonly onError: (error: ClientError) => void;
};

/** `close` sends what still waits, for a page that is going away. */
export function createDeletions({ deleteInputs, refresh, onError }: DeletionOptions) {
  const listeners = new Set<() => void>();
  const batches: Batch[] = [];
  let state: DeletionState = { hidden: new Set(), undoable: [], failure: "" };

  function set(change: Partial<DeletionState>): void {
    const latest = batches.at(-1);
    state = { ...state, undoable: latest ? [...latest.ids] : [], ...change };
    for (const listener of listeners) listener();
  }

  function show(ids: readonly string[], failure = ""): void {
    const hidden = new Set(state.hidden);
    for (const id of ids) hidden.delete(id);
    set({ hidden, failure });
  }

  async function commit(batch: Batch): Promise<void> {
    clearTimeout(batch.timer);
    const place = batches.indexOf(batch);
    if (place !== -1) batches.splice(place, 1);
    const ids = [...batch.ids];
    set({});
    try {
      await deleteInputs(ids, { keepalive: ids.length <= 128 });
      await refresh();
      show(ids);
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      show(ids, error.message);
      onError(error);
    }
  }

  return {
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: (): DeletionState => state,

    request(ids: readonly string[]): void {
      const fresh = ids.filter((id) => !state.hidden.has(id));
      if (fresh.length === 0) return;
      const batch: Batch = {
        ids: new Set(fresh),
        timer: setTimeout(() => void commit(batch), UNDO_MS),
      };
      batches.push(batch);
      set({ hidden: new Set([...state.hidden, ...fresh]), failure: "" });
    },

    undo(ids: readonly string[]): void {
      for (const batch of [...batches]) {
        for (const id of ids) batch.ids.delete(id);
        if (batch.ids.size > 0) continue;
        clearTimeout(batch.timer);
        batches.splice(batches.indexOf(batch), 1);
      }
      show(ids);
    },

    dismissFailure: (): void => set({ failure: "" }),

    close(): void {
      for (const batch of [...batches]) void commit(batch);
    },
  };
}
