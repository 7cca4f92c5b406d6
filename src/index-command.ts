// `semblance index PATH...`: queues the paths, watches until they are done, reports what became of them.
import { resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Commands, Status } from "./commands.ts";
import type { Connection } from "./connect.ts";
import { createProgress, formatSeconds } from "./progress.ts";

const POLL_MS = 200;
const SHOWN_FAILURES = 20;
const NOTHING = { unchanged: 0, again: { pending: 0, processed: 0, failed: 0, duplicate: 0 } };

/** Runs until every queued image has a state, or `signal` aborts: then what is done stays done.
 *  Writes the report with `print`. */
export async function indexPaths(
  { commands, server }: Connection,
  paths: readonly string[],
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const startMs = Date.now();
  const before = (await commands.status({})).counts;
  const progress = createProgress();
  const queueing = track(commands.index({ paths: paths.map((path) => resolve(path)) }, signal));
  let counts = before;
  let isQueued = false;
  try {
    do {
      await setTimeout(POLL_MS);
      isQueued = queueing.isSettled; // before the counts, else they may be those from before the queue
      counts = (await commands.status({})).counts;
      const done = Math.max(0, ended(counts) - ended(before));
      progress.update(done, done + counts.pending);
    } while (!signal.aborted && (!isQueued || counts.pending > 0));
  } finally {
    progress.stop();
  }
  const { unchanged, again } = signal.aborted ? NOTHING : await queueing.promise;
  const start = minus(before, again);
  report(start, counts, unchanged, (Date.now() - startMs) / 1000, print);
  const failures = counts.failed - start.failed;
  if (failures > 0) await reportFailures(commands, failures, print);
  if (signal.aborted) print(stopped(counts.pending, server));
  else await watchReading(commands, print, signal);
}

// Searches find the images already; words in them follow.
async function watchReading(
  commands: Commands,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let { unread } = await commands.status({});
  if (unread === 0) return;
  const total = unread;
  print(
    `Looking for text in ${total} images. Searching works meanwhile; Ctrl-C leaves the rest for later.`,
  );
  const progress = createProgress();
  try {
    while (!signal.aborted && unread > 0) {
      await setTimeout(POLL_MS);
      unread = (await commands.status({})).unread;
      progress.update(Math.max(0, total - unread), total);
    }
  } finally {
    progress.stop();
  }
  if (signal.aborted) print(`Stopped. Text in ${unread} images is read later.`);
}

// What was there before and stays: files that are read again count as new.
function minus(counts: Status["counts"], again: Status["counts"]): Status["counts"] {
  return {
    pending: counts.pending,
    processed: counts.processed - again.processed,
    failed: counts.failed - again.failed,
    duplicate: counts.duplicate - again.duplicate,
  };
}

function stopped(waiting: number, server: string | undefined): string {
  if (server) return `Stopped watching. The server at ${server} goes on with ${waiting} images.`;
  return `Stopped. ${waiting} images wait; run the command again to go on.`;
}

// A promise that can be asked whether it has ended. Its error is for whoever awaits `promise`.
function track<T>(promise: Promise<T>): {
  readonly promise: Promise<T>;
  readonly isSettled: boolean;
} {
  const tracked = { promise, isSettled: false };
  const settle = () => {
    tracked.isSettled = true;
  };
  promise.then(settle, settle);
  return tracked;
}

function ended({ processed, failed: failures, duplicate }: Status["counts"]): number {
  return processed + failures + duplicate;
}

function report(
  before: Status["counts"],
  after: Status["counts"],
  unchanged: number,
  seconds: number,
  print: (line: string) => void,
): void {
  const indexed = after.processed - before.processed;
  const parts = [
    [after.duplicate - before.duplicate, "duplicates"],
    [unchanged, "unchanged"],
    [after.failed - before.failed, "failed"],
  ] as const;
  const others = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  const rate = seconds > 0 ? ` (${(indexed / seconds).toFixed(1)} images/s)` : "";
  print(
    `Indexed ${indexed} images in ${formatSeconds(seconds)}${rate}${others.length ? `; ${others.join(", ")}` : ""}.`,
  );
}

async function reportFailures(
  commands: Commands,
  count: number,
  print: (line: string) => void,
): Promise<void> {
  const failures = await commands.failures({ limit: Math.min(count, SHOWN_FAILURES) });
  for (const { path, reason } of failures) print(`  failed: ${JSON.stringify(path)}: ${reason}`);
  if (count > failures.length) print(`  ... and ${count - failures.length} more`);
}
