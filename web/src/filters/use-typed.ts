// The text of fields: follows what is set elsewhere, and tells what was typed after a rest.
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";

const REST_MS = 300;
const BETWEEN = "\n";

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

/** The same for fields that mean something together. */
export function useTypedParts(
  set: readonly string[],
  tell: (parts: readonly string[]) => readonly string[] | undefined,
) {
  const { text, type } = useTyped(set.join(BETWEEN), (joined) =>
    tell(joined.split(BETWEEN))?.join(BETWEEN),
  );
  const parts = text.split(BETWEEN);
  return {
    parts,
    type: (place: number, part: string) => type(parts.with(place, part).join(BETWEEN)),
  };
}
