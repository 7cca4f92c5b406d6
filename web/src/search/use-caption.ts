// The text in the search bar: follows the URL, and the URL follows it after a rest in typing.
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import type { Query } from "../query.ts";
import { useSearch } from "./use-search.ts";

const REST_MS = 50;

export function useCaption(query: Query) {
  const { searchDraft, current } = useSearch();
  const [text, setText] = useState(query.caption);
  // What we told the URL last: anything else there came from elsewhere (back, a link, "clear").
  const told = useRef(query.caption);
  const tell = useDebouncedCallback((caption: string) => {
    if (caption === current().caption) return;
    told.current = caption;
    searchDraft({ ...current(), caption });
  }, REST_MS);

  useEffect(() => {
    if (query.caption === told.current) return;
    told.current = query.caption;
    setText(query.caption);
  }, [query.caption]);

  return {
    text,
    /** `caption`: the part of `text` to search for. */
    type(value: string, caption: string): void {
      setText(value);
      tell(caption.trim());
    },
    /** Takes the text as it is; what waited to be told is dropped. */
    settle(value: string): void {
      tell.cancel();
      told.current = value.trim();
      setText(value);
    },
  };
}
