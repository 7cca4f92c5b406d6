// Datasets: named sets of inputs of one app.
import { type Kysely, sql } from "kysely";
import type { App, Input, Json } from "../engine.ts";
import { toInput } from "../input-row.ts";
import type { Schema } from "../schema.ts";
import { CHUNK, isIn } from "../sqlite.ts";
import {
  insertDataset,
  isVersionKey,
  toDataset,
  updateDataset,
  versionKeys,
} from "./dataset-row.ts";
import { DatasetVersions } from "./dataset-versions.ts";
import { checkedId } from "./ids.ts";
import { like } from "./pattern.ts";

/** A named set of inputs. */
export type Dataset = {
  readonly row: number;
  readonly id: string;
  readonly details: Json;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
};

export type NewDataset = { readonly id: string; readonly details?: Json };

/** `id` names it; absent: unchanged. */
export type DatasetChange = {
  readonly id: string;
  readonly newId?: string;
  readonly details?: Json;
};

export class Datasets {
  readonly versions: DatasetVersions;
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
    this.versions = new DatasetVersions(db);
  }

  async get(app: App, id: string): Promise<Dataset | undefined> {
    const row = await this.#of(app).where("id", "=", id).executeTakeFirst();
    return row && toDataset(row);
  }

  /** Oldest first. `pattern` of the id: "*" matches anything. */
  async list(
    app: App,
    page: { readonly offset: number; readonly limit: number; readonly pattern?: string },
  ): Promise<readonly Dataset[]> {
    let query = this.#of(app).orderBy("row").limit(page.limit).offset(page.offset);
    if (page.pattern !== undefined) query = query.where(like("id", page.pattern));
    return (await query.execute()).map(toDataset);
  }

  /** How many there are. */
  async size(app: App): Promise<number> {
    const { count } = await this.#of(app)
      .clearSelect()
      .select(sql<number>`count(*)`.as("count"))
      .executeTakeFirstOrThrow();
    return count;
  }

  /** @throws AppError "id_exists", "invalid_request" for an id that is no id */
  async create(app: App, dataset: NewDataset): Promise<Dataset> {
    const [created] = await this.createAll(app, [dataset]);
    return created as Dataset;
  }

  /** All or none, in order. @throws as `create` */
  async createAll(app: App, datasets: readonly NewDataset[]): Promise<readonly Dataset[]> {
    return this.#db.transaction().execute(async (tx) => {
      const created: Dataset[] = [];
      for (const { id, details } of datasets) {
        const key = checkedId(id, "the dataset");
        created.push(await insertDataset(tx, app, { key, details }, { id, what: "the dataset" }));
      }
      return created;
    });
  }

  /** @throws AppError "not_found", "id_exists", "invalid_request" for an id that is no id */
  async update(
    app: App,
    id: string,
    change: { readonly id?: string; readonly details?: Json },
  ): Promise<Dataset> {
    const { id: newId, ...rest } = change;
    const [updated] = await this.updateAll(app, [
      { id, ...rest, ...(newId !== undefined && { newId }) },
    ]);
    return updated as Dataset;
  }

  /** All or none, in order. @throws as `update` */
  async updateAll(app: App, changes: readonly DatasetChange[]): Promise<readonly Dataset[]> {
    return this.#db.transaction().execute(async (tx) => {
      const updated: Dataset[] = [];
      for (const change of changes) updated.push(await updateDataset(tx, app, change));
      return updated;
    });
  }

  /** Deletes datasets with their versions; their inputs stay. Returns how many existed. */
  async delete(app: App, ids: readonly string[]): Promise<number> {
    return this.#db.transaction().execute(async (tx) => {
      let count = 0;
      for (const id of ids.filter((each) => !isVersionKey(each))) {
        const [from, to] = versionKeys(id);
        const gone = await tx
          .deleteFrom("datasets")
          .where("app", "=", app.row)
          .where((eb) =>
            eb.or([eb("id", "=", id), eb.and([eb("id", ">=", from), eb("id", "<", to)])]),
          )
          .returning("id")
          .execute();
        if (gone.some((row) => row.id === id)) count++;
      }
      return count;
    });
  }

  /** Adds inputs by id; true where it was new, false where it was in already, undefined for an unknown input. */
  async add(
    app: App,
    dataset: Dataset,
    inputIds: readonly string[],
  ): Promise<readonly (boolean | undefined)[]> {
    return this.#db.transaction().execute(async (tx) => {
      const results: (boolean | undefined)[] = [];
      for (let start = 0; start < inputIds.length; start += CHUNK) {
        results.push(...(await addSome(tx, app, dataset, inputIds.slice(start, start + CHUNK))));
      }
      return results;
    });
  }

  /** Returns how many were in it. */
  async remove(app: App, dataset: Dataset, inputIds: readonly string[]): Promise<number> {
    return this.#db.transaction().execute(async (tx) => {
      let count = 0;
      for (let start = 0; start < inputIds.length; start += CHUNK) {
        const rows = await rowsOf(tx, app, inputIds.slice(start, start + CHUNK));
        const gone = await tx
          .deleteFrom("dataset_inputs")
          .where("dataset", "=", dataset.row)
          .where("input", "in", [...rows.values()])
          .returning("input")
          .execute();
        count += gone.length;
      }
      return count;
    });
  }

  /** In the order in which the inputs came to the app. `ids`: only these inputs. */
  async inputs(
    dataset: Dataset,
    page: { readonly offset: number; readonly limit: number; readonly ids?: readonly string[] },
  ): Promise<readonly { readonly input: Input; readonly addedAt: Date }[]> {
    let query = this.#db
      .selectFrom("dataset_inputs")
      .innerJoin("inputs", "inputs.row", "dataset_inputs.input")
      .selectAll("inputs")
      .select("dataset_inputs.created_ms as added_ms")
      .where("dataset_inputs.dataset", "=", dataset.row);
    if (page.ids !== undefined) query = query.where(isIn("inputs.id", page.ids));
    const rows = await query
      .orderBy("dataset_inputs.input")
      .limit(page.limit)
      .offset(page.offset)
      .execute();
    return rows.map((row) => ({ input: toInput(row), addedAt: new Date(row.added_ms) }));
  }

  /** How many inputs it holds. */
  async count(dataset: Dataset): Promise<number> {
    const { count } = await this.#db
      .selectFrom("dataset_inputs")
      .select(sql<number>`count(*)`.as("count"))
      .where("dataset", "=", dataset.row)
      .executeTakeFirstOrThrow();
    return count;
  }

  /** Dataset ids of these inputs, by input row; inputs in none are left out. */
  async of(inputs: readonly Input[]): Promise<ReadonlyMap<number, readonly string[]>> {
    const ids = new Map<number, string[]>();
    for (let start = 0; start < inputs.length; start += CHUNK) {
      const rows = inputs.slice(start, start + CHUNK).map(({ row }) => row);
      const found = await this.#db
        .selectFrom("dataset_inputs")
        .innerJoin("datasets", "datasets.row", "dataset_inputs.dataset")
        .select(["dataset_inputs.input", "datasets.id"])
        .where("dataset_inputs.input", "in", rows)
        .where("datasets.id", "not like", "%/%")
        .orderBy("datasets.row")
        .execute();
      for (const { input, id } of found) ids.set(input, [...(ids.get(input) ?? []), id]);
    }
    return ids;
  }

  // Versions stand in the same table.
  #of(app: App) {
    return this.#db
      .selectFrom("datasets")
      .selectAll()
      .where("app", "=", app.row)
      .where("id", "not like", "%/%");
  }
}

async function addSome(
  tx: Kysely<Schema>,
  app: App,
  dataset: Dataset,
  inputIds: readonly string[],
): Promise<(boolean | undefined)[]> {
  const rows = await rowsOf(tx, app, inputIds);
  const now = Date.now();
  const values = [...rows.values()].map((input) => ({
    dataset: dataset.row,
    input,
    created_ms: now,
  }));
  const inserted =
    values.length === 0
      ? []
      : await tx
          .insertInto("dataset_inputs")
          .values(values)
          .onConflict((oc) => oc.doNothing())
          .returning("input")
          .execute();
  const added = new Set(inserted.map(({ input }) => input));
  // Set.delete says whether it was there: an id that is given twice is new only once.
  return inputIds.map((id) => {
    const row = rows.get(id);
    return row === undefined ? undefined : added.delete(row);
  });
}

/** Rows of inputs by id; unknown ids are left out. */
async function rowsOf(
  tx: Kysely<Schema>,
  app: App,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx
    .selectFrom("inputs")
    .select(["id", "row"])
    .where("app", "=", app.row)
    .where("id", "in", [...ids])
    .execute();
  return new Map(rows.map(({ id, row }) => [id, row]));
}
