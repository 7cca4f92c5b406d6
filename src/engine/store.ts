// Apps, inputs, vectors and predictions in one SQLite file: the source of truth. State changes are
// transactions here; everything else (index, snapshot, thumbnails) can be made again from it.
import { join } from "node:path";
import type { DatabaseSyncInstance, StatementSyncInstance } from "@photostructure/sqlite";
import {
  type Insertable,
  type Kysely,
  type Selectable,
  type SelectQueryBuilder,
  sql,
} from "kysely";
import { type AppError, ERRORS, type ErrorCode } from "../errors.ts";
import type { App, Input, InputStatus } from "./engine.ts";
import { migrate, type Schema } from "./schema.ts";
import { createKysely, openDatabase } from "./sqlite.ts";

/** SQLite allows 32,766 variables per statement. */
const CHUNK = 10_000;

export type NewRow = Pick<Insertable<Schema["inputs"]>, "id" | "name" | "size_bytes"> &
  Partial<Insertable<Schema["inputs"]>>;

/** What processing found out about one input. */
export type Processed = {
  readonly input: Input;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly format: string;
  /** [dim] f32, unit length. */
  readonly vector: Float32Array;
  /** Concept ids with values 0..1, highest first. */
  readonly predictions: readonly (readonly [string, number])[];
};

/** What was deleted, for whoever holds derived bytes. */
export type Deleted = { readonly inputs: readonly Input[]; readonly vectorRows: readonly number[] };

export class Store {
  readonly #database: DatabaseSyncInstance;
  readonly #db: Kysely<Schema>;

  private constructor(database: DatabaseSyncInstance) {
    this.#database = database;
    this.#db = createKysely<Schema>(database);
  }

  /** @throws AppError "invalid_request" if a newer version wrote the folder */
  static open(folder: string): Store {
    const database = openDatabase(join(folder, "semblance.db"));
    migrate(database);
    return new Store(database);
  }

  async app(userId: string, id: string): Promise<App | undefined> {
    const found = await this.#db
      .selectFrom("apps")
      .select(["row", "user_id as userId", "id"])
      .where("user_id", "=", userId)
      .where("id", "=", id)
      .executeTakeFirst();
    return found;
  }

  async apps(): Promise<readonly App[]> {
    return this.#db
      .selectFrom("apps")
      .select(["row", "user_id as userId", "id"])
      .orderBy("row")
      .execute();
  }

  async createApp(userId: string, id: string): Promise<App> {
    const { row } = await this.#db
      .insertInto("apps")
      .values({ user_id: userId, id, created_ms: Date.now() })
      .returning("row")
      .executeTakeFirstOrThrow();
    return { row, userId, id };
  }

  /** The number of a vector space, made when it is new. */
  async space(model: string, dim: number): Promise<number> {
    await this.#db
      .insertInto("spaces")
      .values({ model, dim })
      .onConflict((oc) => oc.doNothing())
      .execute();
    const { row } = await this.#db
      .selectFrom("spaces")
      .select("row")
      .where("model", "=", model)
      .executeTakeFirstOrThrow();
    return row;
  }

