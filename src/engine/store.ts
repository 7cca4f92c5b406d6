// Apps, inputs, vectors and predictions in one SQLite file: the source of truth. State changes are
// transactions here; everything else (index, snapshot, thumbnails) can be made again from it.
import { join } from "node:path";
import type { DatabaseSyncInstance } from "@photostructure/sqlite";
import { type Kysely, sql } from "kysely";
import type { App, Input, InputStatus } from "./engine.ts";
import { CopyRecords } from "./explore/copy-records.ts";
import { Explorations } from "./explore/explorations.ts";
import { FactRows } from "./facts/fact-rows.ts";
import { DownloadQueue } from "./fetch/download-queue.ts";
import { FacetCounts } from "./filter/facets.ts";
import { Matches } from "./filter/matches.ts";
import { findPlaces, type Places } from "./filter/places.ts";
import { defineFunctions } from "./filter/sql-functions.ts";
import { type InputFilter, matching, toInput } from "./input-row.ts";
import { LabelRules } from "./labelling/label-rules.ts";
import { MachineAnnotations } from "./labelling/machine-annotations.ts";
import { Annotations } from "./library/annotations.ts";
import { AppConcepts } from "./library/app-concepts.ts";
import { Apps } from "./library/apps.ts";
import { Datasets } from "./library/datasets.ts";
import { Jobs } from "./library/jobs.ts";
import { Records } from "./library/records.ts";
import { FoundObjects } from "./objects/found-objects.ts";
import type { Filter } from "./query.ts";
import { Queue } from "./queue.ts";
import { Readings } from "./reading/readings.ts";
import { migrate, type Schema } from "./schema.ts";
import { SpaceRecords } from "./spaces/space-records.ts";
import { createKysely, isIn, openDatabase } from "./sqlite.ts";
import { TrainingData } from "./training/training-data.ts";
import { Vectors } from "./vectors.ts";
import { WordIndex } from "./words/word-index.ts";

/** What was deleted, for whoever holds derived bytes. */
export type Deleted = {
  readonly inputs: readonly Input[];
  readonly vectorRows: readonly number[];
  readonly objectRows: readonly number[];
};

export class Store {
  readonly annotations: Annotations;
  readonly apps: Apps;
  readonly concepts: AppConcepts;
  readonly copies: CopyRecords;
  readonly datasets: Datasets;
  readonly downloads: DownloadQueue;
  readonly facets: FacetCounts;
  readonly facts: FactRows;
  readonly explorations: Explorations;
  readonly jobs: Jobs;
  readonly labelRules: LabelRules;
  readonly machineAnnotations: MachineAnnotations;
  readonly matches: Matches;
  readonly objects: FoundObjects;
  readonly queue: Queue;
  readonly readings: Readings;
  readonly records: Records;
  readonly spaces: SpaceRecords;
  readonly trainingData: TrainingData;
  readonly vectors: Vectors;
  readonly words: WordIndex;
  readonly #database: DatabaseSyncInstance;
  readonly #db: Kysely<Schema>;

