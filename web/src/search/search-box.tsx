// The text field of the search bar: a combobox over the list of suggestions.
import { useMediaQuery } from "@mantine/hooks";
import type { ChangeEvent, ClipboardEvent, Ref } from "react";
import { messages } from "../messages.ts";
import type { Query } from "../query.ts";
import { isAddress } from "./parse.ts";
import classes from "./search-bar.module.css";
import { usePrefetchedConcepts } from "./use-concepts.ts";
import type { useSearchBar } from "./use-search-bar.ts";

const text = messages.search;

type SearchBoxProps = {
  readonly ref: Ref<HTMLInputElement>;
  readonly bar: ReturnType<typeof useSearchBar>;
  readonly query: Query;
  readonly listId: string;
  readonly onImage: (file: File) => void;
};

export function SearchBox({ ref, bar, query, listId, onImage }: SearchBoxProps) {
  const isNarrow = useMediaQuery("(max-width: 640px)", false, { getInitialValueInEffect: false });
  const prefetchConcepts = usePrefetchedConcepts();
  const hasChips = query.terms.length + query.filters.length > 0;
  function onChange({ currentTarget, nativeEvent }: ChangeEvent<HTMLInputElement>): void {
    const { value, selectionStart } = currentTarget;
    const isComposing = nativeEvent instanceof InputEvent && nativeEvent.isComposing;
    bar.type(value, selectionStart ?? value.length, isComposing);
  }

  function onPaste(event: ClipboardEvent): void {
    const picture = [...event.clipboardData.files].find(({ type }) => type.startsWith("image/"));
    const pasted = event.clipboardData.getData("text").trim();
    if (!picture && !isAddress(pasted)) return;
    event.preventDefault();
    if (picture) onImage(picture);
    else bar.searchByUrl(pasted);
  }

  return (
    <input
      ref={ref}
      className={classes.input}
      type="text"
      role="combobox"
      aria-label={text.label}
      aria-autocomplete="list"
      aria-expanded={bar.isListOpen}
      aria-controls={bar.isListOpen ? listId : undefined}
      aria-activedescendant={
        bar.activeIndex === undefined ? undefined : `${listId}-${bar.activeIndex}`
      }
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      enterKeyHint="search"
      dir="auto"
      data-testid="search-box"
      placeholder={toPlaceholder(hasChips, isNarrow)}
      value={bar.text}
      onChange={onChange}
      onPaste={onPaste}
      onKeyDown={bar.onKeyDown}
      onFocus={prefetchConcepts}
      onClick={() => bar.text === "" && !hasChips && bar.openRecent()}
      onBlur={bar.end}
    />
  );
}

function toPlaceholder(hasChips: boolean, isNarrow: boolean): string {
  if (hasChips) return isNarrow ? text.placeholderMoreShort : text.placeholderMore;
  return isNarrow ? text.placeholderShort : text.placeholder;
}
