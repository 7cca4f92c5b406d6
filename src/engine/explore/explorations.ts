// What was worked out over all inputs of an app, in the store: when, from which vectors, and the vectors to work from.
import { setImmediate } from "node:timers/promises";
import type { DatabaseSyncInstance } from "@photostructure/sqlite";
import type { Kysely } from "kysely";
import type { App } from "../engine.ts";
import type { Schema } from "../schema.ts";
import { CHUNK, isIn } from "../sqlite.ts";
import { countVectorsBehind } from "../vectors.ts";

export type Exploration = {
  readonly space: number;
  /** The greatest row of `vectors` that it knows. */
  readonly lastVector: number;
  readonly computedAt: Date;
  /** JSON. */
  readonly body: string;
  readonly points: Uint8Array | null;
};

/** Vectors in the order of their rows, with the rows of their inputs. */
export type VectorPage = {
  readonly rows: readonly number[];
  readonly inputs: readonly number[];
  /** [n, dim] f32. */
  readonly vectors: Float32Array;
};

type Kind = Schema["explorations"]["kind"];

export class Explorations {
  readonly #database: DatabaseSyncInstance;
  readonly #db: Kysely<Schema>;

  constructor(database: DatabaseSyncInstance, db: Kysely<Schema>) {
    this.#database = database;
    this.#db = db;
  }

  async get(app: Pick<App, "row">, kind: Kind): Promise<Exploration | undefined> {
    const found = await this.#db
      .selectFrom("explorations")
      .selectAll()
      .where("app", "=", app.row)
      .where("kind", "=", kind)
      .executeTakeFirst();
    if (!found) return undefined;
    const { space, last_vector, computed_ms, body, points } = found;
    return {
      space,
      lastVector: last_vector,
      computedAt: new Date(computed_ms),
      body,
      points,
    };
  }

  /** Takes the place of what is there. */
  async put(
    app: Pick<App, "row">,
    kind: Kind,
    { space, lastVector, body, points }: Omit<Exploration, "computedAt">,
  ): Promise<void> {
    const values = { space, last_vector: lastVector, computed_ms: Date.now(), body, points };
    await this.#db
      .insertInto("explorations")
      .values({ app: app.row, kind, ...values })
      .onConflict((oc) => oc.columns(["app", "kind"]).doUpdateSet(values))
      .execute();
  }

  /** Says up to which vector it knows now. */
  async advance(app: Pick<App, "row">, kind: Kind, lastVector: number): Promise<void> {
    await this.#db
      .updateTable("explorations")
      .set({ last_vector: lastVector })
      .where("app", "=", app.row)
      .where("kind", "=", kind)
      .execute();
  }

  /** Apps that have one of this kind. */
  async apps(kind: Kind): Promise<readonly App[]> {
    return this.#db
      .selectFrom("explorations")
      .innerJoin("apps", "apps.row", "explorations.app")
      .select([
        "apps.row",
        "apps.user_id as userId",
        "apps.id",
        "apps.base_workflow as baseWorkflow",
      ])
      .where("explorations.kind", "=", kind)
      .execute();
  }

  /** Vectors behind this row. */
  async countBehind(app: Pick<App, "row">, space: number, row: number): Promise<number> {
    return countVectorsBehind(this.#db, app, space, row);
  }

  /** Ids of those inputs that are searchable still, by row. Others get their turn in between. */
  async ids(inputs: Float64Array): Promise<ReadonlyMap<number, string>> {
    const ids = new Map<number, string>();
    for (let start = 0; start < inputs.length; start += CHUNK) {
      const found = await this.#db
        .selectFrom("inputs")
        .select(["row", "id"])
        .where(isIn("row", [...inputs.subarray(start, start + CHUNK)]))
        .where("status", "=", "processed")
        .execute();
      for (const { row, id } of found) ids.set(row, id);
      await setImmediate();
    }
    return ids;
  }

  /** What is predicted for these inputs, in any order: ids of concepts with values. */
  async predictions(
    inputs: readonly number[],
    space: number,
  ): Promise<readonly (readonly (readonly [string, number])[])[]> {
    const found = await this.#db
      .selectFrom("predictions")
      .select("concepts")
      .where("space", "=", space)
      .where(isIn("input", inputs))
      .execute();
    return found.map(({ concepts }) => JSON.parse(concepts));
  }

  /** The first and the last row; zeros if there are none. */
  span(app: Pick<App, "row">, space: number): { readonly first: number; readonly last: number } {
    const statement = this.#database.prepare(
      `SELECT coalesce(min(row), 0) AS first, coalesce(max(row), 0) AS last FROM vectors
       WHERE app = ? AND space = ?`,
    );
    return statement.get(app.row, space) as { first: number; last: number };
  }

  /** At most `limit` vectors behind a row. Synchronous: 1,000 take 3 ms or so. */
  page(app: Pick<App, "row">, space: number, after: number, limit: number): VectorPage {
    const statement = this.#database.prepare(
      `SELECT row, input, vector FROM vectors WHERE app = ? AND space = ? AND row > ?
       ORDER BY row LIMIT ?`,
    );
    const found = statement.all(app.row, space, after, limit) as unknown as StoredVector[];
    const dim = (found[0]?.vector.byteLength ?? 0) / Float32Array.BYTES_PER_ELEMENT;
    const vectors = new Float32Array(found.length * dim);
    const bytes = new Uint8Array(vectors.buffer);
    found.forEach(({ vector }, i) => {
      bytes.set(vector, i * vector.byteLength);
    });
    return { rows: found.map(({ row }) => row), inputs: found.map(({ input }) => input), vectors };
  }
}

type StoredVector = { readonly row: number; readonly input: number; readonly vector: Uint8Array };