  private constructor(database: DatabaseSyncInstance, folder: string) {
    this.#database = database;
    this.#db = createKysely<Schema>(database);
    this.concepts = new AppConcepts(this.#db);
    this.annotations = new Annotations(this.#db, this.concepts);
    this.apps = new Apps(this.#db);
    this.copies = new CopyRecords(this.#db);
    this.datasets = new Datasets(this.#db);
    this.downloads = new DownloadQueue(this.#db);
    this.explorations = new Explorations(database, this.#db);
    this.facts = new FactRows(this.#db);
    this.jobs = new Jobs(this.#db);
    this.matches = new Matches(this.#db);
    this.facets = new FacetCounts(this.#db, this.matches);
    this.objects = new FoundObjects(database, this.#db);
    this.queue = new Queue(this.#db);
    this.readings = new Readings(this.#db);
    this.records = new Records(this.#db);
    this.labelRules = new LabelRules(this.#db, this.records);
    this.machineAnnotations = new MachineAnnotations(this.#db);
    this.spaces = new SpaceRecords(this.#db, folder);
    this.trainingData = new TrainingData(this.#db);
    this.vectors = new Vectors(database, this.#db);
    this.words = new WordIndex(database, this.#db);
  }

  /** @throws AppError "invalid_request" if a newer version wrote the folder */
  static open(folder: string): Store {
    const database = openDatabase(join(folder, "semblance.db"));
    migrate(database);
    defineFunctions(database);
    return new Store(database, folder);
  }

  async input(app: App, id: string): Promise<Input | undefined> {
    const row = await this.#inputs(app).where("id", "=", id).executeTakeFirst();
    return row && toInput(row);
  }

  async inputs(
    app: App,
    page: InputFilter & {
      readonly offset: number;
      readonly limit: number;
      readonly newestFirst?: boolean;
      readonly isById?: boolean;
      /** Only those that come behind it. */
      readonly after?: Pick<Input, "id" | "row">;
    },
  ): Promise<readonly Input[]> {
    const { after, newestFirst = false } = page;
    const key = page.isById ? "id" : "row";
    const direction = newestFirst ? "desc" : "asc";
    let query = matching(this.#inputs(app), page);
    if (after) query = query.where(key, newestFirst ? "<" : ">", after[key]);
    // Rows that the offset skips are read from an index, not from the wide table.
    const rows = query
      .clearSelect()
      .select("row")
      .orderBy(key, direction)
      .limit(page.limit)
      .offset(page.offset);
    const found = this.#db.selectFrom("inputs").selectAll().where("row", "in", rows);
    return (await found.orderBy(key, direction).execute()).map(toInput);
  }

  /** The oldest input with these bytes and one of these states, if any. */
  async inputWithBytes(
    app: { readonly row: number },
    sha256: string,
    statuses: readonly InputStatus[],
  ): Promise<Input | undefined> {
    const row = await this.#inputs(app)
      .where("sha256", "=", sha256)
      .where("status", "in", [...statuses])
      .orderBy("row")
      .executeTakeFirst();
    return row && toInput(row);
  }

  /** Whether an input still owns kept bytes of this content. One that was downloaded in vain does not. */
  async hasKeptBytes(app: { readonly row: number }, sha256: string): Promise<boolean> {
    const found = await this.#inputs(app)
      .where("sha256", "=", sha256)
      .where("path", "is", null)
      .where((eb) =>
        eb.or([
          eb("url", "is", null),
          eb("status", "in", ["pending", "processed"]),
          eb("format", "is not", null),
        ]),
      )
      .executeTakeFirst();
    return found !== undefined;
  }

  /** What is known of files at these paths. */
  async inputsAtPaths(app: App, paths: readonly string[]): Promise<ReadonlyMap<string, KnownFile>> {
    const rows = await this.#inputs(app).where(isIn("path", paths)).execute();
    return new Map(
      rows.map((row) => [
        row.path as string,
        { input: toInput(row), modifiedFileMs: row.modified_file_ms ?? 0 },
      ]),
    );
  }

  /** Where the inputs are that pass the filters. */
  async places(app: App, filters: readonly Filter[]): Promise<Places> {
    return findPlaces(this.#db, app, filters);
  }

  async countInputs(app: App): Promise<Readonly<Record<InputStatus, number>>> {
    const rows = await this.#db
      .selectFrom("inputs")
      .select(["status", sql<number>`count(*)`.as("count")])
      .where("app", "=", app.row)
      .groupBy("status")
      .execute();
    const counts = { pending: 0, processed: 0, failed: 0, duplicate: 0 };
    for (const { status, count } of rows) counts[status as InputStatus] = count;
    return counts;
  }

  /** Bytes of the originals that the app keeps, and rows of its newest processed inputs, at most `sampled`. */
  async sizes(
    app: App,
    sampled: number,
  ): Promise<{ readonly keptBytes: number; readonly sampledRows: readonly number[] }> {
    const { kept } = await this.#db
      .selectFrom("inputs")
      .select(sql<number | null>`sum(size_bytes)`.as("kept"))
      .where("app", "=", app.row)
      .where("path", "is", null)
      .executeTakeFirstOrThrow();
    const rows = await this.#db
      .selectFrom("inputs")
      .select("row")
      .where("app", "=", app.row)
      .where("status", "=", "processed")
      .orderBy("row", "desc")
      .limit(sampled)
      .execute();
    return { keptBytes: kept ?? 0, sampledRows: rows.map(({ row }) => row) };
  }

  async predictions(
    inputs: readonly Input[],
    space: number,
  ): Promise<ReadonlyMap<number, readonly (readonly [string, number])[]>> {
    const rows = await this.#db
      .selectFrom("predictions")
      .selectAll()
      .where("space", "=", space)
      .where(
        isIn(
          "input",
          inputs.map(({ row }) => row),
        ),
      )
      .execute();
    return new Map(rows.map(({ input, concepts }) => [input, JSON.parse(concepts)]));
  }

  /** Deletes inputs with all that hangs on them, in one transaction that nothing else gets into: removal.ts gives it
   *  few at a time. */
  async deleteInputs(app: App, ids: readonly string[]): Promise<Deleted> {
    return this.#db.transaction().execute((tx) => deleteInputs(tx, app, { ids }));
  }

  /** Deletes the oldest inputs of the app, at most `count`. */
  async deleteOldest(app: App, count: number): Promise<Deleted> {
    return this.#db.transaction().execute((tx) => deleteInputs(tx, app, { count }));
  }

  /** Deletes an app with all that is left in it. */
  async deleteApp(app: App): Promise<Deleted> {
    return this.#db.transaction().execute(async (tx) => {
      const deleted = await deleteInputs(tx, app, {});
      await tx.deleteFrom("apps").where("row", "=", app.row).execute();
      return deleted;
    });
  }

  close(): void {
    this.#database.close();
  }

  #inputs(app: { readonly row: number }) {
    return this.#db.selectFrom("inputs").selectAll().where("app", "=", app.row);
  }
}

async function deleteInputs(
  tx: Kysely<Schema>,
  app: App,
  { ids, count }: { readonly ids?: readonly string[]; readonly count?: number },
): Promise<Deleted> {
  let query = tx.selectFrom("inputs").selectAll().where("app", "=", app.row);
  if (ids) query = query.where(isIn("id", ids));
  if (count !== undefined) query = query.orderBy("row").limit(count);
  const inputs = (await query.execute()).map(toInput);
  const rows = inputs.map(({ row }) => row);
  const vectors = await tx
    .deleteFrom("vectors")
    .where(isIn("input", rows))
    .returning("row")
    .execute();
  const objects = await tx
    .deleteFrom("objects")
    .where(isIn("input", rows))
    .returning("row")
    .execute();
  await tx.deleteFrom("inputs").where(isIn("row", rows)).execute();
  return {
    inputs,
    vectorRows: vectors.map(({ row }) => row),
    objectRows: objects.map(({ row }) => row),
  };
}

export type KnownFile = { readonly input: Input; readonly modifiedFileMs: number };
