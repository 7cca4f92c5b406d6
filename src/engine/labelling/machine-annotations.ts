// Labels that a model gave, each as an annotation of its own: not trusted, and with the version that gave it, so that
// filters can tell it from what people say. Training does not learn from them, and where people say something, they go.
import { type Kysely, sql } from "kysely";
import type { App } from "../engine.ts";
import type { Schema } from "../schema.ts";
import { CHUNK, isIn } from "../sqlite.ts";

/** Annotations that are deleted in one go. */
const STEP = 1000;

/** `input`: its row. */
export type GivenLabel = { readonly input: number; readonly value: number };

export class MachineAnnotations {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** Labels some of the inputs that were looked at, and takes the label from the others. `concept`: its row. In one
   *  transaction. Returns how many got one. */
  async put(
    app: App,
    concept: number,
    versionId: string,
    looked: readonly number[],
    given: readonly GivenLabel[],
  ): Promise<number> {
    const id = idOf(concept);
    return this.#db.transaction().execute(async (tx) => {
      for (let start = 0; start < looked.length; start += CHUNK) {
        const some = looked.slice(start, start + CHUNK);
        await tx
          .deleteFrom("annotations")
          .where("id", "=", id)
          .where("app", "=", app.row)
          .where(isIn("input", some))
          .execute();
      }
      const free = await this.#withoutWord(tx, concept, given);
      for (const { input, value } of free) {
        const now = Date.now();
        const { row } = await tx
          .insertInto("annotations")
          .values({
            ...{ app: app.row, input, id, input_level: 0, trusted: 0, user_id: "" },
            ...{ model_version: versionId, created_ms: now, modified_ms: now },
          })
          .returning("row")
          .executeTakeFirstOrThrow();
        const label = { annotation: row, concept, region: "", value };
        await tx.insertInto("labels").values(label).execute();
      }
      return free.length;
    });
  }

  /** Takes the labels away where people say whether the concept is there. */
  async yieldToPeople(app: App, concept: number): Promise<void> {
    await sql`
      DELETE FROM annotations WHERE app = ${app.row} AND id = ${idOf(concept)} AND input IN (
        SELECT said.input FROM labels JOIN annotations AS said ON said.row = labels.annotation
        WHERE labels.concept = ${concept} AND said.trusted = 1)`.execute(this.#db);
  }

  async count(app: App, concept: number): Promise<number> {
    const { count } = await this.#db
      .selectFrom("annotations")
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .where("app", "=", app.row)
      .where("id", "=", idOf(concept))
      .executeTakeFirstOrThrow();
    return count;
  }

  /** Some of the labels of a concept; returns how many went. 0 when none is left. */
  async removeSome(app: App, concept: number): Promise<number> {
    const some = this.#db
      .selectFrom("annotations")
      .select("row")
      .where("app", "=", app.row)
      .where("id", "=", idOf(concept))
      .limit(STEP);
    const { numDeletedRows } = await this.#db
      .deleteFrom("annotations")
      .where("row", "in", some)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  }

  // Inputs that still exist and that nobody labelled with the concept.
  async #withoutWord(
    tx: Kysely<Schema>,
    concept: number,
    given: readonly GivenLabel[],
  ): Promise<readonly GivenLabel[]> {
    const inputs = JSON.stringify(given.map(({ input }) => input));
    const { rows } = await sql<{ row: number }>`
      SELECT row FROM inputs WHERE row IN (SELECT value FROM json_each(${inputs})) AND row NOT IN (
        SELECT annotations.input FROM labels JOIN annotations ON annotations.row = labels.annotation
        WHERE labels.concept = ${concept})`.execute(tx);
    const free = new Set(rows.map(({ row }) => row));
    return given.filter(({ input }) => free.has(input));
  }
}

function idOf(concept: number): string {
  return `automatic-${concept}`;
}
