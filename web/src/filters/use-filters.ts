// The filters of the search that the URL holds, and the ways to change them.
import {
  type Filter,
  type FilterKind,
  type FilterValue,
  isSameFilter,
  withFilter,
  withOpposite,
  withoutFilter,
  withoutKinds,
} from "../filter.ts";
import type { Query } from "../query.ts";
import { useAddress, useSearch } from "../search/use-search.ts";

export type Filters = ReturnType<typeof useFilters>;

export function useFilters() {
  const { query } = useAddress();
  const { search, searchDraft, current } = useSearch();
  const { filters } = query;
  // From what the URL says now: two quick changes may come before the page is drawn again.
  const set = (change: (filters: readonly Filter[]) => readonly Filter[], more?: Partial<Query>) =>
    search({ ...current(), ...more, filters: change(current().filters) });
  return {
    query,
    filters,
    of: (...kinds: readonly FilterKind[]) => filters.filter(({ kind }) => kinds.includes(kind)),
    find: (value: FilterValue) => filters.find((one) => isSameFilter(one, toFilter(value))),
    add: (value: FilterValue) => set((now) => withFilter(now, toFilter(value))),
    /** Sets or drops it. */
    toggle: (value: FilterValue) =>
      set((now) => {
        const filter = toFilter(value);
        const isSet = now.some((one) => isSameFilter(one, filter));
        return isSet ? withoutFilter(now, filter) : withFilter(now, filter);
      }),
    /** Puts another value in the place of a filter. */
    change: (filter: Filter, value: FilterValue) =>
      set((now) =>
        now.map((one) =>
          isSameFilter(one, filter) ? { ...value, isNegated: one.isNegated } : one,
        ),
      ),
    oppose: (filter: Filter) => set((now) => withOpposite(now, filter)),
    /** The only filter of these kinds from now on; undefined: none. */
    replace: (kinds: readonly FilterKind[], value: FilterValue | undefined) =>
      set((now) => withOnly(now, kinds, value)),
    /** The same while it is being typed: many of them make one step of history. */
    draft: (kinds: readonly FilterKind[], value: FilterValue | undefined) =>
      searchDraft({ ...current(), filters: withOnly(current().filters, kinds, value) }),
    clear: (kinds: readonly FilterKind[]) =>
      set((now) => withoutKinds(now, kinds), kinds.includes("label") ? { labelsAre: "any" } : {}),
    clearAll: () => set(() => [], { labelsAre: "any" }),
    setLabelsAre: (labelsAre: Query["labelsAre"]) => set((now) => now, { labelsAre }),
  };
}

function withOnly(
  filters: readonly Filter[],
  kinds: readonly FilterKind[],
  value: FilterValue | undefined,
): readonly Filter[] {
  const others = withoutKinds(filters, kinds);
  return value ? withFilter(others, toFilter(value)) : others;
}

function toFilter(value: FilterValue): Filter {
  return { ...value, isNegated: false };
}
