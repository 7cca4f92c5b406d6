// An activity in words: what it does, how far it is, what came of it.
import type { Activity } from "../../../src/client/activities.ts";
import { BUILT_IN_ENCODER } from "../../../src/client/encoders.ts";
import { SAMPLE_DATASET } from "../../../src/client/samples.ts";
import { activities as text } from "../messages/activities.ts";
import { toCountText } from "../messages/count-text.ts";
import { toDurationText, toSizeText } from "../quantities.ts";
import { type PacedActivity, perSecond, secondsLeft } from "./pace.ts";

/** "Training: beach, harbour". */
export function toWorkText(activity: Activity): string {
  const { kind, about, state } = activity;
  const isDone = state === "done";
  if (kind === "bulk-delete" && about === SAMPLE_DATASET) {
    return toEndText(isDone ? text.samplesRemoved : text.removingSamples, state);
  }
  const work = (isDone ? text.done : text.kinds)[kind];
  const name = kind === "encoder" && about === BUILT_IN_ENCODER ? text.builtIn : about;
  return toEndText(name ? text.about(work, name) : work, state);
}

function toEndText(work: string, state: Activity["state"]): string {
  if (state === "failed") return text.failed(work);
  return state === "cancelled" ? text.cancelled(work) : work;
}

/** "1,200 of 5,000 · 400/s · 12 s left", downloads in bytes. */
export function toProgressText(activity: PacedActivity): string {
  const { done, total } = activity;
  if (done === 0 && total === 0) return text.starting;
  const rate = perSecond(activity);
  const isFinishing = total > 0 && done >= total;
  return [
    toAmountText(activity),
    rate >= 1 && !isFinishing && text.rate(amount(activity, Math.round(rate))),
    isFinishing ? text.finishing : toLeftText(activity),
  ]
    .filter(Boolean)
    .join(" · ");
}

/** "1,200 of 5,000 · 12 s left"; "" before anything is known. */
export function toShortProgress(activity: PacedActivity): string {
  if (activity.total === 0) return "";
  return [toAmountText(activity), toLeftText(activity)].filter(Boolean).join(" · ");
}

// The total of a download is unknown where the hub tells no size.
function toAmountText(activity: Activity): string {
  const { done, total } = activity;
  if (total === 0) return amount(activity, done);
  return text.progress(amount(activity, done), amount(activity, total));
}

function amount({ kind }: Activity, count: number): string {
  return kind === "encoder-download" ? toSizeText(count) : toCountText(count);
}

function toLeftText(activity: PacedActivity): string {
  const seconds = secondsLeft(activity);
  return seconds === undefined ? "" : text.left(toDurationText(seconds));
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
    say("labelled", text.labelled),
    say("renewed", text.renewed),
    say("kept", text.kept, 1),
    say("groups", text.groups),
    say("objects", text.objects),
    say("skipped", text.skipped, 1),
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
