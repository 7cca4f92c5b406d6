// The text of a field: follows what is set elsewhere, and tells what was typed after a rest.
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";

const REST_MS = 300;

/** @param set what the field stands for, as text
 *  @param tell called with what was typed; returns what the field will stand for, if that is written otherwise */
export function useTyped(set: string, tell: (text: string) => string | undefined) {
  const [text, setText] = useState(set);
  const told = useRef(set);
  const tellSoon = useDebouncedCallback((typed: string) => {
    told.current = tell(typed) ?? typed;
  }, REST_MS);

  useEffect(() => {
    if (set === told.current) return;
    told.current = set;
    tellSoon.cancel();
    setText(set);
  }, [set, tellSoon]);

  return {
    text,
    type(typed: string): void {
      setText(typed);
      tellSoon(typed);
    },
  };
}
