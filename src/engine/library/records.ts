// Things of an app that the engine keeps and gives back, such as saved searches and workflows.
import { type Kysely, type Selectable, sql } from "kysely";
import type { App, Json } from "../engine.ts";
import type { Schema } from "../schema.ts";
import { CHUNK } from "../sqlite.ts";
import { checkedId, idExists, noSuchId } from "./ids.ts";
import { like } from "./pattern.ts";

/** A kind of record is a namespace of ids. `parent`: id of the record that a version belongs to. */
export type RecordKey = {
  readonly kind:
    | "annotation-filter"
    | "automatic-label"
    | "example"
    | "feedback"
    | "model"
    | "model-version"
    | "portal-search"
    | "search"
    | "workflow"
    | "workflow-version";
  readonly parent?: string;
  readonly id: string;
};

/** All records of a kind or, with `parent`, those that belong to it. */
type Family = Pick<RecordKey, "kind" | "parent">;

export type StoredRecord = {
  readonly id: string;
  readonly parent: string;
  readonly body: Json;
  /** f32; null unless they were put. */
  readonly weights: Float32Array | null;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
};

/** What goes with a record when it is deleted: the records of this kind whose parent it is. */
const VERSIONS: Partial<Record<RecordKey["kind"], RecordKey["kind"]>> = {
  model: "model-version",
  workflow: "workflow-version",
};

export class Records {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async get(app: App, key: RecordKey): Promise<StoredRecord | undefined> {
    const row = await this.#of(app, { kind: key.kind, parent: key.parent ?? "" })
      .where("id", "=", key.id)
      .executeTakeFirst();
    return row && toRecord(row);
  }

  /** Oldest first, or newest first. */
  async list(
    app: App,
    of: Family,
    page: {
      readonly offset: number;
      readonly limit: number;
      readonly newestFirst?: boolean;
      /** Of the id, "*" matches anything. */
      readonly pattern?: string;
    },
  ): Promise<readonly StoredRecord[]> {
    let query = this.#of(app, of)
      .orderBy("row", page.newestFirst ? "desc" : "asc")
      .limit(page.limit)
      .offset(page.offset);
    if (page.pattern !== undefined) {
      query = query.where(like("id", page.pattern));
    }
    return (await query.execute()).map(toRecord);
  }

  async count(app: App, of: Family): Promise<number> {
    const { count } = await this.#of(app, of)
      .clearSelect()
      .select(sql<number>`count(*)`.as("count"))
      .executeTakeFirstOrThrow();
    return count;
  }

  /** @throws AppError "id_exists", "invalid_request" for an id that is no id */
  async create(
    app: App,
    key: RecordKey,
    body: Json,
    weights?: Float32Array,
  ): Promise<StoredRecord> {
    const now = Date.now();
    const row = await this.#db
      .insertInto("records")
      .values({
        app: app.row,
        kind: key.kind,
        parent: key.parent ?? "",
        id: checkedId(key.id, `the ${toWords(key.kind)}`),
        body: JSON.stringify(body),
        weights: weights === undefined ? null : toBytes(weights),
        created_ms: now,
        modified_ms: now,
      })
      .onConflict((oc) => oc.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) throw idExists(key.id, `the ${toWords(key.kind)}`);
    return toRecord(row);
  }

  /** All or none, in order. @throws as `create` */
  async createAll(
    app: App,
    records: readonly { readonly key: RecordKey; readonly body: Json }[],
  ): Promise<readonly StoredRecord[]> {
    return this.#db.transaction().execute(async (tx) => {
      const within = new Records(tx);
      const created: StoredRecord[] = [];
      for (const { key, body } of records) created.push(await within.create(app, key, body));
      return created;
    });
  }

  /** Replaces the body, and the weights if given. @throws AppError "not_found" */
  async update(
    app: App,
    key: RecordKey,
    body: Json,
    weights?: Float32Array,
  ): Promise<StoredRecord> {
    const row = await this.#db
      .updateTable("records")
      .set({
        body: JSON.stringify(body),
        modified_ms: Date.now(),
        ...(weights !== undefined && { weights: toBytes(weights) }),
      })
      .where("app", "=", app.row)
      .where("kind", "=", key.kind)
      .where("parent", "=", key.parent ?? "")
      .where("id", "=", key.id)
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) throw noSuchId(key.id, `a ${toWords(key.kind)}`);
    return toRecord(row);
  }

  /** Deletes records, models and workflows with their versions. Returns how many existed.
   *  `ids` undefined: all of the kind (and parent). */
  async delete(app: App, of: Family, ids: readonly string[] | undefined): Promise<number> {
    return this.#db.transaction().execute(async (tx) => {
      let count = 0;
      for (let start = 0; start < (ids?.length ?? 1); start += CHUNK) {
        const gone = await deleteSome(tx, app, of, ids?.slice(start, start + CHUNK));
        await deleteVersions(tx, app, of.kind, gone);
        count += gone.length;
      }
      return count;
    });
  }

  #of(app: App, { kind, parent }: Family) {
    const query = this.#db
      .selectFrom("records")
      .selectAll()
      .where("app", "=", app.row)
      .where("kind", "=", kind);
    return parent === undefined ? query : query.where("parent", "=", parent);
  }
}

async function deleteSome(
  tx: Kysely<Schema>,
  app: App,
  { kind, parent }: Family,
  ids: readonly string[] | undefined,
): Promise<readonly string[]> {
  let query = tx.deleteFrom("records").where("app", "=", app.row).where("kind", "=", kind);
  if (parent !== undefined) query = query.where("parent", "=", parent);
  if (ids !== undefined) query = query.where("id", "in", [...ids]);
  return (await query.returning("id").execute()).map(({ id }) => id);
}

async function deleteVersions(
  tx: Kysely<Schema>,
  app: App,
  kind: RecordKey["kind"],
  parents: readonly string[],
): Promise<void> {
  const versions = VERSIONS[kind];
  if (versions === undefined) return;
  for (let start = 0; start < parents.length; start += CHUNK) {
    await tx
      .deleteFrom("records")
      .where("app", "=", app.row)
      .where("kind", "=", versions)
      .where("parent", "in", parents.slice(start, start + CHUNK))
      .execute();
  }
}

function toRecord(row: Selectable<Schema["records"]>): StoredRecord {
  return {
    id: row.id,
    parent: row.parent,
    body: JSON.parse(row.body),
    weights: row.weights === null ? null : new Float32Array(row.weights.slice().buffer),
    createdAt: new Date(row.created_ms),
    modifiedAt: new Date(row.modified_ms),
  };
}

function toBytes(weights: Float32Array): Uint8Array {
  return new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength);
}

function toWords(kind: string): string {
  return kind.endsWith("search") ? "saved search" : kind.replaceAll("-", " ");
}
