// Apps: isolated collections, by user and id.
import type { Kysely, Selectable } from "kysely";
import type { App, Json } from "../engine.ts";
import type { Schema } from "../schema.ts";
import { checkedId, idExists, noSuchId } from "./ids.ts";
import { like } from "./pattern.ts";

/** An app with what is only kept for its owner. */
export type AppRecord = App & {
  readonly details: Json;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
};

export type NewApp = {
  readonly id: string;
  /** Default "Universal". */
  readonly baseWorkflow?: string;
  readonly details?: Json;
};

export class Apps {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async get(userId: string, id: string): Promise<AppRecord | undefined> {
    const row = await this.#of(userId).where("id", "=", id).executeTakeFirst();
    return row && toApp(row);
  }

  /** Oldest first. `pattern` of the id: "*" matches anything. */
  async list(
    userId: string,
    page: { readonly offset: number; readonly limit: number; readonly pattern?: string },
  ): Promise<readonly AppRecord[]> {
    let query = this.#of(userId).orderBy("row").limit(page.limit).offset(page.offset);
    if (page.pattern !== undefined) {
      query = query.where(like("id", page.pattern));
    }
    return (await query.execute()).map(toApp);
  }

  /** Of all users, oldest first. */
  async all(): Promise<readonly AppRecord[]> {
    return (await this.#db.selectFrom("apps").selectAll().orderBy("row").execute()).map(toApp);
  }

  /** @throws AppError "id_exists", "invalid_request" for an id that is no id */
  async create(userId: string, app: NewApp): Promise<AppRecord> {
    const [created] = await this.createAll(userId, [app]);
    return created as AppRecord;
  }

  /** All or none, in order. @throws as `create` */
  async createAll(userId: string, apps: readonly NewApp[]): Promise<readonly AppRecord[]> {
    return this.#db.transaction().execute(async (tx) => {
      const created: AppRecord[] = [];
      for (const app of apps) created.push(await insert(tx, userId, app));
      return created;
    });
  }

  /** Sets what is given. @throws AppError "id_exists", "invalid_request", "not_found" */
  async update(app: App, change: Partial<NewApp>): Promise<AppRecord> {
    const [updated] = await this.updateAll([{ app, change }]);
    return updated as AppRecord;
  }

  /** All or none, in order. @throws as `update` */
  async updateAll(
    changes: readonly { readonly app: App; readonly change: Partial<NewApp> }[],
  ): Promise<readonly AppRecord[]> {
    return this.#db.transaction().execute(async (tx) => {
      const updated: AppRecord[] = [];
      for (const { app, change } of changes) updated.push(await update(tx, app, change));
      return updated;
    });
  }

  #of(userId: string) {
    return this.#db.selectFrom("apps").selectAll().where("user_id", "=", userId);
  }
}

async function insert(tx: Kysely<Schema>, userId: string, app: NewApp): Promise<AppRecord> {
  const now = Date.now();
  const fresh = tx.insertInto("app_rows").defaultValues().returning("row");
  const row = await tx
    .insertInto("apps")
    .values({
      ...(await fresh.executeTakeFirstOrThrow()),
      user_id: userId,
      id: checkedId(app.id, "the app"),
      details: JSON.stringify(app.details ?? {}),
      created_ms: now,
      modified_ms: now,
      ...(app.baseWorkflow !== undefined && { base_workflow: app.baseWorkflow }),
    })
    .onConflict((oc) => oc.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw idExists(app.id, "the app");
  return toApp(row);
}

async function update(tx: Kysely<Schema>, app: App, change: Partial<NewApp>): Promise<AppRecord> {
  const { id, baseWorkflow, details } = change;
  if (id !== undefined) await requireFree(tx, app, checkedId(id, "the app"));
  const row = await tx
    .updateTable("apps")
    .set({
      ...(id !== undefined && { id }),
      ...(baseWorkflow !== undefined && { base_workflow: baseWorkflow }),
      ...(details !== undefined && { details: JSON.stringify(details) }),
      modified_ms: Date.now(),
    })
    .where("row", "=", app.row)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw noSuchId(app.id, "an app");
  return toApp(row);
}

async function requireFree(tx: Kysely<Schema>, app: App, id: string): Promise<void> {
  const taken = await tx
    .selectFrom("apps")
    .select("row")
    .where("id", "=", id)
    .where("row", "!=", app.row)
    .where("user_id", "=", (eb) =>
      eb.selectFrom("apps").select("user_id").where("row", "=", app.row),
    )
    .executeTakeFirst();
  if (taken !== undefined) throw idExists(id, "the app");
}

function toApp(row: Selectable<Schema["apps"]>): AppRecord {
  return {
    row: row.row,
    userId: row.user_id,
    id: row.id,
    baseWorkflow: row.base_workflow,
    details: JSON.parse(row.details),
    createdAt: new Date(row.created_ms),
    modifiedAt: new Date(row.modified_ms),
  };
}
