// The second stage of indexing: text in pictures that are searchable already is read in the background, the newest first. What
// was not reached is still due at the next start.
import { setTimeout } from "node:timers/promises";
import { AppError } from "../../errors.ts";
import type { Activities, Report } from "../activities.ts";
import type { BlobStore } from "../blobs.ts";
import type { App, Input } from "../engine.ts";
import { readOriginal } from "../originals.ts";
import type { Store } from "../store.ts";
import type { Thread } from "../thread.ts";
import { decodeForReading } from "./decode-for-reading.ts";
import type { Reader } from "./reader.ts";
import type { KeptReading } from "./readings.ts";

/** Of the code in this folder and its networks: what an older one read is read again. */
const READING_VERSION = 1;

/** Readings per transaction: each write makes searches read again what their filters let pass. */
const BATCH = 8;
/** From so many on it is shown as an activity. */
const SHOWN_FROM = 20;
const IDLE_MS = 1000;
/** While pictures wait to be indexed, or somebody searches: they go first. */
const BUSY_MS = 200;
const RETRY_MS = 5000;
const NOTHING: KeptReading = { lines: [] };

export type ReadingParts = {
  readonly store: Pick<Store, "readings" | "queue">;
  readonly blobs: BlobStore;
  readonly codecs: Thread;
  readonly activities: Activities;
  /** Whether somebody has searched just now. */
  readonly isAsked: () => boolean;
  readonly onError: (error: AppError) => void;
};

/** Reads until `signal` aborts; then what is being read is finished. */
export async function keepReading(
  parts: ReadingParts,
  reader: Pick<Reader, "read">,
  signal: AbortSignal,
): Promise<void> {
  const { store, activities, onError } = parts;
  await store.readings.outdate(READING_VERSION);
  /** Somebody has stopped it there: until the next start, or until it is asked for again. */
  const stopped = new Map<number, number>();
  while (!signal.aborted) {
    const pauseMs = await round().catch((cause) => {
      onError(AppError.from(cause)); // a full disk: what is due stays due
      return RETRY_MS;
    });
    // An idle stage must not keep a command alive.
    await setTimeout(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
  }

  async function round(): Promise<number> {
    for (const app of await store.readings.apps()) {
      const due = await store.readings.countDue(app);
      if (due <= (stopped.get(app.row) ?? 0) || signal.aborted) continue;
      if (due < SHOWN_FROM) await readAll(parts, reader, app, () => undefined, signal);
      else {
        const { id } = activities.start(app, "reading", "", (report, cancelled) =>
          readAll(parts, reader, app, report, AbortSignal.any([signal, cancelled])),
        );
        await activities.ended(app, id);
        if (activities.get(app, id).state === "cancelled")
          stopped.set(app.row, await store.readings.countDue(app));
      }
    }
    return IDLE_MS;
  }
}

/** @throws the reason of `signal` when it aborts */
async function readAll(
  parts: ReadingParts,
  reader: Pick<Reader, "read">,
  app: App,
  report: Report,
  signal: AbortSignal,
): Promise<{ readonly inputs: number }> {
  const { store } = parts;
  for (let done = 0; ; ) {
    const due = await store.readings.countDue(app);
    report(done, done + due);
    const batch = await store.readings.next(app, BATCH);
    if (batch.length === 0) return { inputs: done };
    const readings = [];
    for (const input of batch) {
      await untilIdle(parts, signal);
      readings.push({ input: input.row, ...(await readOne(parts, reader, app, input)) });
      report(done + readings.length, done + due);
    }
    await store.readings.save(readings, READING_VERSION);
    done += batch.length;
  }
}

async function untilIdle({ store, isAsked }: ReadingParts, signal: AbortSignal): Promise<void> {
  while (isAsked() || (await store.queue.next(1)).length > 0) {
    await setTimeout(BUSY_MS, undefined, { signal, ref: false });
  }
  signal.throwIfAborted();
}

// A picture that cannot be read is no reason to stop, nor to try again at every start.
async function readOne(
  { blobs, codecs, onError }: ReadingParts,
  reader: Pick<Reader, "read">,
  app: App,
  input: Input,
): Promise<KeptReading> {
  const bytes = await readOriginal(blobs, app, input);
  if (!bytes) return NOTHING; // moved or deleted
  try {
    const { lines, language } = await reader.read(await decodeForReading(bytes, codecs));
    return { lines, ...(language !== undefined && { language }) };
  } catch (cause) {
    const error = AppError.from(cause);
    if (error.code === "cancelled") throw error;
    if (error.code === "internal" || error.code === "model_unavailable") onError(error);
    return NOTHING;
  }
}
