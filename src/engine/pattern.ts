// Wildcards of names: "*" matches anything, also nothing; upper and lower case are the same.
import { type RawBuilder, sql } from "kysely";

/** The condition that a column matches the pattern. */
export function like(column: string, pattern: string): RawBuilder<boolean> {
  const escaped = pattern.replace(/[\\%_]/g, "\\$&").replaceAll("*", "%");
  return sql<boolean>`${sql.ref(column)} LIKE ${escaped} ESCAPE '\\'`;
}
