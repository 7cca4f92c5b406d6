// What a new input must fulfil to get a row, and all that is written with it: labels and datasets.
import { randomBytes } from "node:crypto";
import type { Kysely } from "kysely";
import { AppError } from "../errors.ts";
import type { App, Input } from "./engine.ts";
import { toInput } from "./input-row.ts";
import { isVersionKey } from "./library/dataset-row.ts";
import { checkedId, idExists, noSuchId } from "./library/ids.ts";
import { insertLabels, type NewLabel } from "./library/labels.ts";
import type { NewRow } from "./queue.ts";
import type { Schema } from "./schema.ts";

/** `datasets`: ids. `isSuffixed`: a taken id is made free with a suffix. */
export type Candidate = {
  readonly row: NewRow;
  readonly labels: readonly NewLabel[];
  readonly datasets: readonly string[];
  /** Another input may have its URL. */
  readonly isUrlShared: boolean;
  readonly isSuffixed: boolean;
};

/** In a transaction, which an error must roll back.
 *  @throws AppError "duplicate_url", "id_exists", "not_found" for a dataset, "invalid_request" for a label */
export async function admit(tx: Kysely<Schema>, app: App, candidate: Candidate): Promise<Input> {
  if (!candidate.isUrlShared) await requireNewUrl(tx, app, candidate.row);
  const datasets = await datasetRows(tx, app, candidate.datasets);
  const input = await insertFree(tx, app, candidate);
  for (const dataset of datasets) {
    const values = { dataset, input: input.row, created_ms: input.createdAt.getTime() };
    await tx.insertInto("dataset_inputs").values(values).execute();
  }
  if (candidate.labels.length > 0) await insertLabels(tx, app, input.row, candidate.labels);
  return input;
}

/** Inserts one input; undefined if its id or path exists. */
export async function insertInput(
  tx: Kysely<Schema>,
  app: App,
  row: NewRow,
): Promise<Input | undefined> {
  const now = Date.now();
  const inserted = await tx
    .insertInto("inputs")
    .values({
      app: app.row,
      status: "pending",
      width_px: 0,
      height_px: 0,
      metadata: "{}",
      allow_duplicate: 0,
      created_ms: now,
      modified_ms: now,
      ...row,
    })
    .onConflict((oc) => oc.doNothing())
    .returningAll()
    .executeTakeFirst();
  return inserted && toInput(inserted);
}

// Clarifai's words: clients look for them.
async function requireNewUrl(tx: Kysely<Schema>, app: App, row: NewRow): Promise<void> {
  if (row.url === undefined || row.url === null) return;
  const known = await tx
    .selectFrom("inputs")
    .select("id")
    .where("app", "=", app.row)
    .where("url", "=", row.url)
    .where("status", "in", ["pending", "processed"])
    .executeTakeFirst();
  if (!known) return;
  throw new AppError(
    "duplicate_url",
    `Duplicate URL in your application: input ${known.id} has it already.`,
    { details: { id: known.id } },
  );
}

async function datasetRows(
  tx: Kysely<Schema>,
  app: App,
  ids: readonly string[],
): Promise<ReadonlySet<number>> {
  const rows = new Set<number>();
  for (const id of ids) {
    const found = await tx
      .selectFrom("datasets")
      .select("row")
      .where("app", "=", app.row)
      .where("id", "=", id)
      .executeTakeFirst();
    if (!found || isVersionKey(id)) throw noSuchId(id, "a dataset");
    rows.add(found.row);
  }
  return rows;
}

// Clarifai's order of suffixes.
async function insertFree(
  tx: Kysely<Schema>,
  app: App,
  { row, isSuffixed }: Candidate,
): Promise<Input> {
  const suffixes = ["-1", "-2", "-3", "-4", "-5", "-6", "-7", "-8", "-9"];
  suffixes.push(`-${randomBytes(8).toString("hex")}`);
  for (const suffix of ["", ...(isSuffixed ? suffixes : [])]) {
    const id = checkedId(row.id + suffix, "the input");
    const input = await insertInput(tx, app, { ...row, id });
    if (input) return input;
  }
  throw idExists(row.id, "the input");
}
