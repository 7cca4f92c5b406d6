// Versions of datasets: what a dataset held when the version was made. Inputs that are deleted leave them, too.
import { type Kysely, sql } from "kysely";
import type { App, Json } from "../engine.ts";
import type { Schema } from "../schema.ts";
import { isIn } from "../sqlite.ts";
import { insertDataset, toDataset, versionKey, versionKeys } from "./dataset-row.ts";
import type { Dataset } from "./datasets.ts";
import { checkedId, noSuchId } from "./ids.ts";

/** Its `id` is unique in its dataset; `Datasets.inputs` and `count` take it like a dataset. */
export type DatasetVersion = Dataset;

export type NewVersion = { readonly id: string; readonly details?: Json };

export class DatasetVersions {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async get(app: App, dataset: Dataset, id: string): Promise<DatasetVersion | undefined> {
    const row = await this.#db
      .selectFrom("datasets")
      .selectAll()
      .where("app", "=", app.row)
      .where("id", "=", versionKey(dataset.id, id))
      .executeTakeFirst();
    return row && toDataset(row);
  }

  /** Newest first. */
  async list(
    app: App,
    dataset: Dataset,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<readonly DatasetVersion[]> {
    const [from, to] = versionKeys(dataset.id);
    const rows = await this.#db
      .selectFrom("datasets")
      .selectAll()
      .where("app", "=", app.row)
      .where("id", ">=", from)
      .where("id", "<", to)
      .orderBy("row", "desc")
      .limit(page.limit)
      .offset(page.offset)
      .execute();
    return rows.map(toDataset);
  }

  /** Freezes what the dataset holds now, once for each version; all or none.
   *  @throws AppError "id_exists", "invalid_request" for an id that is no id */
  async create(
    app: App,
    dataset: Dataset,
    versions: readonly NewVersion[],
  ): Promise<readonly DatasetVersion[]> {
    return this.#db.transaction().execute(async (tx) => {
      const created: DatasetVersion[] = [];
      for (const { id, details } of versions) {
        const key = versionKey(dataset.id, checkedId(id, "the dataset version"));
        const version = await insertDataset(
          tx,
          app,
          { key, details },
          { id, what: "the dataset version" },
        );
        await copyInputs(tx, dataset, version);
        created.push(version);
      }
      return created;
    });
  }

  /** All or none, in order. @throws AppError "not_found" */
  async update(
    app: App,
    dataset: Dataset,
    changes: readonly { readonly id: string; readonly details: Json }[],
  ): Promise<readonly DatasetVersion[]> {
    return this.#db.transaction().execute(async (tx) => {
      const updated: DatasetVersion[] = [];
      for (const { id, details } of changes) {
        const row = await tx
          .updateTable("datasets")
          .set({ details: JSON.stringify(details), modified_ms: Date.now() })
          .where("app", "=", app.row)
          .where("id", "=", versionKey(dataset.id, id))
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) throw noSuchId(id, "a dataset version");
        updated.push(toDataset(row));
      }
      return updated;
    });
  }

  /** Returns how many existed. */
  async delete(app: App, dataset: Dataset, ids: readonly string[]): Promise<number> {
    const gone = await this.#db
      .deleteFrom("datasets")
      .where("app", "=", app.row)
      .where(
        isIn(
          "id",
          ids.map((id) => versionKey(dataset.id, id)),
        ),
      )
      .returning("row")
      .execute();
    return gone.length;
  }
}

async function copyInputs(tx: Kysely<Schema>, from: Dataset, to: Dataset): Promise<void> {
  await tx
    .insertInto("dataset_inputs")
    .columns(["dataset", "input", "created_ms"])
    .expression((eb) =>
      eb
        .selectFrom("dataset_inputs")
        .select([sql<number>`${to.row}`.as("dataset"), "input", "created_ms"])
        .where("dataset", "=", from.row),
    )
    .execute();
}
