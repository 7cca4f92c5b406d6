// The vectors of an app -> the exploring thread, some at a time, and what it makes of them.
import { setImmediate } from "node:timers/promises";
import type { Report } from "../activities.ts";
import type { App } from "../engine.ts";
import type { ExploreMessage } from "../explore-worker.ts";
import type { Thread } from "../thread.ts";
import type { Explorations, VectorPage } from "./explorations.ts";
import type { Slice } from "./slices.ts";

/** Vectors read at once: 3 ms. */
const PAGE = 512;
const TURN_TIMEOUT_MS = 600_000;

/** All vectors of an app, oldest first; others get their turn after each page. */
export async function* pagesOf(
  explorations: Explorations,
  app: Pick<App, "row">,
  space: number,
  signal: AbortSignal,
  after = 0,
): AsyncGenerator<VectorPage> {
  for (let last = after; ; ) {
    signal.throwIfAborted();
    const page = explorations.page(app, space, last, PAGE);
    if (page.rows.length === 0) return;
    yield page;
    last = page.rows.at(-1) ?? last;
    await setImmediate();
  }
}

/** Gives vectors to the thread. */
export async function take(thread: Thread, vectors: Float32Array): Promise<void> {
  await send(thread, { kind: "take", vectors }, vectors);
}

/** Lets the thread work until it has its result; `report` gets 0..1. */
export async function finish<Result>(
  thread: Thread,
  signal: AbortSignal,
  report: (share: number) => void,
): Promise<Result> {
  for (;;) {
    signal.throwIfAborted();
    const slice = await send<Slice<Result>>(thread, { kind: "go-on" });
    if ("result" in slice) return slice.result;
    report(slice.progress.done / Math.max(1, slice.progress.total));
  }
}

/** One turn of the thread. `moved`: numbers that it may have instead of a copy. */
export function send<Result>(
  thread: Thread,
  message: ExploreMessage,
  moved?: Float32Array,
): Promise<Result> {
  const transfer = moved ? [moved.buffer as ArrayBuffer] : [];
  return thread.call<Result>(message, { transfer, timeoutMs: TURN_TIMEOUT_MS });
}

/** A report of the share `from` .. `to` (0..1) of `total`. */
export function share(report: Report, total: number, from: number, to: number) {
  return (done: number) => report(Math.round(total * (from + (to - from) * done)), total);
}
