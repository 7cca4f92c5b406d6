// What is selected -> the inputs that a change is for.
import type { BulkTarget } from "../../../src/client/bulk.ts";
import type { Search } from "../../../src/client/search.ts";
import type { Deletions } from "../deletions/deletions.ts";
import { countSelected, type Selected, type Selection } from "../grid/selection.ts";
import { toSearch } from "../query.ts";

/** Some inputs, or all that a search finds but the excluded ones. */
export type Target =
  | { readonly ids: readonly string[] }
  | { readonly all: NonNullable<Selected["all"]> };

/** The server takes as many ids at once. */
export const IDS_MAX = 10_000;
/** A search for ids takes no more. */
const SAMPLE_MAX = 200;

export function toTarget({ ids, all }: Selected): Target {
  return all ? { all } : { ids: [...ids] };
}

export function countOf(target: Target): number {
  return "ids" in target ? target.ids.length : countSelected({ ...NONE, all: target.all });
}

const NONE: Selected = { ids: new Set(), all: undefined, isBusy: false, notice: "" };

/** As the server takes it: one change for each. */
export function toBulkTargets(target: Target): readonly BulkTarget[] {
  if ("all" in target) return [{ search: toSearchOf(target.all) }];
  const count = Math.ceil(target.ids.length / IDS_MAX);
  return Array.from({ length: count }, (_, batch) => ({
    ids: target.ids.slice(batch * IDS_MAX, (batch + 1) * IDS_MAX),
  }));
}

/** Finds up to 200 of the inputs, to learn what they have. */
export function toSample(target: Target): Search {
  if ("all" in target) return toSearchOf(target.all);
  return { filters: [{ any_of: [{ kind: "ids", ids: target.ids.slice(0, SAMPLE_MAX) }] }] };
}

function toSearchOf({ query, excluded }: NonNullable<Selected["all"]>): Search {
  const search = toSearch(query);
  if (excluded.size === 0) return search;
  const others = { any_of: [{ kind: "ids", ids: [...excluded] }], negate: true } as const;
  return { ...search, filters: [...(search.filters ?? []), others] };
}

/** Deletes the inputs that were selected one by one, and selects nothing. */
export function deleteSelected(deletions: Deletions, selection: Selection): void {
  deletions.request([...selection.state().ids]);
  selection.clear();
}
