// Many changes in one transaction, of which some may be refused.
import type { Kysely } from "kysely";
import { AppError } from "../../errors.ts";
import type { Schema } from "../schema.ts";

/** One result per given thing, in order. A change that throws an AppError must not have written anything yet: the error
 *  is its result. Any other error undoes all of them. */
export async function changeEach<Given, Result>(
  db: Kysely<Schema>,
  given: readonly Given[],
  change: (tx: Kysely<Schema>, one: Given) => Promise<Result>,
): Promise<readonly (Result | AppError)[]> {
  return db.transaction().execute(async (tx) => {
    const results: (Result | AppError)[] = [];
    for (const one of given) results.push(await change(tx, one).catch(toRefusal));
    return results;
  });
}

function toRefusal(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  throw thrown;
}
