// A caption -> what the engine ranks and filters by.
import type { Filter, Rank } from "./engine/query.ts";
import type { Days } from "./sentence/parse-days.ts";
import { AVOIDED_WEIGHT, understand } from "./sentence/sentence.ts";

const DAY_MS = 86_400_000;

/** `now`: what "last week" means. Without ranks where the caption only says when. */
export function captionSearch(
  text: string,
  now: Date,
): { readonly ranks: readonly Rank[]; readonly filters: readonly Filter[] } {
  const { caption, avoided, taken } = understand(text, now);
  const words = { kind: "text", text: caption, weight: 1 } as const;
  const unwanted = avoided.map((text): Rank => ({ kind: "text", text, weight: AVOIDED_WEIGHT }));
  const isSaid = caption !== "" || (unwanted.length === 0 && !taken);
  return {
    ranks: isSaid ? [words, ...unwanted] : unwanted,
    filters: taken ? [{ anyOf: [takenIn(taken)] }] : [],
  };
}

// By the camera's clock, which is kept as if it was UTC.
function takenIn({ from, to }: Days): Filter["anyOf"][number] {
  const start = (day: string) => new Date(`${day}T00:00:00Z`);
  return {
    kind: "date",
    of: "taken",
    ...(from !== undefined && { from: start(from) }),
    ...(to !== undefined && { to: new Date(start(to).getTime() + DAY_MS) }),
  };
}
