// Looks for objects in what was indexed, in the background: the newest first, after indexing and beside searches. What is due
// stays noted in the store, so that a crash loses nothing.
import { setTimeout } from "node:timers/promises";
import { AppError } from "../../errors.ts";
import type { Activities, Report } from "../activities.ts";
import type { Spaces } from "../spaces/spaces.ts";
import type { Store } from "../store.ts";
import type { FoundObjects, Look, Unseen } from "./found-objects.ts";
import { embedObjects, findObjects, type LookParts, readPicture } from "./look-at.ts";

/** Inputs per transaction: each write makes searches read again what their filters let pass. */
const BATCH = 16;
/** And at most so long: somebody may be waiting for the first ones. */
const BATCH_MS = 4000;
/** After a start, so that short commands end before a detector is loaded; then how often to ask whether something is due. */
const IDLE_MS = 1000;
/** While there is something to index, or an encoder is changed over to: vectors of the old one would be worth nothing. */
const BUSY_MS = 1000;

export type KeepParts = LookParts & {
  readonly store: Pick<Store, "objects" | "queue">;
  readonly spaces: Pick<Spaces, "current" | "isAsked">;
  readonly activities: Activities;
  readonly onError: (error: AppError) => void;
};

/** What an activity comes to. */
type Found = { readonly inputs: number; readonly objects: number; readonly skipped: number };

/** Works off what is due whenever something is, as an activity for all apps; one that is cancelled or fails is the last until
 *  the next start. Resolves then, or when `signal` aborts. */
export async function keepObjects(parts: KeepParts, signal: AbortSignal): Promise<void> {
  const { store, spaces, activities, detector } = parts;
  let space: number | undefined;
  for (;;) {
    // An idle detector must not keep a command alive.
    await setTimeout(IDLE_MS, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return;
    if (space !== spaces.current.space) {
      space = spaces.current.space;
      await store.objects.outdate(detector.model.id, space);
    }
    if ((await store.objects.countDue()) === 0) continue;
    const { id } = activities.startForAll("objects", "", (report, stopped) =>
      work(parts, report, AbortSignal.any([signal, stopped])),
    );
    if ((await activities.endedForAll(id)).state !== "done") return;
  }
}

async function work(parts: KeepParts, report: Report, signal: AbortSignal): Promise<Found> {
  const { store, detector } = parts;
  let found: Found = { inputs: 0, objects: 0, skipped: 0 };
  const total = await store.objects.countDue();
  await untilIdle(parts, signal);
  await load(parts);
  for (;;) {
    report(found.inputs, Math.max(total, found.inputs));
    const due = await store.objects.next(BATCH, detector.model.id);
    if (due.length === 0) return found;
    const looks = await lookAtSome(parts, due, signal);
    await save(parts.store.objects, parts.spaces, looks);
    if (found.skipped === 0) reportFirst(parts, looks);
    found = {
      inputs: found.inputs + looks.length,
      objects: found.objects + looks.reduce((sum, { objects }) => sum + objects.length, 0),
      skipped: found.skipped + looks.filter(({ failure }) => failure !== null).length,
    };
  }
}

// The others are noted with their pictures: a detector may fail at all of them.
function reportFirst({ onError }: KeepParts, looks: readonly Look[]): void {
  const failure = looks.find((look) => look.failure !== null)?.failure;
  if (failure) onError(new AppError("model_unavailable", failure));
}

// A detector that cannot be loaded is no fault of the pictures: they stay due.
async function load({ detector, onError }: KeepParts): Promise<void> {
  try {
    await detector.load();
  } catch (cause) {
    const error = AppError.from(cause);
    if (error.code !== "cancelled") onError(error);
    throw error;
  }
}

async function lookAtSome(
  parts: KeepParts,
  due: readonly Unseen[],
  signal: AbortSignal,
): Promise<readonly Look[]> {
  const looks: Look[] = [];
  const until = Date.now() + BATCH_MS;
  for (const unseen of due) {
    await untilIdle(parts, signal);
    const began = Date.now();
    looks.push(await lookAt(parts, unseen, signal));
    // Searches come first: as long a rest as the work took.
    if (parts.isAsked()) await setTimeout(Date.now() - began, undefined, { signal });
    if (Date.now() > until) break;
  }
  return looks;
}

async function lookAt(parts: KeepParts, unseen: Unseen, signal: AbortSignal): Promise<Look> {
  const { input, app } = unseen;
  const about = { input, app, detector: parts.detector.model.id };
  const found = await lookFor(parts, unseen).catch((cause) => {
    signal.throwIfAborted(); // nothing to be said against the picture
    return AppError.from(cause);
  });
  const space = parts.spaces.current; // of now: the detector may have taken a minute
  if (found instanceof AppError)
    return { ...about, space: space.space, objects: [], failure: found.message };
  const objects = await embedObjects(parts, space, found.picture, found.found);
  return { ...about, space: space.space, objects, failure: null };
}

async function lookFor(parts: KeepParts, unseen: Unseen) {
  const picture = await readPicture(parts, unseen.input, unseen.app);
  return { picture, found: await findObjects(parts, picture, unseen) };
}

async function save(
  objects: FoundObjects,
  spaces: KeepParts["spaces"],
  looks: readonly Look[],
): Promise<void> {
  const { space, objectIndexes } = spaces.current;
  const { written, gone } = await objects.save(looks);
  for (const [app, rows] of gone)
    if (rows.length > 0) await objectIndexes.remove({ row: app }, rows);
  // Those of an encoder that was in use until just now are made again.
  await objectIndexes.apply(written.filter((one) => one.space === space));
}

async function untilIdle({ store, activities }: KeepParts, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const isBusy =
      activities.runningForAll("encoder") !== undefined || (await store.queue.next(1)).length > 0;
    if (!isBusy) return;
    await setTimeout(BUSY_MS, undefined, { signal });
  }
}
