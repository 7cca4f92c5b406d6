// What happens to annotations, inside of a transaction: rows and labels of one that is new, patched or deleted.
import { type Kysely, sql } from "kysely";
import { AppError } from "../../errors.ts";
import type { App } from "../engine.ts";
import { checkedPlace } from "../place.ts";
import type { Schema } from "../schema.ts";
import { isIn } from "../sqlite.ts";
import {
  type AnnotationRow,
  metadataOf,
  patchedContent,
  patchedMetadata,
  toBodyColumns,
  toColumns,
} from "./annotation-row.ts";
import type { NewAnnotation, PatchAction } from "./annotations.ts";
import { checkedId, idExists, newId, noSuchId } from "./ids.ts";
import { checkLabels, patchLabels } from "./labels.ts";
import { regionIds } from "./regions.ts";

/** Before anything of it is written. @throws AppError "invalid_request" */
export function checkContent({ labels, place }: Pick<NewAnnotation, "labels" | "place">): void {
  if (labels) checkLabels(labels);
  if (place) checkedPlace(place, "an annotation");
}

/** Inserts a checked annotation and returns its row. @throws AppError "not_found", "id_exists", "invalid_request" */
export async function insertAnnotation(
  tx: Kysely<Schema>,
  app: App,
  annotation: NewAnnotation,
): Promise<number> {
  const {
    labels = [],
    metadata,
    place,
    info = {},
    body = {},
    shapes = [],
    tracks = [],
  } = annotation;
  const id = annotation.id === undefined ? newId() : checkedId(annotation.id, "the annotation");
  const now = Date.now();
  const inserted = await tx
    .insertInto("annotations")
    .values({
      app: app.row,
      input: await inputRow(tx, app, annotation.inputId),
      id,
      input_level: 0,
      info: JSON.stringify(info),
      ...toBodyColumns(body, { shapes, tracks }),
      metadata: metadata ? JSON.stringify(metadata) : null,
      latitude: place?.latitude ?? null,
      longitude: place?.longitude ?? null,
      created_ms: now,
      modified_ms: now,
      ...toColumns(annotation),
    })
    .onConflict((oc) => oc.doNothing())
    .returning("row")
    .executeTakeFirst();
  if (inserted === undefined) throw idExists(id, "the annotation");
  await patchLabels(tx, app, inserted.row, labels, "merge");
  return inserted.row;
}

/** Applies a checked patch. An input's own row gets a new patched_ms but no new modified_ms: the queue tells by that
 *  whether an input was queued again. */
export async function patchAnnotation(
  tx: Kysely<Schema>,
  app: App,
  row: AnnotationRow,
  patch: Partial<NewAnnotation>,
  action: PatchAction,
): Promise<void> {
  const isInputLevel = row.input_level === 1;
  const metadata = patchedMetadata(metadataOf(row), patch, action);
  const gone = action === "remove" ? removedRegions(patch) : [];
  const now = Date.now();
  const columns = {
    ...(action !== "remove" && toColumns(patch)),
    ...patchedContent(row, patch, action, gone),
    ...(!isInputLevel && metadata),
    modified_ms: now,
  };
  await tx.updateTable("annotations").set(columns).where("row", "=", row.row).execute();
  if (isInputLevel) {
    const ofInput = { ...metadata, patched_ms: now };
    await tx.updateTable("inputs").set(ofInput).where("row", "=", row.input).execute();
  }
  if (action === "overwrite" && patch.body) await dropRegionLabels(tx, row.row);
  if (gone.length > 0) await dropRegionLabels(tx, row.row, gone);
  if (patch.labels) await patchLabels(tx, app, row.row, patch.labels, action);
}

/** Deletes annotations, but only empties those of whole inputs; returns how many there were. */
export async function deleteAnnotations(
  tx: Kysely<Schema>,
  app: App,
  which: { readonly inputIds?: readonly string[]; readonly ids?: readonly string[] },
): Promise<number> {
  const rows = await findRows(tx, app, which);
  const whole = rows.filter((row) => row.input_level === 1).map(({ row }) => row);
  const parts = rows.filter((row) => row.input_level === 0).map(({ row }) => row);
  const now = Date.now();
  const empty = { info: "{}", ...toBodyColumns({}), modified_ms: now };
  await tx.deleteFrom("annotations").where(isIn("row", parts)).execute();
  await tx.deleteFrom("labels").where(isIn("annotation", whole)).execute();
  await tx.updateTable("annotations").set(empty).where(isIn("row", whole)).execute();
  const inputs = tx.selectFrom("annotations").select("input").where(isIn("row", whole));
  await tx.updateTable("inputs").set({ patched_ms: now }).where("row", "in", inputs).execute();
  return rows.length;
}

async function inputRow(tx: Kysely<Schema>, app: App, id: string): Promise<number> {
  const input = await tx
    .selectFrom("inputs")
    .select("row")
    .where("app", "=", app.row)
    .where("id", "=", id)
    .executeTakeFirst();
  if (input === undefined) throw noSuchId(id, "an input");
  return input.row;
}

// A region that is named with concepts loses these and stays.
function removedRegions({ body, labels = [] }: Partial<NewAnnotation>): readonly string[] {
  const kept = new Set(labels.map(({ region }) => region));
  return body ? regionIds(body).filter((id) => !kept.has(id)) : [];
}

// Of these regions, or of all: a new body has others.
async function dropRegionLabels(
  tx: Kysely<Schema>,
  annotation: number,
  regions?: readonly string[],
): Promise<void> {
  await tx
    .deleteFrom("labels")
    .where("annotation", "=", annotation)
    .where(regions ? isIn("region", regions) : sql<boolean>`region != ''`)
    .execute();
}

async function findRows(
  tx: Kysely<Schema>,
  app: App,
  { inputIds, ids }: { readonly inputIds?: readonly string[]; readonly ids?: readonly string[] },
): Promise<readonly { readonly row: number; readonly input_level: number }[]> {
  if (!inputIds && !ids) return [];
  if (inputIds && ids && inputIds.length !== ids.length) {
    throw new AppError(
      "invalid_request",
      `Expected as many input ids as annotation ids but received ${inputIds.length} and ${ids.length}.`,
    );
  }
  let query = tx
    .selectFrom("annotations")
    .innerJoin("inputs", "inputs.row", "annotations.input")
    .select(["annotations.row", "annotations.input_level", "annotations.id"])
    .select("inputs.id as input_id")
    .where("annotations.app", "=", app.row);
  if (ids) query = query.where(isIn("annotations.id", ids));
  if (inputIds) query = query.where("inputs.app", "=", app.row).where(isIn("inputs.id", inputIds));
  const rows = await query.execute();
  if (!inputIds || !ids) return rows;
  const pairs = new Set(ids.map((id, i) => JSON.stringify([inputIds[i], id])));
  return rows.filter((row) => pairs.has(JSON.stringify([row.input_id, row.id])));
}
