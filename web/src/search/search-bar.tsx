// The one bar for every search: chips, then text; "#" opens the list of concepts.
import { useWindowEvent } from "@mantine/hooks";
import { useId, useRef } from "react";
import { Icon } from "../icon.tsx";
import { isPlainKey } from "../keys/plain-key.ts";
import { messages } from "../messages.ts";
import { isEverything, type Query, subjectOf, withNegationToggled, withoutTerm } from "../query.ts";
import { Chip } from "./chip.tsx";
import { ConceptList } from "./concept-list.tsx";
import classes from "./search-bar.module.css";
import { useAddress, useSearch } from "./use-search.ts";
import { useSearchBar } from "./use-search-bar.ts";

const text = messages.search;

export function SearchBar() {
  const { query } = useAddress();
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const bar = useSearchBar(query, input);
  const { isListOpen, activeIndex } = bar;

  useWindowEvent("keydown", (event) => {
    if (event.key !== "/" || !isPlainKey(event)) return;
    event.preventDefault();
    input.current?.select();
  });

  return (
    <search className={classes.bar} aria-label={text.label}>
      <Icon name="search" />
      {query.terms.length > 0 && <Chips query={query} />}
      <input
        ref={input}
        className={classes.input}
        type="text"
        role="combobox"
        aria-label={text.label}
        aria-autocomplete="list"
        aria-expanded={isListOpen}
        aria-controls={listId}
        aria-activedescendant={activeIndex === undefined ? undefined : `${listId}-${activeIndex}`}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        data-testid="search-box"
        placeholder={query.terms.length > 0 ? text.placeholderMore : text.placeholder}
        value={bar.text}
        onChange={({ currentTarget: { value, selectionStart } }) =>
          bar.type(value, selectionStart ?? value.length)
        }
        onKeyDown={bar.onKeyDown}
        onBlur={bar.closeList}
      />
      {!(isEverything(query) && bar.text === "") && (
        <button
          type="button"
          className={classes.clear}
          aria-label={text.clear}
          title={text.clear}
          onClick={bar.clear}
        >
          <Icon name="close" sizePx={18} />
        </button>
      )}
      {isListOpen && (
        <ConceptList
          id={listId}
          concepts={bar.concepts}
          prefix={bar.prefix}
          activeIndex={activeIndex}
          hasFailed={bar.hasListFailed}
          onChoose={bar.choose}
        />
      )}
    </search>
  );
}

function Chips({ query }: { readonly query: Query }) {
  const { search } = useSearch();
  return (
    <ul className={classes.chips} aria-label={text.chips}>
      {query.terms.map((term) => (
        <Chip
          key={term.kind + subjectOf(term)}
          term={term}
          onToggle={() => search(withNegationToggled(query, term))}
          onRemove={() => search(withoutTerm(query, term))}
        />
      ))}
    </ul>
  );
}
