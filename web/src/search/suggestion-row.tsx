// One row of the list under the search bar: a concept with what matched, words, or a search of before.
import { useEffect, useRef } from "react";
import { Icon } from "../icon.tsx";
import { toCountText } from "../messages/count-text.ts";
import { messages } from "../messages.ts";
import { QueryWords } from "./query-words.tsx";
import type { Suggestion } from "./suggestion.ts";
import classes from "./suggestion-list.module.css";
import { matchStart } from "./use-concepts.ts";

const text = messages.search;

type RowProps = {
  readonly id: string;
  readonly suggestion: Suggestion;
  readonly prefix: string;
  readonly isActive: boolean;
  readonly onChoose: (suggestion: Suggestion) => void;
};

export function SuggestionRow({ id, suggestion, prefix, isActive, onChoose }: RowProps) {
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
