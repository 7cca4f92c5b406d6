// Deletes that can be undone: an input is hidden at once and deleted on the server 10 s later.
import { ClientError } from "../../../src/client/client-error.ts";

const UNDO_MS = 10_000;

/** All that a search finds, but for some. */
export type Sweep = {
  /** Name of the search among the answers in the cache. */
  readonly search: string;
  readonly excluded: ReadonlySet<string>;
  readonly count: number;
};

export type DeletionState = {
  /** Inputs that the page shows as deleted. */
  readonly hidden: ReadonlySet<string>;
  /** All results of a search that the page shows as deleted. */
  readonly sweep: Sweep | undefined;
  /** How many of them can still be brought back. */
  readonly undoableSweep: number;
  /** Inputs of the latest delete, while it can be undone. */
  readonly undoable: readonly string[];
  /** Why the latest delete failed; "" if it did not. */
  readonly failure: string;
};

export type Deletions = ReturnType<typeof createDeletions>;

type Timer = ReturnType<typeof setTimeout>;
type Batch = { readonly ids: Set<string>; readonly timer: Timer };
type WaitingSweep = {
  readonly count: number;
  readonly timer: Timer;
  readonly run: () => Promise<void>;
};

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
  let waiting: WaitingSweep | undefined;
  let state: DeletionState = {
    hidden: new Set(),
    sweep: undefined,
    undoableSweep: 0,
    undoable: [],
    failure: "",
  };

  function set(change: Partial<DeletionState>): void {
    const latest = batches.at(-1);
    const undoable = latest ? [...latest.ids] : [];
    state = { ...state, undoable, undoableSweep: waiting?.count ?? 0, ...change };
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

  async function commitSweep(sweep: WaitingSweep): Promise<void> {
    clearTimeout(sweep.timer);
    if (waiting === sweep) waiting = undefined;
    set({});
    try {
      await sweep.run();
      await refresh();
      if (!waiting) set({ sweep: undefined });
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      set({ failure: error.message, ...(!waiting && { sweep: undefined }) });
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

    /** Hides all results of a search; `run` deletes them when they cannot be brought back any more. */
    requestSweep(sweep: Sweep, run: () => Promise<void>): void {
      if (waiting) void commitSweep(waiting);
      const timer = setTimeout(() => waiting && void commitSweep(waiting), UNDO_MS);
      waiting = { count: sweep.count, timer, run };
      set({ sweep, failure: "" });
    },

    undoSweep(): void {
      clearTimeout(waiting?.timer);
      waiting = undefined;
      set({ sweep: undefined });
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
      if (waiting) void commitSweep(waiting);
      for (const batch of [...batches]) void commit(batch);
    },
  };
}
