// Processed inputs whose facts an older Semblance found out, or nobody: which they are, and what is written to them.
import type { Kysely } from "kysely";
import type { App, Input } from "../engine.ts";
import { toInput } from "../input-row.ts";
import type { Schema } from "../schema.ts";
import { toColumns } from "./fact-columns.ts";
import { FACTS_VERSION, type Facts } from "./facts.ts";

export class FactRows {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** Those that have any, oldest first. */
  async apps(): Promise<readonly App[]> {
    const rows = await this.#db
      .selectFrom("apps")
      .select(["row", "user_id as userId", "id", "base_workflow as baseWorkflow"])
      .where("row", "in", this.#outdated().select("app").distinct())
      .orderBy("row")
      .execute();
    return rows;
  }

  async count(app: App): Promise<number> {
    const { count } = await this.#outdated()
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .where("app", "=", app.row)
      .executeTakeFirstOrThrow();
    return count;
  }

  /** The next ones, oldest first. */
  async next(app: App, limit: number): Promise<readonly Input[]> {
    const rows = await this.#outdated()
      .selectAll()
      .where("app", "=", app.row)
      .orderBy("facts")
      .orderBy("row")
      .limit(limit)
      .execute();
    return rows.map(toInput);
  }

  /** In one transaction. Inputs that were deleted or indexed again meanwhile are left out. */
  async save(found: readonly { readonly input: Input; readonly facts: Facts }[]): Promise<void> {
    await this.#db.transaction().execute(async (tx) => {
      for (const { input, facts } of found) {
        await tx
          .updateTable("inputs")
          .set(toColumns(facts, input.sha256 ?? ""))
          .where("row", "=", input.row)
          .where("sha256", "is", input.sha256)
          .where("facts", "<", FACTS_VERSION)
          .execute();
      }
    });
  }

  #outdated() {
    return this.#db
      .selectFrom("inputs")
      .where("facts", "<", FACTS_VERSION)
      .where("status", "=", "processed");
  }
}