  /** Inserts pending inputs, all or none, and returns them in order. */
  async insertInputs(app: App, rows: readonly NewRow[]): Promise<readonly Input[]> {
    const now = Date.now();
    return this.#db.transaction().execute(async (tx) => {
      const inputs: Input[] = [];
      for (const row of rows) {
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
          .returningAll()
          .executeTakeFirstOrThrow();
        inputs.push(toInput(inserted));
      }
      return inputs;
    });
  }

  /** The oldest pending inputs after `afterRow`, of all apps. */
  async pending(afterRow: number, limit: number): Promise<readonly PendingInput[]> {
    const rows = await this.#db
      .selectFrom("inputs")
      .selectAll()
      .where("status", "=", "pending")
      .where("row", ">", afterRow)
      .orderBy("row")
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      input: toInput(row),
      app: row.app,
      allowDuplicate: row.allow_duplicate === 1,
    }));
  }

  /** Marks inputs as searchable with their vectors and predictions, in one transaction. Inputs that
   *  were deleted meanwhile are left out. */
  async complete(space: number, batch: readonly Processed[]): Promise<readonly WrittenVector[]> {
    return this.#db.transaction().execute(async (tx) => {
      const written: WrittenVector[] = [];
      for (const processed of batch) {
        const vector = await completeOne(tx, space, processed);
        if (vector) written.push(vector);
      }
      return written;
    });
  }

  async fail(input: Input, error: AppError, sha256: string | null = null): Promise<void> {
    await this.#db
      .updateTable("inputs")
      .set({
        status: error.code === "duplicate_image" ? "duplicate" : "failed",
        failure_code: error.code,
        failure: error.message,
        sha256,
        modified_ms: Date.now(),
      })
      .where("row", "=", input.row)
      .execute();
  }

  /** Puts inputs back into the queue, with what changed about their files. */
  async requeue(
    rows: readonly {
      readonly row: number;
      readonly modifiedFileMs: number;
      readonly sizeBytes: number;
    }[],
  ): Promise<void> {
    await this.#db.transaction().execute(async (tx) => {
      for (const { row, modifiedFileMs, sizeBytes } of rows) {
        await tx
          .updateTable("inputs")
          .set({
            status: "pending",
            failure: null,
            failure_code: null,
            modified_file_ms: modifiedFileMs,
            size_bytes: sizeBytes,
          })
          .where("row", "=", row)
          .execute();
      }
    });
  }

  /** Puts processed inputs that have no vector in this space back into the queue: the model changed. */
  async requeueUnindexed(space: number): Promise<void> {
    await this.#db
      .updateTable("inputs")
      .set({ status: "pending" })
      .where("status", "=", "processed")
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom("vectors")
              .select("vectors.row")
              .whereRef("vectors.input", "=", "inputs.row")
              .where("vectors.space", "=", space),
          ),
        ),
      )
      .execute();
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
    },
  ): Promise<readonly Input[]> {
    const query = matching(this.#inputs(app), page)
      .orderBy("row", page.newestFirst ? "desc" : "asc")
      .limit(page.limit)
      .offset(page.offset);
    return (await query.execute()).map(toInput);
  }

  async countMatching(app: App, where: InputFilter): Promise<number> {
    const { count } = await matching(this.#inputs(app), where)
      .clearSelect()
      .select(sql<number>`count(*)`.as("count"))
      .executeTakeFirstOrThrow();
    return count;
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

  /** Whether an input still owns kept bytes of this content. */
  async hasKeptBytes(app: App, sha256: string): Promise<boolean> {
    const found = await this.#inputs(app)
      .where("sha256", "=", sha256)
      .where("path", "is", null)
      .executeTakeFirst();
    return found !== undefined;
  }

  /** What is known of files at these paths. */
  async inputsAtPaths(app: App, paths: readonly string[]): Promise<ReadonlyMap<string, KnownFile>> {
    const rows = await this.#inputs(app)
      .where("path", "in", [...paths])
      .execute();
    return new Map(
      rows.map((row) => [
        row.path as string,
        { input: toInput(row), modifiedFileMs: row.modified_file_ms ?? 0 },
      ]),
    );
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

  /** The inputs that own these vectors, by vector row. */
  async inputsOfVectors(vectorRows: readonly number[]): Promise<ReadonlyMap<number, Input>> {
    const inputs = new Map<number, Input>();
    for (let start = 0; start < vectorRows.length; start += CHUNK) {
      const rows = await this.#db
        .selectFrom("vectors")
        .innerJoin("inputs", "inputs.row", "vectors.input")
        .selectAll("inputs")
        .select("vectors.row as vector_row")
        .where("vectors.row", "in", vectorRows.slice(start, start + CHUNK))
        .execute();
      for (const row of rows) inputs.set(row.vector_row, toInput(row));
    }
    return inputs;
  }

  /** [dim] f32, or undefined if the input has none in this space. */
  async vectorOf(input: Input, space: number): Promise<Float32Array | undefined> {
    const found = await this.#db
      .selectFrom("vectors")
      .select("vector")
      .where("input", "=", input.row)
      .where("space", "=", space)
      .executeTakeFirst();
    return found && toFloats(found.vector);
  }

  /** Vector rows of these inputs (ids); unknown ids are left out. Ascending. */
  async vectorRowsOf(app: App, space: number, ids: readonly string[]): Promise<readonly number[]> {
    const rows = await this.#db
      .selectFrom("vectors")
      .innerJoin("inputs", "inputs.row", "vectors.input")
      .select("vectors.row")
      .where("inputs.app", "=", app.row)
      .where("inputs.id", "in", [...ids])
      .where("vectors.space", "=", space)
      .orderBy("vectors.row")
      .execute();
    return rows.map(({ row }) => row);
  }

  /** All vector rows of an app (by row) in one space, ascending. */
  vectorRows(app: number, space: number): Float64Array {
    const statement = this.#database.prepare(
      "SELECT row FROM vectors WHERE app = ? AND space = ? ORDER BY row",
    );
    statement.setReturnArrays(true);
    const rows = statement.all(app, space) as unknown as [number][];
    return Float64Array.from(rows, ([row]) => row);
  }

  /** Stored vectors in the order asked: [rows.length, dim] f32. A row deleted meanwhile reads as zeros.
   *  Synchronous: the rescore of every search. */
  readVectors(rows: readonly number[], dim: number): Float32Array {
    const vectors = new Float32Array(rows.length * dim);
    const statement = this.#vectorStatement();
    rows.forEach((row, i) => {
      const found = statement.get(row) as { vector: Uint8Array } | undefined;
      if (found) vectors.set(toFloats(found.vector), i * dim);
    });
    return vectors;
  }

  #readVector: StatementSyncInstance | undefined;
  #vectorStatement(): StatementSyncInstance {
    this.#readVector ??= this.#database.prepare("SELECT vector FROM vectors WHERE row = ?");
    return this.#readVector;
  }

  async predictions(
    inputs: readonly Input[],
  ): Promise<ReadonlyMap<number, readonly (readonly [string, number])[]>> {
    const rows = await this.#db
      .selectFrom("predictions")
      .selectAll()
      .where(
        "input",
        "in",
        inputs.map(({ row }) => row),
      )
      .execute();
    return new Map(rows.map(({ input, concepts }) => [input, JSON.parse(concepts)]));
  }

  /** Deletes inputs with all that hangs on them. `ids` undefined: all of the app. */
  async deleteInputs(app: App, ids: readonly string[] | undefined): Promise<Deleted> {
    return this.#db.transaction().execute(async (tx) => {
      const inputs: Input[] = [];
      const vectorRows: number[] = [];
      for (const chunk of chunks(ids)) {
        let target = tx.selectFrom("inputs").selectAll().where("app", "=", app.row);
        if (chunk) target = target.where("id", "in", [...chunk]);
        const found = await target.execute();
        inputs.push(...found.map(toInput));
        for (const { row } of found) {
          const vectors = await tx
            .selectFrom("vectors")
            .select("row")
            .where("input", "=", row)
            .execute();
          vectorRows.push(...vectors.map((vector) => vector.row));
          await tx.deleteFrom("inputs").where("row", "=", row).execute();
        }
      }
      return { inputs, vectorRows };
    });
  }

  close(): void {
    this.#database.close();
  }

  #inputs(app: { readonly row: number }) {
    return this.#db.selectFrom("inputs").selectAll().where("app", "=", app.row);
  }
}

