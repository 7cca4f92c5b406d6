// Activities as they are heard of, a second apart -> how fast each of them goes, over the last seconds.
import type { Activity } from "../../../src/client/activities.ts";

const WINDOW_MS = 10_000;
/** Before, a guess would jump about. */
const KNOWN_AFTER_MS = 2000;

type Sample = { readonly atMs: number; readonly done: number };

/** `samples`: how far it was in the last seconds, the oldest first. */
export type PacedActivity = Activity & { readonly samples: readonly Sample[] };

/** `before`: what was heard of them the last time. */
export function withPace(
  activities: readonly Activity[],
  before: readonly PacedActivity[],
  nowMs: number,
): readonly PacedActivity[] {
  const known = new Map(before.map(({ id, samples }) => [id, samples]));
  return activities.map((activity) => {
    const recent = (known.get(activity.id) ?? []).filter(({ atMs }) => atMs >= nowMs - WINDOW_MS);
    return { ...activity, samples: [...recent, { atMs: nowMs, done: activity.done }] };
  });
}

/** 0 until it is known. */
export function perSecond({ samples }: PacedActivity): number {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.atMs - first.atMs < KNOWN_AFTER_MS) return 0;
  return Math.max(0, ((last.done - first.done) / (last.atMs - first.atMs)) * 1000);
}

/** undefined until it is known. */
export function secondsLeft(activity: PacedActivity): number | undefined {
  const { done, total } = activity;
  const rate = perSecond(activity);
  return rate > 0 && done < total ? (total - done) / rate : undefined;
}
