// Inputs that an older Semblance indexed -> their facts, found out in the background after the start. What was not
// reached is still to do at the next start.
import { setTimeout } from "node:timers/promises";
import type { Activities, Report } from "../activities.ts";
import type { BlobStore } from "../blobs.ts";
import { decode } from "../decode.ts";
import type { App, Input } from "../engine.ts";
import { readOriginal } from "../originals.ts";
import type { Store } from "../store.ts";
import type { Thread } from "../thread.ts";
import { thumbnailKey } from "../thumbnail.ts";
import { readCamera } from "./camera.ts";
import { type Facts, lookAt, UNSEEN } from "./facts.ts";

/** Inputs per transaction: each write makes searches read again what their filters let pass. */
const BATCH = 64;
/** Between two inputs, and while there is something to index: others go first. */
const PAUSE_MS = 5;
const BUSY_MS = 1000;

const UNSAID = { takenAt: null, exif: {}, place: null } as const;

export type BackfillParts = {
  readonly store: Pick<Store, "facts" | "queue">;
  readonly blobs: BlobStore;
  readonly codecs: Thread;
  readonly activities: Activities;
};

/** One app after the other, each as an activity; resolves when all are done, stopped or `signal` aborts. */
export async function backfillFacts(parts: BackfillParts, signal: AbortSignal): Promise<void> {
  for (const app of await parts.store.facts.apps()) {
    if (signal.aborted) return;
    const { id } = parts.activities.start(app, "facts", "", (report, stopped) =>
      backfill(parts, app, report, AbortSignal.any([signal, stopped])),
    );
    await parts.activities.ended(app, id);
  }
}

async function backfill(
  parts: BackfillParts,
  app: App,
  report: Report,
  signal: AbortSignal,
): Promise<{ readonly inputs: number }> {
  const { store } = parts;
  const total = await store.facts.count(app);
  for (let done = 0; ; ) {
    report(done, Math.max(done, total));
    await untilIdle(parts, signal);
    const batch = await store.facts.next(app, BATCH);
    if (batch.length === 0) return { inputs: done };
    const found: { input: Input; facts: Facts }[] = [];
    for (const input of batch) {
      found.push({ input, facts: await factsOf(parts, app, input) });
      await setTimeout(PAUSE_MS, undefined, { signal });
    }
    await store.facts.save(found);
    done += batch.length;
  }
}

async function untilIdle({ store }: BackfillParts, signal: AbortSignal): Promise<void> {
  while ((await store.queue.next(1)).length > 0) {
    await setTimeout(BUSY_MS, undefined, { signal });
  }
}

// What it looks like, its thumbnail tells; what the camera said, only the original does.
async function factsOf({ blobs, codecs }: BackfillParts, app: App, input: Input): Promise<Facts> {
  const [thumbnail, original] = await Promise.all([
    blobs.get(thumbnailKey(app.row, input.row)),
    readOriginal(blobs, app, input),
  ]);
  const picture = thumbnail && (await decode(thumbnail, codecs).catch(() => undefined));
  const look = picture ? await lookAt(picture) : UNSEEN;
  return { ...look, ...(original ? await readCamera(original) : UNSAID) };
}
