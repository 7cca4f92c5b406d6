// Apps, inputs, vectors and predictions in one SQLite file: the source of truth. State changes are
// transactions here; everything else (index, snapshot, thumbnails) can be made again from it.
import { join } from "node:path";
import type { DatabaseSyncInstance } from "@photostructure/sqlite";
import { type Kysely, sql } from "kysely";
import type { App, Input, InputStatus } from "./engine.ts";
import { type InputFilter, matching, toInput } from "./input-row.ts";
import { Queue } from "./queue.ts";
import { migrate, type Schema } from "./schema.ts";
import { CHUNK, createKysely, openDatabase } from "./sqlite.ts";
import { Vectors } from "./vectors.ts";

/** What was deleted, for whoever holds derived bytes. */
export type Deleted = { readonly inputs: readonly Input[]; readonly vectorRows: readonly number[] };

export class Store {
  readonly queue: Queue;
  readonly vectors: Vectors;
  readonly #database: DatabaseSyncInstance;
  readonly #db: Kysely<Schema>;

  private constructor(database: DatabaseSyncInstance) {
    this.#database = database;
    this.#db = createKysely<Schema>(database);
    this.queue = new Queue(this.#db);
    this.vectors = new Vectors(database, this.#db);
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

  async createApp(userId: string, id: string): Promise<App> {
    const { row } = await this.#db
      .insertInto("apps")
      .values({ user_id: userId, id, created_ms: Date.now() })
      .returning("row")
      .executeTakeFirstOrThrow();
    return { row, userId, id };
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
        let query = tx.selectFrom("inputs").selectAll().where("app", "=", app.row);
        if (chunk) query = query.where("id", "in", [...chunk]);
        inputs.push(...(await query.execute()).map(toInput));
      }
      for (let start = 0; start < inputs.length; start += CHUNK) {
        const rows = inputs.slice(start, start + CHUNK).map(({ row }) => row);
        const vectors = await tx
          .deleteFrom("vectors")
          .where("input", "in", rows)
          .returning("row")
          .execute();
        vectorRows.push(...vectors.map(({ row }) => row));
        await tx.deleteFrom("inputs").where("row", "in", rows).execute();
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

export type KnownFile = { readonly input: Input; readonly modifiedFileMs: number };
function* chunks(ids: readonly string[] | undefined): Generator<readonly string[] | undefined> {
  if (!ids) yield undefined;
  else
    for (let start = 0; start < ids.length; start += CHUNK) yield ids.slice(start, start + CHUNK);
}
