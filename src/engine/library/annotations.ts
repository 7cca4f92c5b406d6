// Annotations: what people say about an input or a part of it. Every input has one that is about all of it.
import { type Kysely, sql } from "kysely";
import type { AppError } from "../../errors.ts";
import type { App, Input, Json } from "../engine.ts";
import { toInput } from "../input-row.ts";
import type { Place } from "../place.ts";
import type { Schema } from "../schema.ts";
import { isIn } from "../sqlite.ts";
import {
  checkContent,
  deleteAnnotations,
  insertAnnotation,
  patchAnnotation,
} from "./annotation-changes.ts";
import {
  type AnnotationRow,
  selectAnnotations,
  selectOfInputs,
  toAnnotation,
} from "./annotation-row.ts";
import type { AppConcepts } from "./app-concepts.ts";
import { changeEach } from "./batch.ts";
import { noSuchId } from "./ids.ts";
import { type Label, type NewLabel, readLabels } from "./labels.ts";

/** How new labels, metadata and the like meet those that are there. */
export type PatchAction = "merge" | "overwrite" | "remove";

export type Annotation = {
  readonly row: number;
  readonly id: string;
  readonly inputId: string;
  readonly isInputLevel: boolean;
  /** Clarifai's, such as 24150 (success). */
  readonly statusCode: number;
  readonly userId: string;
  readonly taskId: string;
  readonly modelVersionId: string;
  readonly workflowVersionId: string;
  readonly isTrusted: boolean;
  readonly info: Json;
  /** In the order in which they were given. */
  readonly labels: readonly Label[];
  readonly metadata: Json;
  readonly place: Place | null;
  /** Regions and whatever else it says, as it came. */
  readonly body: Json;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
};

export type NewAnnotation = {
  readonly inputId: string;
  /** Generated when absent. */
  readonly id?: string;
  readonly statusCode?: number;
  readonly userId?: string;
  readonly taskId?: string;
  readonly modelVersionId?: string;
  readonly workflowVersionId?: string;
  readonly isTrusted?: boolean;
  readonly info?: Json;
  readonly labels?: readonly NewLabel[];
  readonly metadata?: Json;
  readonly place?: Place | null;
  readonly body?: Json;
  /** What kinds of regions are in the body, and their track ids; read from the body where patches merge. */
  readonly shapes?: readonly string[];
  readonly tracks?: readonly string[];
};

/** What changes about an input; absent: nothing. Metadata merge key by key, deeply. */
export type InputPatch = {
  readonly id: string;
  readonly labels?: readonly NewLabel[];
  readonly metadata?: Json;
  readonly place?: Place | null;
};

/** All that is given must hold, but of the workers (users and versions of models and workflows) any one. */
export type AnnotationFilter = {
  readonly ids?: readonly string[];
  readonly inputIds?: readonly string[];
  readonly userIds?: readonly string[];
  readonly modelVersionIds?: readonly string[];
  readonly workflowVersionIds?: readonly string[];
  readonly taskId?: string;
  readonly statusCodes?: readonly number[];
};

export class Annotations {
  readonly #db: Kysely<Schema>;
  readonly #concepts: AppConcepts;

  constructor(db: Kysely<Schema>, concepts: AppConcepts) {
    this.#db = db;
    this.#concepts = concepts;
  }

  /** One result per annotation, in order; the good ones are stored in one transaction.
   *  Errors: "not_found" (input), "id_exists", "invalid_request". */
  async create(
    app: App,
    annotations: readonly NewAnnotation[],
  ): Promise<readonly (Annotation | AppError)[]> {
    return changeEach(this.#db, annotations, async (tx, annotation) => {
      const row = await insertAnnotation(tx, app, this.#checked(annotation));
      return readOne(tx, app, row);
    });
  }

