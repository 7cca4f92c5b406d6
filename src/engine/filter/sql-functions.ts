// Functions that SQLite lacks. No index may use them: other programs must be able to open the file.
import type { DatabaseSyncInstance } from "@photostructure/sqlite";
import { fold } from "./fold.ts";
import { contains } from "./metadata-match.ts";

/** Adds json_contains(json, part), 0 or 1, and fold(text) of fold.ts. */
export function defineFunctions(database: DatabaseSyncInstance): void {
  // One query asks about one part, row after row.
  let last = { text: "null", part: null as unknown };
  const toPart = (text: string) => {
    if (text !== last.text) last = { text, part: JSON.parse(text) };
    return last.part;
  };
  database.function("json_contains", { deterministic: true }, (json: string, part: string) =>
    contains(JSON.parse(json), toPart(part)) ? 1 : 0,
  );
  database.function("fold", { deterministic: true }, (text: string) => fold(text));
}
