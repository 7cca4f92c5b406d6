// What was typed as metadata -> an object, or what is wrong with it.
import { bulk as text } from "../messages/bulk.ts";

type Metadata = Readonly<Record<string, unknown>>;

export type ParsedMetadata =
  | { readonly metadata: Metadata; readonly problem: "" }
  | { readonly metadata: undefined; readonly problem: string };

/** An empty text is an empty object. */
export function parseMetadata(typed: string): ParsedMetadata {
  if (typed.trim() === "") return { metadata: {}, problem: "" };
  try {
    const value: unknown = JSON.parse(typed);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return { metadata: value as Metadata, problem: "" };
    }
    return { metadata: undefined, problem: text.noObject };
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : String(error);
    const isObject = typed.trimStart().startsWith("{");
    return { metadata: undefined, problem: isObject ? text.noJson(reason) : text.noObject };
  }
}

/** What makes `before` to `after`: keys to remove, then keys to set. The server merges objects deeply: one that changed
 *  is removed first, so that what it lost is gone. */
export function toDifference(before: Metadata, after: Metadata) {
  const changed = Object.keys(after).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  const set = Object.fromEntries(changed.map((key) => [key, after[key]]));
  const remove = Object.keys(before).filter(
    (key) => !(key in after) || (key in set && isObject(before[key])),
  );
  return { set, remove };
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
