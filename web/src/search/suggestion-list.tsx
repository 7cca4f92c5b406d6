// The list under the search bar: concepts for what stands after "#", or searches of before.
import type { ReactNode } from "react";
import { messages } from "../messages.ts";
import type { Suggestion } from "./suggestion.ts";
import classes from "./suggestion-list.module.css";
import { SuggestionRow } from "./suggestion-row.tsx";

const text = messages.search;

type SuggestionListProps = {
  readonly id: string;
  readonly suggestions: readonly Suggestion[];
  readonly prefix: string;
  readonly activeIndex: number | undefined;
  /** Said above the rows, as they are not all that there could be. */
  readonly note: string | undefined;
  readonly onChoose: (suggestion: Suggestion) => void;
  /** Below the rows. */
  readonly children?: ReactNode;
};

export function SuggestionList(props: SuggestionListProps) {
  const { id, suggestions, prefix, activeIndex, note, onChoose, children } = props;
  return (
    // A press on the list must not take the focus from the search bar.
    <div className={classes.panel} onMouseDown={(event) => event.preventDefault()} role="none">
      {note && (
        <div className={classes.note} role="status">
          {note}
        </div>
      )}
      <div id={id} role="listbox" aria-label={text.suggestions} className={classes.list}>
        {groupsOf(suggestions).map(({ heading, rows }) => (
          // biome-ignore lint/a11y/useSemanticElements: groups of a list box
          <div
            key={heading}
            role="group"
            className={heading ? undefined : classes.last}
            aria-label={heading || undefined}
          >
            {heading && (
              <div className={classes.heading} aria-hidden="true">
                {heading}
              </div>
            )}
            {rows.map(({ suggestion, index }) => (
              <SuggestionRow
                key={keyOf(suggestion)}
                id={`${id}-${index}`}
                suggestion={suggestion}
                prefix={prefix}
                isActive={index === activeIndex}
                onChoose={onChoose}
              />
            ))}
          </div>
        ))}
      </div>
      {children}
    </div>
  );
}

type Group = {
  readonly heading: string;
  readonly rows: { readonly suggestion: Suggestion; readonly index: number }[];
};

/** Rows of one kind stand together already. */
function groupsOf(suggestions: readonly Suggestion[]): readonly Group[] {
  const groups: Group[] = [];
  for (const [index, suggestion] of suggestions.entries()) {
    const heading = headingOf(suggestion);
    const last = groups.at(-1);
    if (last?.heading === heading) last.rows.push({ suggestion, index });
    else groups.push({ heading, rows: [{ suggestion, index }] });
  }
  return groups;
}

function headingOf(suggestion: Suggestion): string {
  switch (suggestion.kind) {
    case "concept":
      return text.sections[suggestion.section];
    case "search":
      return text.recentSearches;
    case "caption":
      return "";
  }
}

function keyOf(suggestion: Suggestion): string {
  switch (suggestion.kind) {
    case "concept":
      return suggestion.concept.id;
    case "search":
      return suggestion.address;
    case "caption":
      return "";
  }
}