  /** `id` and `inputId` name it. "merge" keeps what is not named and tells regions apart by their ids; "overwrite"
   *  replaces each field that is given; "remove" takes away the labels, keys and place that are given, and with their
   *  labels the regions that are named without any.
   *  Errors: "not_found", "invalid_request". */
  async patch(
    app: App,
    patches: readonly (NewAnnotation & { readonly id: string })[],
    action: PatchAction,
  ): Promise<readonly (Annotation | AppError)[]> {
    return changeEach(this.#db, patches, async (tx, patch) => {
      const checked = this.#checked(patch);
      const row = await selectOfInputs(tx, app, [patch.inputId])
        .where("annotations.id", "=", patch.id)
        .executeTakeFirst();
      if (row === undefined) throw noSuchId(patch.id, "an annotation");
      await patchAnnotation(tx, app, row, checked, action);
      return readOne(tx, app, row.row);
    });
  }

  /** Changes inputs through their input-level annotations; one result per patch, in order.
   *  Errors: "not_found", "invalid_request". */
  async patchInputs(
    app: App,
    patches: readonly InputPatch[],
    action: PatchAction,
  ): Promise<readonly (Input | AppError)[]> {
    return changeEach(this.#db, patches, async (tx, { id, ...patch }) => {
      const checked = this.#checked(patch);
      const row = await selectOfInputs(tx, app, [id])
        .where("annotations.input_level", "=", 1)
        .executeTakeFirst();
      if (row === undefined) throw noSuchId(id, "an input");
      await patchAnnotation(tx, app, row, checked, action);
      const input = tx.selectFrom("inputs").selectAll().where("row", "=", row.input);
      return toInput(await input.executeTakeFirstOrThrow());
    });
  }

  async get(app: App, inputId: string, id: string): Promise<Annotation | undefined> {
    const query = selectOfInputs(this.#db, app, [inputId]).where("annotations.id", "=", id);
    return (await read(this.#db, await query.execute()))[0];
  }

  /** Newest first. */
  async list(
    app: App,
    page: AnnotationFilter & { readonly offset: number; readonly limit: number },
  ): Promise<readonly Annotation[]> {
    const { limit, offset } = page;
    const query = this.#matching(app, page).orderBy("annotations.row", "desc");
    return read(this.#db, await query.limit(limit).offset(offset).execute());
  }

  async count(app: App, filter: AnnotationFilter): Promise<number> {
    const { count } = await this.#matching(app, filter)
      .clearSelect()
      .select(sql<number>`count(*)`.as("count"))
      .executeTakeFirstOrThrow();
    return count;
  }

  /** By row; those that are gone are left out. */
  async at(app: App, rows: readonly number[]): Promise<ReadonlyMap<number, Annotation>> {
    const found = await selectAnnotations(this.#db, app)
      .where(isIn("annotations.row", rows))
      .execute();
    const annotations = await read(this.#db, found);
    return new Map(annotations.map((annotation) => [annotation.row, annotation]));
  }

  /** Deletes annotations of inputs, or by ids of any input, or the pairs if both are given. Of an input-level one go
   *  only labels, info and body: it stays, and so do metadata and place, which are its input's. Returns how many. */
  async delete(
    app: App,
    which: { readonly inputIds?: readonly string[]; readonly ids?: readonly string[] },
  ): Promise<number> {
    return this.#db.transaction().execute((tx) => deleteAnnotations(tx, app, which));
  }

  /** Labels on the whole of these inputs, by input row, in the order given. */
  async labelsOf(inputs: readonly Input[]): Promise<ReadonlyMap<number, readonly Label[]>> {
    const rows = await this.#db
      .selectFrom("annotations")
      .select(["row", "input"])
      .where("input_level", "=", 1)
      .where(
        isIn(
          "input",
          inputs.map(({ row }) => row),
        ),
      )
      .execute();
    const labels = await readLabels(
      this.#db,
      rows.map(({ row }) => row),
    );
    const ofWhole = (row: number) => (labels.get(row) ?? []).filter(({ region }) => region === "");
    return new Map(rows.map(({ row, input }) => [input, ofWhole(row)]));
  }

  #matching(app: App, filter: AnnotationFilter) {
    const { ids, inputIds, taskId, statusCodes } = filter;
    let query = inputIds
      ? selectOfInputs(this.#db, app, inputIds)
      : selectAnnotations(this.#db, app);
    if (ids) query = query.where(isIn("annotations.id", ids));
    if (taskId !== undefined) query = query.where("annotations.task_id", "=", taskId);
    if (statusCodes) query = query.where(isIn("annotations.status_code", statusCodes));
    const workers = Object.entries({
      user_id: filter.userIds,
      model_version: filter.modelVersionIds,
      workflow_version: filter.workflowVersionIds,
    }).flatMap(([column, values]) => (values ? [isIn(`annotations.${column}`, values)] : []));
    return workers.length === 0 ? query : query.where((eb) => eb.or(workers));
  }

  #checked<T extends Pick<NewAnnotation, "labels" | "place">>(annotation: T): T {
    checkContent(annotation);
    const { labels } = annotation;
    return labels ? { ...annotation, labels: this.#concepts.withNames(labels) } : annotation;
  }
}

async function readOne(tx: Kysely<Schema>, app: App, row: number): Promise<Annotation> {
  const found = selectAnnotations(tx, app).where("annotations.row", "=", row);
  const [annotation] = await read(tx, [await found.executeTakeFirstOrThrow()]);
  return annotation as Annotation;
}

async function read(
  db: Kysely<Schema>,
  rows: readonly AnnotationRow[],
): Promise<readonly Annotation[]> {
  const labels = await readLabels(
    db,
    rows.map(({ row }) => row),
  );
  return rows.map((row) => toAnnotation(row, labels.get(row.row) ?? []));
}
