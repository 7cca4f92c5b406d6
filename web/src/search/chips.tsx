// Terms and filters of the search, in a row; the arrow keys walk along it, Delete takes one out.
import { type KeyboardEvent, lazy, type RefObject, Suspense, useState } from "react";
import { type Filter, withoutFilter } from "../filter.ts";
import { FilterChip } from "../filters/filter-chip.tsx";
import { messages } from "../messages.ts";
import {
  type Query,
  subjectOf,
  type Term,
  withNegationToggled,
  withoutTerm,
  withReplaced,
  withWeight,
} from "../query.ts";
import { sourceOf } from "../visual-search/picture-source.ts";
import { Chip } from "./chip.tsx";
import classes from "./search-bar.module.css";
import { useSearch } from "./use-search.ts";

const VisualSearchDialog = lazy(async () => ({
  default: (await import("../visual-search/visual-search-dialog.tsx")).VisualSearchDialog,
}));

type ChipsProps = {
  readonly query: Query;
  /** What stands behind the last chip. */
  readonly input: RefObject<HTMLInputElement | null>;
};

export function Chips({ query, input }: ChipsProps) {
  const { search } = useSearch();
  const [cropped, setCropped] = useState<Term>();
  const { terms, filters } = query;
  const setFilters = (changed: Query["filters"]) => search({ ...query, filters: changed });

  function remove(index: number): void {
    const [term, filter] = [terms[index], filters[index - terms.length]];
    if (term) search(withoutTerm(query, term));
    else if (filter) setFilters(withoutFilter(filters, filter));
    // The chip takes the focus with it.
    input.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent<HTMLUListElement>): void {
    const chips = [...event.currentTarget.children];
    const index = chips.findIndex((chip) => chip.contains(event.target as Node));
    // A menu of a chip is no part of it in the document.
    if (index < 0) return;
    const run = actionOf(event.key, index, chips);
    if (!run) return;
    event.preventDefault();
    run();
  }

  function actionOf(key: string, index: number, chips: readonly Element[]) {
    const focus = (chip: Element | undefined) => chip?.querySelector("button")?.focus();
    switch (key) {
      case "ArrowLeft":
        return () => focus(chips[index - 1]);
      case "ArrowRight":
        return () =>
          index === chips.length - 1 ? input.current?.focus() : focus(chips[index + 1]);
      case "Home":
        return () => focus(chips[0]);
      case "End":
        return () => input.current?.focus();
      case "Delete":
      case "Backspace":
        return () => remove(index);
      case "Escape":
        return () => input.current?.focus();
      default:
        return undefined;
    }
  }

  return (
    <>
      <ul
        // A list that takes no box of its own is still one.
        // biome-ignore lint/a11y/noRedundantRoles: browsers forget it with display: contents
        role="list"
        className={classes.chips}
        aria-label={messages.search.chips}
        onKeyDown={onKeyDown}
      >
        {terms.map((term, index) => (
          <Chip
            key={term.kind + subjectOf(term)}
            term={term}
            onWeigh={(weight) => search(withWeight(query, term, weight))}
            onToggle={() => search(withNegationToggled(query, term))}
            onRemove={() => remove(index)}
            onCrop={() => setCropped(term)}
          />
        ))}
        {filters.map((filter, index) => (
          <FilterChip
            // biome-ignore lint/suspicious/noArrayIndexKey: filters have no name of their own
            key={`${filter.kind}${index}`}
            filter={filter}
            onToggle={() => setFilters(filters.map((one) => (one === filter ? toggled(one) : one)))}
            onRemove={() => remove(terms.length + index)}
          />
        ))}
      </ul>
      <Suspense>
        {cropped && (
          <VisualSearchDialog
            source={sourceOf(cropped)}
            onClose={() => {
              setCropped(undefined);
              // The menu that opened it is gone.
              input.current?.focus();
            }}
            onSearch={(term) => search(withReplaced(query, cropped, term))}
          />
        )}
      </Suspense>
    </>
  );
}

function toggled(filter: Filter): Filter {
  return { ...filter, isNegated: !filter.isNegated };
}
