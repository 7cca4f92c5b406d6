// Long work on the main thread, in slices that leave room for requests.
import { setImmediate } from "node:timers/promises";

/** Longest slice before others get their turn. */
const SLICE_MS = 15;

/** Called between steps of long work: lets waiting work run when a slice is over. */
export type Pause = () => Promise<void>;

/** `signal` ends the work: the next pause throws its reason. */
export function createPause(signal?: AbortSignal): Pause {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE_MS) return;
    await setImmediate();
    signal?.throwIfAborted();
    since = performance.now();
  };
}