/** Which inputs; undefined: any. */
export type InputFilter = {
  readonly statuses?: readonly InputStatus[] | undefined;
  readonly ids?: readonly string[] | undefined;
};

export type PendingInput = {
  readonly input: Input;
  readonly app: number;
  readonly allowDuplicate: boolean;
};
export type KnownFile = { readonly input: Input; readonly modifiedFileMs: number };
/** A vector as it was stored; `replaced`: rows of the same input that it stands in for. */
export type WrittenVector = {
  readonly app: number;
  readonly row: number;
  readonly vector: Float32Array;
  readonly replaced: readonly number[];
};

type InputQuery = SelectQueryBuilder<Schema, "inputs", Selectable<Schema["inputs"]>>;

function matching(query: InputQuery, { statuses, ids }: InputFilter): InputQuery {
  let restricted = query;
  if (statuses) restricted = restricted.where("status", "in", [...statuses]);
  if (ids) restricted = restricted.where("id", "in", [...ids]);
  return restricted;
}

async function completeOne(
  tx: Kysely<Schema>,
  space: number,
  processed: Processed,
): Promise<WrittenVector | undefined> {
  const { input, vector } = processed;
  const updated = await tx
    .updateTable("inputs")
    .set({
      status: "processed",
      failure: null,
      failure_code: null,
      sha256: processed.sha256,
      size_bytes: processed.sizeBytes,
      width_px: processed.widthPx,
      height_px: processed.heightPx,
      format: processed.format,
      modified_ms: Date.now(),
    })
    .where("row", "=", input.row)
    .returning("app")
    .executeTakeFirst();
  if (!updated) return undefined;
  const replaced = await tx
    .deleteFrom("vectors")
    .where("input", "=", input.row)
    .where("space", "=", space)
    .returning("row")
    .execute();
  const { row } = await tx
    .insertInto("vectors")
    .values({ app: updated.app, space, input: input.row, vector: toBytes(vector) })
    .returning("row")
    .executeTakeFirstOrThrow();
  const concepts = JSON.stringify(processed.predictions);
  await tx
    .insertInto("predictions")
    .values({ input: input.row, concepts })
    .onConflict((oc) => oc.column("input").doUpdateSet({ concepts }))
    .execute();
  return { app: updated.app, row, vector, replaced: replaced.map((old) => old.row) };
}

function* chunks(ids: readonly string[] | undefined): Generator<readonly string[] | undefined> {
  if (!ids) yield undefined;
  else
    for (let start = 0; start < ids.length; start += CHUNK) yield ids.slice(start, start + CHUNK);
}

function toInput(row: Selectable<Schema["inputs"]>): Input {
  return {
    row: row.row,
    id: row.id,
    status: row.status as InputStatus,
    failure: row.failure === null ? null : { code: toCode(row.failure_code), message: row.failure },
    name: row.name,
    path: row.path,
    sha256: row.sha256,
    sizeBytes: row.size_bytes,
    widthPx: row.width_px,
    heightPx: row.height_px,
    format: row.format,
    metadata: JSON.parse(row.metadata),
    createdAt: new Date(row.created_ms),
    modifiedAt: new Date(row.modified_ms),
  };
}

function toCode(code: string | null): ErrorCode {
  return code !== null && code in ERRORS ? (code as ErrorCode) : "internal";
}

function toFloats(bytes: Uint8Array): Float32Array {
  return new Float32Array(bytes.slice().buffer); // a copy is aligned, SQLite's buffer need not be
}

function toBytes(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}
