// The open list of the search bar, with what belongs below it.
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { forget } from "./recents.ts";
import classes from "./suggestion-list.module.css";
import { SuggestionList } from "./suggestion-list.tsx";
import type { useSearchBar } from "./use-search-bar.ts";

type BarSuggestionsProps = {
  readonly id: string;
  readonly bar: ReturnType<typeof useSearchBar>;
};

export function BarSuggestions({ id, bar }: BarSuggestionsProps) {
  const { appId } = usePortal();
  return (
    <SuggestionList
      id={id}
      suggestions={bar.suggestions}
      prefix={bar.prefix}
      activeIndex={bar.activeIndex}
      note={bar.note}
      onChoose={bar.choose}
    >
      {bar.isRecentOpen && (
        <button
          type="button"
          // Reached by Tab, it would close the list.
          tabIndex={-1}
          className={classes.forget}
          onClick={() => forget("searches", appId)}
        >
          {messages.search.forgetSearches}
        </button>
      )}
    </SuggestionList>
  );
}
