// An activity in words: what it does, how far it is, what came of it.
import type { Activity } from "../../../src/client/activities.ts";
import { SAMPLE_DATASET } from "../../../src/client/samples.ts";
import { activities as text } from "../messages/activities.ts";
import { toDurationText } from "../quantities.ts";

/** Before, a guess at what is left would jump about. */
const KNOWN_AFTER_S = 2;

/** "Training: beach, harbour". */
export function toWorkText(activity: Activity): string {
  const { kind, about, state } = activity;
  const isDone = state === "done";
  if (kind === "bulk-delete" && about === SAMPLE_DATASET) {
    return toEndText(isDone ? text.samplesRemoved : text.removingSamples, state);
  }
  const work = (isDone ? text.done : text.kinds)[kind];
  return toEndText(about ? text.about(work, about) : work, state);
}

function toEndText(work: string, state: Activity["state"]): string {
  if (state === "failed") return text.failed(work);
  return state === "cancelled" ? text.cancelled(work) : work;
}

/** "1,200 of 5,000 · 400/s · 12 s left". */
export function toProgressText(activity: Activity, nowMs: number): string {
  const { done, total } = activity;
  if (total === 0) return text.starting;
  const perSecond = rateOf(activity, nowMs);
  return [
    text.progress(done, total),
    perSecond >= 1 && text.rate(Math.round(perSecond)),
    perSecond > 0 && done < total && text.left(toDurationText((total - done) / perSecond)),
  ]
    .filter(Boolean)
    .join(" · ");
}

/** "1,200 of 5,000 · 12 s left"; "" before anything is known. */
export function toShortProgress(activity: Activity, nowMs: number): string {
  const { done, total } = activity;
  if (total === 0) return "";
  const perSecond = rateOf(activity, nowMs);
  const progress = text.progress(done, total);
  if (perSecond === 0 || done >= total) return progress;
  return `${progress} · ${text.left(toDurationText((total - done) / perSecond))}`;
}

function rateOf({ done, started_at }: Activity, nowMs: number): number {
  const seconds = (nowMs - Date.parse(started_at)) / 1000;
  return seconds < KNOWN_AFTER_S ? 0 : done / seconds;
}

/** Why it failed, or what it found; "" if there is nothing to say. */
export function toResultText({ state, failure, kind, result }: Activity): string {
  if (state === "failed") return failure;
  if (state !== "done") return "";
  const say = (name: string, words: (count: number) => string, least = 0) => {
    const count = numberIn(result, name);
    return count !== undefined && count >= least && words(count);
  };
  const isDeletion = kind === "bulk-delete";
  return [
    say("changed", isDeletion ? text.deleted : text.changed),
    say("deleted", text.deleted),
    say("failed", text.gone, 1),
    say("renewed", text.renewed),
    say("kept", text.kept, 1),
    say("groups", text.groups),
    say("inputs", text.read),
    say("added", text.added),
    say("present", text.present, 1),
  ]
    .filter(Boolean)
    .join(", ");
}

function numberIn(result: unknown, name: string): number | undefined {
  if (typeof result !== "object" || result === null) return undefined;
  const value = new Map(Object.entries(result)).get(name);
  return typeof value === "number" ? value : undefined;
}
