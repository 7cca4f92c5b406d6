// What the search bar knows and does: caption, "#" token, list of concepts, keys.
import { type KeyboardEvent, type RefObject, useState } from "react";
import type { Concept } from "../../../src/client/concepts.ts";
import { EVERYTHING, type Query, withoutTerm, withTerm } from "../query.ts";
import { findHashToken, type HashToken, withoutHashToken } from "./hash-token.ts";
import { useCaption } from "./use-caption.ts";
import { useConcepts } from "./use-concepts.ts";
import { useSearch } from "./use-search.ts";

export function useSearchBar(query: Query, input: RefObject<HTMLInputElement | null>) {
  const { search } = useSearch();
  const caption = useCaption(query);
  const [token, setToken] = useState<HashToken>();
  const [activeIndex, setActiveIndex] = useState(0);
  const { concepts, isError } = useConcepts(token?.prefix);
  const isListOpen = token !== undefined && (concepts !== undefined || isError);
  const active = isListOpen ? concepts?.[activeIndex] : undefined;

  function type(value: string, caret: number): void {
    const found = findHashToken(value, caret);
    setToken(found);
    setActiveIndex(0);
    caption.type(value, found ? withoutHashToken(value, found) : value);
  }

  function settle(text: string): void {
    setToken(undefined);
    caption.settle(text);
  }

  function choose({ name }: Concept): void {
    if (!token) return;
    const rest = withoutHashToken(caption.text, token);
    settle(rest);
    const term = { kind: "concept", name, weight: token.isNegated ? -1 : 1 } as const;
    search(withTerm({ ...query, caption: rest }, term));
    input.current?.focus();
  }

  function submit(): void {
    // The list is on its way: Enter must not make a caption of what will be a concept.
    if (token && !isListOpen) return;
    const text = (token ? asCaption(caption.text, token) : caption.text).trim();
    settle(text);
    search({ ...query, caption: text });
  }

  function clear(): void {
    settle("");
    search(EVERYTHING);
    input.current?.focus();
  }

  function leave(): void {
    if (caption.text === "") input.current?.blur();
    else type("", 0);
  }

  function move(step: number): void {
    const count = Math.max(1, concepts?.length ?? 0);
    setActiveIndex((activeIndex + step + count) % count);
  }

  function actionOf(key: string): (() => void) | undefined {
    if (isListOpen && key === "ArrowDown") return () => move(1);
    if (isListOpen && key === "ArrowUp") return () => move(-1);
    if (isListOpen && key === "Escape") return () => setToken(undefined);
    if (active && (key === "Enter" || key === "Tab")) return () => choose(active);
    if (key === "Enter") return submit;
    if (key === "Escape") return leave;
    const last = query.terms.at(-1);
    const isRemoving = key === "Backspace" && caption.text === "";
    return isRemoving && last ? () => search(withoutTerm(query, last)) : undefined;
  }

  function onKeyDown(event: KeyboardEvent): void {
    // Enter that ends the composition of a word (Japanese, Chinese) is not for us.
    const run = event.nativeEvent.isComposing ? undefined : actionOf(event.key);
    if (!run) return;
    event.preventDefault();
    run();
  }

  return {
    text: caption.text,
    prefix: token?.prefix ?? "",
    concepts: concepts ?? [],
    hasListFailed: isError,
    isListOpen,
    activeIndex: active ? activeIndex : undefined,
    type,
    choose,
    clear,
    closeList: () => setToken(undefined),
    onKeyDown,
  };
}

// "#zebra" that is no concept is searched for as the word.
function asCaption(value: string, { start, end, prefix }: HashToken): string {
  return value.slice(0, start) + prefix + value.slice(end);
}
