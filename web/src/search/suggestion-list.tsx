// The list under the search bar: concepts for what stands after "#", or searches of before.
import { type ReactNode, useEffect, useRef } from "react";
import { Icon } from "../icon.tsx";
import { toCountText } from "../messages/count-text.ts";
import { messages } from "../messages.ts";
import { QueryWords } from "./query-words.tsx";
import type { Suggestion } from "./suggestion.ts";
import classes from "./suggestion-list.module.css";
import { matchStart } from "./use-concepts.ts";

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
              <Row
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

type RowProps = {
  readonly id: string;
  readonly suggestion: Suggestion;
  readonly prefix: string;
  readonly isActive: boolean;
  readonly onChoose: (suggestion: Suggestion) => void;
};

function Row({ id, suggestion, prefix, isActive, onChoose }: RowProps) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: "nearest" });
  }, [isActive]);
  return (
    // Rows are never focused: the search bar keeps the focus and its keys (ARIA combobox).
    <div
      ref={row}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className={classes.row}
      data-testid={`${suggestion.kind}-option`}
      onClick={() => onChoose(suggestion)}
      onKeyDown={undefined}
    >
      <RowContent suggestion={suggestion} prefix={prefix} />
    </div>
  );
}

type RowContentProps = { readonly suggestion: Suggestion; readonly prefix: string };

function RowContent({ suggestion, prefix }: RowContentProps) {
  if (suggestion.kind === "search") {
    return (
      <>
        <Icon name="clock" sizePx={16} />
        <QueryWords address={suggestion.address} />
      </>
    );
  }
  if (suggestion.kind === "caption") {
    return (
      <>
        <Icon name="search" sizePx={16} />
        <span className={classes.name} dir="auto">
          {text.asCaption(suggestion.caption)}
        </span>
      </>
    );
  }
  const { concept, after, section } = suggestion;
  return (
    <>
      {section === "recent" ? (
        <Icon name="clock" sizePx={16} />
      ) : (
        <span className={classes.dot} data-source={concept.source} />
      )}
      <span className={classes.name} dir="auto">
        {concept.synonym !== undefined && (
          <span className={classes.dim}>
            <Highlighted name={concept.synonym} prefix={prefix} />
            {" → "}
          </span>
        )}
        <Highlighted name={concept.name} prefix={prefix.slice(0, prefix.length - after.length)} />
        {after && <span className={classes.dim}> {after}</span>}
      </span>
      {concept.positives > 0 && (
        <span className={classes.count} title={text.labelled(toCountText(concept.positives))}>
          {toCountText(concept.positives)}
        </span>
      )}
    </>
  );
}

function Highlighted({ name, prefix }: { readonly name: string; readonly prefix: string }) {
  const typed = prefix.trim();
  const start = typed === "" ? undefined : matchStart(name, typed);
  if (start === undefined) return name;
  const end = start + typed.length;
  return (
    <>
      {name.slice(0, start)}
      <b>{name.slice(start, end)}</b>
      {name.slice(end)}
    </>
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
