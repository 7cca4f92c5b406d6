// Which model a data folder searches with, without opening the engine on it.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";

/** Name of its folder; undefined while there is none. */
export function currentModel(data: string): string | undefined {
  const file = join(data, "semblance.db");
  if (!existsSync(file)) return undefined;
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const sql = "SELECT name FROM spaces WHERE state = 'current'";
    return (database.prepare(sql).get() as { name: string } | undefined)?.name;
  } catch {
    return undefined; // of a version that kept no names
  } finally {
    database.close();
  }
}
