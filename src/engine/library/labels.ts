// Labels: concepts that people gave to an annotation, with values.
import type { Kysely } from "kysely";
import { AppError } from "../../errors.ts";
import type { App } from "../engine.ts";
import type { Schema } from "../schema.ts";
import { CHUNK, isIn } from "../sqlite.ts";
import type { PatchAction } from "./annotations.ts";
import { checkConcept, findConcept, insertConcept } from "./app-concepts.ts";

/** A concept by id, by name or both; a new one is made of what is given. `value` 0..1: 0 says that it is not there. */
export type NewLabel = {
  readonly id?: string;
  readonly name?: string;
  readonly value: number;
  /** Id of the region it belongs to; absent: the whole image. */
  readonly region?: string;
};

export type Label = {
  readonly id: string;
  readonly name: string;
  readonly value: number;
  /** "" for the whole image. */
  readonly region: string;
};

/** @throws AppError "invalid_request" */
export function checkLabels(labels: readonly NewLabel[]): void {
  for (const label of labels) {
    checkConcept(label);
    if (label.value >= 0 && label.value <= 1) continue; // false for NaN
    throw new AppError(
      "invalid_request",
      `Expected 0 to 1 for the value of concept ${label.id || label.name} but received ${label.value}.`,
    );
  }
}

/** Labels a new input as a whole, in the transaction that inserts it. Labels with nothing but an id are named by it:
 *  see AppConcepts.withNames. @throws AppError "invalid_request" */
export async function insertLabels(
  tx: Kysely<Schema>,
  app: App,
  inputRow: number,
  labels: readonly NewLabel[],
): Promise<void> {
  checkLabels(labels);
  const { row } = await tx
    .selectFrom("annotations")
    .select("row")
    .where("input", "=", inputRow)
    .where("input_level", "=", 1)
    .executeTakeFirstOrThrow();
  await addLabels(tx, app, row, labels);
}

/** Changes the checked labels of an annotation. "merge" keeps the others and the order, "overwrite" replaces those of
 *  the regions that are named (of the whole image if the list is empty), "remove" ignores values. */
export async function patchLabels(
  tx: Kysely<Schema>,
  app: App,
  annotation: number,
  labels: readonly NewLabel[],
  action: PatchAction,
): Promise<void> {
  if (action === "remove") return removeLabels(tx, app, annotation, labels);
  if (action === "overwrite") {
    const regions = labels.length === 0 ? [""] : labels.map(({ region = "" }) => region);
    await tx
      .deleteFrom("labels")
      .where("annotation", "=", annotation)
      .where(isIn("region", [...new Set(regions)]))
      .execute();
  }
  await addLabels(tx, app, annotation, labels);
}

/** Labels of annotations by row, in the order in which they were given. */
export async function readLabels(
  db: Kysely<Schema>,
  annotations: readonly number[],
): Promise<ReadonlyMap<number, readonly Label[]>> {
  const labels = new Map<number, Label[]>();
  for (let start = 0; start < annotations.length; start += CHUNK) {
    const rows = await db
      .selectFrom("labels")
      .innerJoin("concepts", "concepts.row", "labels.concept")
      .select(["labels.annotation", "concepts.id", "concepts.name", "labels.value"])
      .select("labels.region")
      .where("labels.annotation", "in", annotations.slice(start, start + CHUNK))
      .orderBy("labels.row")
      .execute();
    for (const { annotation, ...label } of rows) {
      const known = labels.get(annotation);
      if (known) known.push(label);
      else labels.set(annotation, [label]);
    }
  }
  return labels;
}

// A label that is there keeps its row, so that it keeps its place.
async function addLabels(
  tx: Kysely<Schema>,
  app: App,
  annotation: number,
  labels: readonly NewLabel[],
): Promise<void> {
  for (const label of labels) {
    const { value, region = "" } = label;
    const concept = (await findConcept(tx, app, label)) ?? (await insertConcept(tx, app, label));
    await tx
      .insertInto("labels")
      .values({ annotation, concept: concept.row, region, value })
      .onConflict((oc) => oc.columns(["annotation", "region", "concept"]).doUpdateSet({ value }))
      .execute();
  }
}

async function removeLabels(
  tx: Kysely<Schema>,
  app: App,
  annotation: number,
  labels: readonly NewLabel[],
): Promise<void> {
  for (const label of labels) {
    const concept = await findConcept(tx, app, label);
    if (concept === undefined) continue;
    await tx
      .deleteFrom("labels")
      .where("annotation", "=", annotation)
      .where("concept", "=", concept.row)
      .where("region", "=", label.region ?? "")
      .execute();
  }
}
