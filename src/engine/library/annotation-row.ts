// Rows of the annotations table <-> annotations. The metadata and place of one that is about a whole input stand in
// that input's row.
import type { Kysely, Selectable } from "kysely";
import type { App, Json } from "../engine.ts";
import type { Place } from "../place.ts";
import type { Schema } from "../schema.ts";
import { isIn } from "../sqlite.ts";
import type { Annotation, NewAnnotation, PatchAction } from "./annotations.ts";
import type { Label } from "./labels.ts";
import { mergeJson, withoutKeys } from "./merge-json.ts";
import { describeRegions, withoutRegions } from "./regions.ts";

/** An annotation's row with what it needs of its input's. */
export type AnnotationRow = Selectable<Schema["annotations"]> & {
  readonly input_id: string;
  readonly input_metadata: string;
  readonly input_latitude: number | null;
  readonly input_longitude: number | null;
};

/** All annotations of an app. */
export function selectAnnotations(db: Kysely<Schema>, app: App) {
  return selectAll(db).where("annotations.app", "=", app.row);
}

/** Those of some inputs. The app is left to the inputs, else SQLite goes through all annotations of the app. */
export function selectOfInputs(db: Kysely<Schema>, app: App, ids: readonly string[]) {
  const inputs = db.selectFrom("inputs").select("row").where("app", "=", app.row);
  return selectAll(db).where("annotations.input", "in", inputs.where(isIn("id", ids)));
}

function selectAll(db: Kysely<Schema>) {
  return db
    .selectFrom("annotations")
    .innerJoin("inputs", "inputs.row", "annotations.input")
    .selectAll("annotations")
    .select([
      "inputs.id as input_id",
      "inputs.metadata as input_metadata",
      "inputs.latitude as input_latitude",
      "inputs.longitude as input_longitude",
    ]);
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

/** Columns of its content, as they are after a patch. `gone`: ids of the regions that "remove" takes away. */
export function patchedContent(
  row: AnnotationRow,
  { info, body, shapes = [], tracks = [] }: Partial<NewAnnotation>,
  action: PatchAction,
  gone: readonly string[],
): Columns {
  const patchedInfo = info && JSON.stringify(patchJson(JSON.parse(row.info), info, action));
  return {
    ...(patchedInfo !== undefined && { info: patchedInfo }),
    ...(body && action === "overwrite" && toBodyColumns(body, { shapes, tracks })),
    ...(body && action === "merge" && toBodyColumns(mergeJson(JSON.parse(row.body), body, "byId"))),
    ...(gone.length > 0 && toBodyColumns(withoutRegions(JSON.parse(row.body), gone))),
  };
}

/** `regions`: what the body has. */
export function toBodyColumns(
  body: Json,
  regions: {
    readonly shapes: readonly string[];
    readonly tracks: readonly string[];
  } = describeRegions(body),
): Pick<Selectable<Schema["annotations"]>, "body" | "shapes" | "tracks"> {
  return {
    body: JSON.stringify(body),
    shapes: toFramed(regions.shapes),
    tracks: JSON.stringify(regions.tracks),
  };
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

// ",box,mask,": each can be found with a comma before and behind it; "" for none.
function toFramed(words: readonly string[]): string {
  return words.length === 0 ? "" : `,${[...new Set(words)].join(",")},`;
}
