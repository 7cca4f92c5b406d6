// Wildcards of names: "*" matches anything, also nothing; upper and lower case are the same.
import { type RawBuilder, sql } from "kysely";
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";

/** The condition that a column matches the pattern or, with `isPrefix`, starts with it.
 *  @throws AppError "invalid_request" for one that is too long */
export function like(column: string, pattern: string, isPrefix = false): RawBuilder<boolean> {
  if (pattern.length > LIMITS.patternLength) {
    throw new AppError(
      "invalid_request",
      `Expected at most ${LIMITS.patternLength} characters for the pattern but received ${pattern.length}.`,
    );
  }
  const escaped = pattern.replace(/[\\%_]/g, "\\$&").replaceAll("*", "%") + (isPrefix ? "%" : "");
  return sql<boolean>`${sql.ref(column)} LIKE ${escaped} ESCAPE '\\'`;
}
