// Which searches are worth remembering: the last of those that led to one another.
import { toSearchString } from "../address.ts";
import { EVERYTHING, isEverything, type Query, subjectOf } from "../query.ts";
import { remember } from "./recents.ts";

/** Keeps `query` among the recent searches of the app, in place of `before` if that was a step on the way to it. */
export function rememberSearch(appId: string, query: Query, before: Query): void {
  if (isEverything(query)) return;
  const instead = isRefinement(before, query) ? toAddress(before) : undefined;
  remember("searches", appId, toAddress(query), instead);
}

/** Does `query` have all that `before` has, and maybe more? A filter may have changed, the caption been continued. */
export function isRefinement(before: Query, query: Query): boolean {
  const terms = new Set(query.terms.map((term) => term.kind + subjectOf(term)));
  const kinds = new Set(query.filters.map(({ kind }) => kind));
  return (
    before.terms.every((term) => terms.has(term.kind + subjectOf(term))) &&
    before.filters.every(({ kind }) => kinds.has(kind)) &&
    query.caption.startsWith(before.caption)
  );
}

/** What was searched for, not how it was shown. */
function toAddress({ terms, caption, filters, labelsAre }: Query): string {
  return toSearchString({ query: { ...EVERYTHING, terms, caption, filters, labelsAre } });
}
