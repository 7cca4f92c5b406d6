// Words of a sentence that say when.
import type { Days } from "./parse-days.ts";
import type { Span } from "./words.ts";

export type Dated = Span & { readonly days: Days };

/** Undefined where there are no days. */
export function dated(start: number, end: number, days: Days | undefined): Dated | undefined {
  return days && { start, end, days };
}
