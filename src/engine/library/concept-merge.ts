// Concepts that become one, and concepts that go.
import { type Kysely, sql } from "kysely";
import { AppError } from "../../errors.ts";
import type { App } from "../engine.ts";
import type { Schema } from "../schema.ts";
import { isIn } from "../sqlite.ts";
import { findConcept } from "./app-concepts.ts";
import { noSuchId } from "./ids.ts";

/** `labels`: how many `into` got; `concepts`: how many went. */
export type Merged = { readonly labels: number; readonly concepts: number };

/** Gives the labels of `from` to `into`, which keeps its own where both have one, and deletes `from`.
 *  @throws AppError "not_found", "invalid_request" where `into` is one of `from` */
export async function mergeConcepts(
  tx: Kysely<Schema>,
  app: App,
  from: readonly string[],
  into: string,
): Promise<Merged> {
  if (from.includes(into)) {
    throw new AppError(
      "invalid_request",
      `Expected another concept to merge into but received ${into}, which is one of those that go.`,
    );
  }
  const target = await requireRow(tx, app, into);
  const sources: number[] = [];
  for (const id of new Set(from)) sources.push(await requireRow(tx, app, id));
  await touchInputs(tx, sources);
  const { numAffectedRows = 0n } = await sql`
    UPDATE OR IGNORE labels SET concept = ${target} WHERE ${isIn("concept", sources)}`.execute(tx);
  await tx.deleteFrom("concepts").where(isIn("row", sources)).execute();
  return { labels: Number(numAffectedRows), concepts: sources.length };
}

/** Deletes concepts with their labels; returns how many existed. */
export async function deleteConcepts(
  tx: Kysely<Schema>,
  app: App,
  ids: readonly string[],
): Promise<number> {
  const rows = await tx
    .selectFrom("concepts")
    .select("row")
    .where("app", "=", app.row)
    .where(isIn("id", ids))
    .execute();
  const gone = rows.map(({ row }) => row);
  await touchInputs(tx, gone);
  await tx.deleteFrom("concepts").where(isIn("row", gone)).execute();
  return gone.length;
}

// Inputs whose labels change are changed: see Input.modifiedAt.
async function touchInputs(tx: Kysely<Schema>, concepts: readonly number[]): Promise<void> {
  await sql`
    UPDATE inputs SET patched_ms = ${Date.now()} WHERE row IN (
      SELECT input FROM annotations WHERE row IN (
        SELECT annotation FROM labels WHERE ${isIn("concept", concepts)}))`.execute(tx);
}

async function requireRow(tx: Kysely<Schema>, app: App, id: string): Promise<number> {
  const concept = await findConcept(tx, app, { id });
  if (concept) return concept.row;
  throw noSuchId(id, "a concept");
}
