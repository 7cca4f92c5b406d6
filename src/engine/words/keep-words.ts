// Keeps the full-text index up to date in the background. What is due stays noted in the store, so that a crash loses nothing.
import { setTimeout } from "node:timers/promises";
import { AppError } from "../../errors.ts";
import type { WordIndex } from "./word-index.ts";

/** Inputs per transaction: few, so that nobody waits for long. */
const BATCH = 50;
const BETWEEN_MS = 20;
const IDLE_MS = 1000;
const RETRY_MS = 5000;

/** Resolves when `signal` aborts. */
export async function keepWords(
  words: Pick<WordIndex, "catchUp">,
  onError: (error: AppError) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const pauseMs = await words.catchUp(BATCH).then(
      (read) => (read === BATCH ? BETWEEN_MS : IDLE_MS),
      (cause) => {
        onError(AppError.from(cause)); // a full disk: what is due stays due
        return RETRY_MS;
      },
    );
    // An idle index must not keep a command alive.
    await setTimeout(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
