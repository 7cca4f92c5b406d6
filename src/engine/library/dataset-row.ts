// A row of the datasets table -> a dataset, and how versions share that table.
import { type Kysely, type Selectable, sql } from "kysely";
import type { App, Json } from "../engine.ts";
import type { Schema } from "../schema.ts";
import type { Dataset, DatasetChange } from "./datasets.ts";
import { checkedId, idExists, noSuchId } from "./ids.ts";

// A version is a dataset of its own under "dataset/version". No id holds a slash, so the two never mix.
const SLASH = "/";

/** The id under which a version stands among the datasets. */
export function versionKey(datasetId: string, versionId: string): string {
  return datasetId + SLASH + versionId;
}

export function isVersionKey(id: string): boolean {
  return id.includes(SLASH);
}

/** Bounds of the keys of all versions of a dataset: from the first, to before the second. "0" follows "/". */
export function versionKeys(datasetId: string): readonly [string, string] {
  return [`${datasetId}/`, `${datasetId}0`];
}

/** `of`: what it is called in an error. @throws AppError "id_exists" */
export async function insertDataset(
  tx: Kysely<Schema>,
  app: App,
  dataset: { readonly key: string; readonly details?: Json | undefined },
  of: { readonly id: string; readonly what: string },
): Promise<Dataset> {
  const now = Date.now();
  const row = await tx
    .insertInto("datasets")
    .values({
      app: app.row,
      id: dataset.key,
      details: JSON.stringify(dataset.details ?? {}),
      created_ms: now,
      modified_ms: now,
    })
    .onConflict((oc) => oc.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw idExists(of.id, of.what);
  return toDataset(row);
}

/** @throws AppError "not_found", "id_exists", "invalid_request" for an id that is no id */
export async function updateDataset(
  tx: Kysely<Schema>,
  app: App,
  { id, newId, details }: DatasetChange,
): Promise<Dataset> {
  const isRenamed = newId !== undefined && newId !== id;
  if (isRenamed) await rename(tx, app, id, newId);
  const row = await tx
    .updateTable("datasets")
    .set({
      ...(details !== undefined && { details: JSON.stringify(details) }),
      modified_ms: Date.now(),
    })
    .where("app", "=", app.row)
    .where("id", "=", newId ?? id)
    .where("id", "not like", "%/%")
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw noSuchId(id, "a dataset");
  return toDataset(row);
}

// With its versions, whose keys start with its id.
async function rename(tx: Kysely<Schema>, app: App, id: string, newId: string): Promise<void> {
  const isTaken = await tx
    .selectFrom("datasets")
    .select("row")
    .where("app", "=", app.row)
    .where("id", "=", checkedId(newId, "the dataset"))
    .executeTakeFirst();
  if (isTaken !== undefined) throw idExists(newId, "the dataset");
  const [from, to] = versionKeys(id);
  await tx
    .updateTable("datasets")
    .set({ id: sql<string>`${newId} || substr(id, length(${id}) + 1)` })
    .where("app", "=", app.row)
    .where((eb) => eb.or([eb("id", "=", id), eb.and([eb("id", ">=", from), eb("id", "<", to)])]))
    .execute();
}

/** A version goes by the id that it has within its dataset. */
export function toDataset(row: Selectable<Schema["datasets"]>): Dataset {
  return {
    row: row.row,
    id: row.id.slice(row.id.lastIndexOf(SLASH) + 1),
    details: JSON.parse(row.details),
    createdAt: new Date(row.created_ms),
    modifiedAt: new Date(row.modified_ms),
  };
}
