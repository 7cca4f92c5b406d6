// Near-duplicates in the store: pairs with their similarity, and the groups that searches collapse.
import { type Kysely, sql } from "kysely";
import type { App } from "../engine.ts";
import type { Schema } from "../schema.ts";
import { CHUNK, isIn, revision } from "../sqlite.ts";
import type { CopyGroup, NearPair, Quality } from "./copy-groups.ts";

/** Rows written at once: other requests wait as long. */
const WRITTEN = 2000;

export class CopyRecords {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** A number that has grown whenever the store has changed. */
  revision(): Promise<number> {
    return revision(this.#db);
  }

  /** Pairs that are this similar, without those of which somebody said to keep both. */
  async pairs(app: App, least: number): Promise<readonly NearPair[]> {
    return this.#db
      .selectFrom("near_pairs")
      .select(["a", "b", "similarity"])
      .where("app", "=", app.row)
      .where("similarity", ">=", least)
      .where("kept", "=", 0)
      .execute();
  }

  /** Of the inputs of these pairs that are still there, by row. */
  async qualities(pairs: readonly NearPair[]): Promise<ReadonlyMap<number, Quality>> {
    const rows = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
    const qualities = new Map<number, Quality>();
    for (let start = 0; start < rows.length; start += CHUNK) {
      const found = await this.#db
        .selectFrom("inputs")
        .select(["row", sql<number>`width_px * height_px`.as("pixels"), "size_bytes as sizeBytes"])
        .where(isIn("row", rows.slice(start, start + CHUNK)))
        .execute();
      for (const quality of found) qualities.set(quality.row, quality);
    }
    return qualities;
  }

  /** The inputs that own these vectors, in any order. */
  async inputsOf(vectorRows: readonly number[]): Promise<readonly number[]> {
    const found = await this.#db
      .selectFrom("vectors")
      .select("input")
      .where(isIn("row", vectorRows))
      .execute();
    return found.map(({ input }) => input);
  }

  /** Forgets all pairs of the app but those that are to be kept. */
  async clear(app: App): Promise<void> {
    const pairs = this.#db.deleteFrom("near_pairs").where("app", "=", app.row);
    await pairs.where("kept", "=", 0).execute();
  }

  /** Forgets all pairs with one of these inputs but those that are to be kept. */
  async forget(inputs: readonly number[]): Promise<void> {
    for (const column of ["a", "b"] as const) {
      const pairs = this.#db.deleteFrom("near_pairs").where(isIn(column, inputs));
      await pairs.where("kept", "=", 0).execute();
    }
  }

  /** Pairs whose inputs are gone are left out; one that is known stays as it is. */
  async add(app: App, pairs: readonly NearPair[]): Promise<void> {
    for (let start = 0; start < pairs.length; start += WRITTEN) {
      const given = JSON.stringify(pairs.slice(start, start + WRITTEN));
      await sql`
        INSERT OR IGNORE INTO near_pairs (app, a, b, similarity)
        SELECT ${app.row}, value ->> 'a', value ->> 'b', value ->> 'similarity'
        FROM json_each(${given})
        WHERE value ->> 'a' IN (SELECT row FROM inputs) AND value ->> 'b' IN (SELECT row FROM inputs)
      `.execute(this.#db);
    }
  }

  /** Says of all pairs among these inputs whether both are to be kept. */
  async keep(app: App, ids: readonly string[], isKept: boolean): Promise<void> {
    const rows = this.#db
      .selectFrom("inputs")
      .select("row")
      .where("app", "=", app.row)
      .where(isIn("id", ids));
    await this.#db
      .updateTable("near_pairs")
      .set({ kept: isKept ? 1 : 0 })
      .where("app", "=", app.row)
      .where("a", "in", rows)
      .where("b", "in", rows)
      .execute();
  }

  /** What searches collapse, all anew and at once: none of them sees half of it. */
  async writeGroups(app: App, groups: readonly CopyGroup[]): Promise<void> {
    const members = groups.flatMap(({ members: [leader = 0, ...others] }) =>
      [leader, ...others].map((input) => [input, leader]),
    );
    await this.#db.transaction().execute(async (tx) => {
      await tx.deleteFrom("near_copies").where("app", "=", app.row).execute();
      await sql`
        INSERT OR REPLACE INTO near_copies (app, input, leader)
        SELECT ${app.row}, value ->> 0, value ->> 1 FROM json_each(${JSON.stringify(members)})
        WHERE value ->> 0 IN (SELECT row FROM inputs)`.execute(tx);
    });
  }
}
