// What the search bar knows and does: its text, the "#" token, the list, keys.
import { type KeyboardEvent, type RefObject, useState } from "react";
import { fromSearchString } from "../address.ts";
import { withFilter } from "../filter.ts";
import { usePortal } from "../portal.ts";
import { EVERYTHING, type Query, withoutTerm, withSentence, withTerm } from "../query.ts";
import { findHashToken, type HashToken, withoutHashToken } from "./hash-token.ts";
import { draftCaption, parse, type Understood } from "./parse.ts";
import { remember } from "./recents.ts";
import { rememberSearch } from "./refinement.ts";
import type { Suggestion } from "./suggestion.ts";
import { useCaption } from "./use-caption.ts";
import { useCounter } from "./use-counter.ts";
import { useDatasetIds } from "./use-dataset-ids.ts";
import { usePlaces } from "./use-places.ts";
import { useSearch } from "./use-search.ts";
import { useSuggestions } from "./use-suggestions.ts";
import { useVocabulary } from "./use-vocabulary.ts";

export function useSearchBar(query: Query, input: RefObject<HTMLInputElement | null>) {
  const { appId } = usePortal();
  const { search } = useSearch();
  const caption = useCaption(query);
  const known = useVocabulary(caption.text);
  const findPlace = usePlaces(caption.text);
  const counter = useCounter(caption.text);
  useDatasetIds(query);
  const [token, setToken] = useState<HashToken>();
  const [isRecentOpen, setIsRecentOpen] = useState(false);
  const [activeIndex, setActiveIndex] = useState<number>();
  const { suggestions, note } = useSuggestions(token, isRecentOpen && caption.text === "");
  const isListOpen = suggestions.length > 0 || note !== undefined;
  const active = activeIndex === undefined ? undefined : suggestions[activeIndex];

  function open(found: HashToken | undefined): void {
    setToken(found);
    setIsRecentOpen(false);
    // Enter takes the first concept; a search of before has to be chosen.
    setActiveIndex(found && 0);
  }

  function type(value: string, caret: number, isComposing: boolean): void {
    const found = findHashToken(value, caret);
    open(found);
    const isWordEnd = /\s/.test(value[caret - 1] ?? "");
    if (!found && isWordEnd && !isComposing && take(value, caret)) return;
    const words = found ? withoutHashToken(value, found) : value;
    caption.type(value, draftCaption(words, known()));
  }

  /** Makes chips of what is understood before the caret. */
  function take(value: string, caret: number): boolean {
    const understood = parse(value.slice(0, caret), known());
    if (understood.terms.length + understood.filters.length === 0) return false;
    const { rest } = understood;
    const text = (rest && `${rest} `) + value.slice(caret).trimStart();
    caption.settle(text);
    search({ ...withUnderstood(query, understood), caption: text.trim() });
    return true;
  }

  function choose(suggestion: Suggestion): void {
    if (suggestion.kind === "concept") chooseConcept(suggestion);
    else if (suggestion.kind === "caption") searchFor(withoutHash(caption.text, token));
    else searchAgain(suggestion.address);
    input.current?.focus();
  }

  function chooseConcept({ concept: { name }, after }: Suggestion & { kind: "concept" }): void {
    if (!token) return;
    const rest = withoutHashToken(caption.text, token, after);
    caption.settle(rest);
    remember("concepts", appId, name);
    const term = { kind: "concept", name, weight: token.isNegated ? -1 : 1 } as const;
    search(withTerm({ ...query, caption: rest }, term));
    // Pasted text may have more of them.
    open(findHashToken(rest, rest.length));
  }

  function searchAgain(address: string): void {
    const again = fromSearchString(address).query;
    open(undefined);
    caption.settle(again.caption);
    search(again);
  }

  function searchFor(words: string): void {
    const understood = withUnderstood(query, parse(words.trim(), known()));
    const meant = withSentence(understood, known().now, findPlace, counter);
    open(undefined);
    caption.settle(meant.caption);
    search(meant);
  }

  function submit(): void {
    // The list is on its way: Enter must not make a caption of what will be a concept.
    if (token && !isListOpen) return;
    searchFor(withoutHash(caption.text, token));
  }

  /** Pasted as a whole: the address of a picture. */
  function searchByUrl(url: string): void {
    search(withTerm(query, { kind: "url", url, weight: 1 }));
  }

  function clear(): void {
    open(undefined);
    caption.settle("");
    search(EVERYTHING);
    input.current?.focus();
  }

  function leave(): void {
    if (caption.text === "") input.current?.blur();
    else type("", 0, false);
  }

  function close(): void {
    setToken(undefined);
    setIsRecentOpen(false);
    setActiveIndex(undefined);
  }

  /** The focus went elsewhere: what was searched for while typing is a search, too. */
  function end(): void {
    close();
    rememberSearch(appId, query, query);
  }

  function move(step: 1 | -1): void {
    const count = suggestions.length;
    if (count === 0) return;
    const from = activeIndex ?? (step > 0 ? -1 : count);
    setActiveIndex((from + step + count) % count);
  }

  function actionOf(key: string): (() => void) | undefined {
    if (key === "Escape") return isListOpen ? close : leave;
    if (active && (key === "Enter" || key === "Tab")) return () => choose(active);
    if (key === "Enter") return submit;
    if (isListOpen && key === "ArrowDown") return () => move(1);
    if (isListOpen && key === "ArrowUp") return () => move(-1);
    if (key === "ArrowDown" && caption.text === "") return () => setIsRecentOpen(true);
    return isAtStart(input.current) ? actionAtStart(key) : undefined;
  }

  /** With the caret before the first letter, the chips are next. */
  function actionAtStart(key: string): (() => void) | undefined {
    if (key === "ArrowLeft") return lastChip(input.current);
    if (key !== "Backspace") return undefined;
    const [term, filter] = [query.terms.at(-1), query.filters.at(-1)];
    if (filter) return () => search({ ...query, filters: query.filters.slice(0, -1) });
    return term && (() => search(withoutTerm(query, term)));
  }

  function onKeyDown(event: KeyboardEvent): void {
    // Enter that ends the composition of a word (Japanese, Chinese) is not for us.
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const run = actionOf(event.key);
    if (!run) return;
    event.preventDefault();
    run();
  }

  return {
    text: caption.text,
    prefix: token?.prefix ?? "",
    suggestions,
    note,
    isListOpen,
    isRecentOpen: isListOpen && token === undefined,
    activeIndex: active ? activeIndex : undefined,
    type,
    choose,
    clear,
    searchByUrl,
    openRecent: () => setIsRecentOpen(true),
    end,
    onKeyDown,
  };
}

function withUnderstood(query: Query, { terms, filters, rest }: Understood): Query {
  const start: Query = {
    ...query,
    caption: rest,
    filters: filters.reduce(withFilter, query.filters),
  };
  return terms.reduce(withTerm, start);
}

/** "#zebra" that is no concept is searched for as the word. */
function withoutHash(value: string, token: HashToken | undefined): string {
  if (!token) return value;
  const { start, end, prefix, isNegated } = token;
  return value.slice(0, start) + (isNegated ? `-${prefix}` : prefix) + value.slice(end);
}

function isAtStart(input: HTMLInputElement | null): boolean {
  return input?.selectionStart === 0 && input.selectionEnd === 0;
}

function lastChip(input: HTMLInputElement | null): (() => void) | undefined {
  const chip = input?.previousElementSibling?.lastElementChild?.querySelector("button");
  return chip ? () => chip.focus() : undefined;
}
