// Failed inputs by what went wrong, in words and with what to do about it.
import type { Input } from "../../../src/client/input.ts";
import type { failed as text } from "../messages/failed.ts";

type Reason = keyof typeof text.reasons;

const REASONS: Readonly<Record<string, Reason>> = {
  image_unsupported: "unsupported",
  image_unreadable: "damaged",
  image_too_large: "large",
  url_invalid: "address",
  url_unreachable: "address",
  cancelled: "cancelled",
  file_unreadable: "gone",
  duplicate_image: "duplicate",
  duplicate_url: "duplicate",
};

export type FailedGroup = { readonly reason: Reason; readonly inputs: readonly Input[] };

/** Greatest first. */
export function toGroups(inputs: readonly Input[]): readonly FailedGroup[] {
  const groups = new Map<Reason, Input[]>();
  for (const input of inputs) {
    const reason = REASONS[input.failureCode] ?? "other";
    const group = groups.get(reason) ?? [];
    group.push(input);
    groups.set(reason, group);
  }
  return [...groups]
    .map(([reason, own]) => ({ reason, inputs: own }))
    .sort((a, b) => b.inputs.length - a.inputs.length || a.reason.localeCompare(b.reason));
}
