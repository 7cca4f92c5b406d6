// What was read in pictures, at rest, and which pictures are still to be read: triggers note them (schema.ts).
import { type Kysely, sql } from "kysely";
import type { App, Input } from "../engine.ts";
import { toInput } from "../input-row.ts";
import type { Schema } from "../schema.ts";
import { isIn } from "../sqlite.ts";
import type { Reading } from "./picture.ts";

/** What is kept of a reading. */
export type KeptReading = Omit<Reading, "text">;
/** `input`: its row. */
export type NewReading = KeptReading & { readonly input: number };

export class Readings {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** In one transaction. Inputs that were deleted meanwhile are left out. `version`: of the reader. */
  async save(readings: readonly NewReading[], version: number): Promise<void> {
    await this.#db.transaction().execute(async (tx) => {
      for (const { input, lines, language = "" } of readings) {
        const text = lines.map((line) => line.text).join("\n");
        await sql`
          INSERT INTO readings (input, text, lines, language, version)
          SELECT row, ${text}, ${JSON.stringify(lines)}, ${language}, ${version} FROM inputs WHERE row = ${input}
          ON CONFLICT (input) DO UPDATE SET text = excluded.text, lines = excluded.lines,
            language = excluded.language, version = excluded.version`.execute(tx);
        await tx.deleteFrom("readings_due").where("input", "=", input).execute();
      }
    });
  }

  /** Of those inputs that were read, by row. */
  async of(inputs: readonly Pick<Input, "row">[]): Promise<ReadonlyMap<number, KeptReading>> {
    const rows = await this.#db
      .selectFrom("readings")
      .select(["input", "lines", "language"])
      .where(
        isIn(
          "input",
          inputs.map(({ row }) => row),
        ),
      )
      .execute();
    return new Map(
      rows.map(({ input, lines, language }) => [
        input,
        { lines: JSON.parse(lines), ...(language !== "" && { language }) },
      ]),
    );
  }

  /** Apps that have any to read. */
  async apps(): Promise<readonly App[]> {
    return this.#db
      .selectFrom("apps")
      .select(["row", "user_id as userId", "id", "base_workflow as baseWorkflow"])
      .where("row", "in", this.#due().select("inputs.app").distinct())
      .orderBy("row")
      .execute();
  }

  /** Those of an app that are to be read, the last that came first: somebody may be looking at them. */
  async next(app: App, limit: number): Promise<readonly Input[]> {
    const rows = await this.#due()
      .selectAll("inputs")
      .where("inputs.app", "=", app.row)
      .orderBy("readings_due.input", "desc")
      .limit(limit)
      .execute();
    return rows.map(toInput);
  }

  /** How many of an app are to be read. */
  async countDue(app: App): Promise<number> {
    const { count } = await this.#due()
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .where("inputs.app", "=", app.row)
      .executeTakeFirstOrThrow();
    return count;
  }

  /** Has all inputs of an app read again. */
  async again(app: App): Promise<void> {
    await sql`
      INSERT OR IGNORE INTO readings_due SELECT row FROM inputs WHERE app = ${app.row} AND status = 'processed'
    `.execute(this.#db);
  }

  /** Has read again what an older reader read. */
  async outdate(version: number): Promise<void> {
    await sql`
      INSERT OR IGNORE INTO readings_due SELECT input FROM readings WHERE version < ${version}
    `.execute(this.#db);
  }

  #due() {
    return this.#db
      .selectFrom("readings_due")
      .innerJoin("inputs", "inputs.row", "readings_due.input")
      .where("status", "=", "processed");
  }
}
