// Rows of the annotations table <-> annotations. The metadata and place of one that is about a whole input stand in
// that input's row.
import type { Kysely, Selectable } from "kysely";
import type { Annotation, NewAnnotation, PatchAction } from "./annotations.ts";
import type { App, Json } from "./engine.ts";
import type { Label } from "./labels.ts";
import { mergeJson, withoutKeys } from "./merge-json.ts";
import type { Place } from "./place.ts";
import type { Schema } from "./schema.ts";

/** An annotation's row with what it needs of its input's. */
export type AnnotationRow = Selectable<Schema["annotations"]> & {
  readonly input_id: string;
  readonly input_metadata: string;
  readonly input_latitude: number | null;
  readonly input_longitude: number | null;
};

/** All annotations of an app. */
export function selectAnnotations(db: Kysely<Schema>, app: App) {
  return db
    .selectFrom("annotations")
    .innerJoin("inputs", "inputs.row", "annotations.input")
    .selectAll("annotations")
    .select([
      "inputs.id as input_id",
      "inputs.metadata as input_metadata",
      "inputs.latitude as input_latitude",
      "inputs.longitude as input_longitude",
    ])
    .where("annotations.app", "=", app.row);
}

export function toAnnotation(row: AnnotationRow, labels: readonly Label[]): Annotation {
  return {
    row: row.row,
    id: row.id,
    inputId: row.input_id,
    isInputLevel: row.input_level === 1,
    statusCode: row.status_code,
    userId: row.user_id,
    taskId: row.task_id,
    modelVersionId: row.model_version,
    workflowVersionId: row.workflow_version,
    isTrusted: row.trusted === 1,
    info: JSON.parse(row.info),
    labels,
    metadata: metadataOf(row),
    place: placeOf(row),
    body: JSON.parse(row.body),
    createdAt: new Date(row.created_ms),
    modifiedAt: new Date(row.modified_ms),
  };
}

export function metadataOf(row: AnnotationRow): Json {
  return JSON.parse((row.input_level === 1 ? row.input_metadata : row.metadata) ?? "{}");
}

function placeOf(row: AnnotationRow): Place | null {
  const isOwn = row.input_level === 0;
  const latitude = isOwn ? row.latitude : row.input_latitude;
  const longitude = isOwn ? row.longitude : row.input_longitude;
  return latitude === null || longitude === null ? null : { latitude, longitude };
}

type Columns = Partial<Selectable<Schema["annotations"]>>;

/** Columns that name who and what; only those that are given. */
export function toColumns(annotation: Partial<NewAnnotation>): Columns {
  const { statusCode, userId, taskId, modelVersionId, workflowVersionId, isTrusted } = annotation;
  return {
    ...(statusCode !== undefined && { status_code: statusCode }),
    ...(userId !== undefined && { user_id: userId }),
    ...(taskId !== undefined && { task_id: taskId }),
    ...(modelVersionId !== undefined && { model_version: modelVersionId }),
    ...(workflowVersionId !== undefined && { workflow_version: workflowVersionId }),
    ...(isTrusted !== undefined && { trusted: isTrusted ? 1 : 0 }),
  };
}

/** Columns of its content, as they are after a patch. "remove" leaves the body. */
export function patchedContent(
  row: AnnotationRow,
  { info, body, shapes = [], tracks = [] }: Partial<NewAnnotation>,
  action: PatchAction,
): Columns {
  const columns: Columns = {};
  if (info) columns.info = JSON.stringify(patchJson(JSON.parse(row.info), info, action));
  if (!body || action === "remove") return columns;
  const isMerged = action === "merge";
  columns.body = JSON.stringify(isMerged ? mergeJson(JSON.parse(row.body), body, "byId") : body);
  columns.shapes = toFramed([...(isMerged ? fromFramed(row.shapes) : []), ...shapes]);
  columns.tracks = toFramed([...(isMerged ? fromFramed(row.tracks) : []), ...tracks]);
  return columns;
}

function patchJson(old: Json, given: Json, action: PatchAction): Json {
  if (action === "overwrite") return given;
  return action === "merge" ? mergeJson(old, given) : withoutKeys(old, given);
}

/** Metadata and place as columns, of an annotation or of an input. */
export function patchedMetadata(
  old: Json,
  { metadata, place }: { readonly metadata?: Json; readonly place?: Place | null },
  action: PatchAction,
): { metadata?: string; latitude?: number | null; longitude?: number | null } {
  const kept = action === "remove" ? null : place;
  return {
    ...(metadata && { metadata: JSON.stringify(patchJson(old, metadata, action)) }),
    ...(place !== undefined && {
      latitude: kept?.latitude ?? null,
      longitude: kept?.longitude ?? null,
    }),
  };
}

/** ",box,mask,": each can be found with a comma before and behind it; "" for none. */
export function toFramed(words: readonly string[]): string {
  return words.length === 0 ? "" : `,${[...new Set(words)].join(",")},`;
}

function fromFramed(list: string): readonly string[] {
  return list.split(",").filter((word) => word !== "");
}
