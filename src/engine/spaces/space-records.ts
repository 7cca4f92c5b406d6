// Vector spaces as rows of the store: which one answers, which one is being built, what each still lacks.
import { isAbsolute, join, relative, sep } from "node:path";
import { type Kysely, sql } from "kysely";
import type { Input } from "../engine.ts";
import { toInput } from "../input-row.ts";
import { type Encoded, putEncoded, type WrittenVector } from "../queue.ts";
import type { Schema } from "../schema.ts";

type SpaceState = "current" | "building" | "kept";

export type SpaceRecord = {
  readonly row: number;
  /** Id of its model. */
  readonly model: string;
  readonly dim: number;
  /** Of the model's folder; "" for spaces of versions that did not keep it. */
  readonly name: string;
  readonly folder: string;
  readonly state: SpaceState;
  /** What all its predictions were made with; "" if they were not. */
  readonly vocabulary: string;
  readonly changedAt: Date;
};

export type NewSpace = Pick<SpaceRecord, "model" | "dim" | "name" | "folder">;

/** An input without a vector in some space. `app`: row. */
export type Missing = { readonly input: Input; readonly app: number };

/** Rows that one transaction deletes. */
const DELETED_AT_ONCE = 2000;

export class SpaceRecords {
  readonly #db: Kysely<Schema>;
  readonly #data: string;

  /** `data`: the data folder. Models in it are found again when it has moved. */
  constructor(db: Kysely<Schema>, data: string) {
    this.#db = db;
    this.#data = data;
  }

  /** The one that answers, the one that is being built, then the kept ones, the last used first. */
  async list(): Promise<readonly SpaceRecord[]> {
    const rows = await this.#db
      .selectFrom("spaces")
      .selectAll()
      .orderBy(sql`CASE state WHEN 'current' THEN 0 WHEN 'building' THEN 1 ELSE 2 END`)
      .orderBy("changed_ms", "desc")
      .orderBy("row", "desc")
      .execute();
    return rows.map(({ changed_ms, state, folder, ...rest }) => ({
      ...rest,
      folder: folder === "" || isAbsolute(folder) ? folder : join(this.#data, folder),
      state: state as SpaceState,
      changedAt: new Date(changed_ms),
    }));
  }

  /** The space of a model, made when it is new ("kept", empty). Its name and folder are those given. */
  async of({ model, dim, name, ...given }: NewSpace): Promise<SpaceRecord> {
    const inData = given.folder.startsWith(this.#data + sep);
    const folder = inData ? relative(this.#data, given.folder) : given.folder;
    const { row } = await this.#db
      .insertInto("spaces")
      .values({ model, dim, name, folder, changed_ms: Date.now() })
      .onConflict((oc) => oc.column("model").doUpdateSet({ name, folder }))
      .returning("row")
      .executeTakeFirstOrThrow();
    return (await this.list()).find((space) => space.row === row) as SpaceRecord;
  }

  /** Marks the space that is being built; the one that was is kept. null: none is. */
  async build(row: number | null): Promise<void> {
    await this.#db.transaction().execute(async (tx) => {
      await setState(tx, "building", "kept");
      if (row !== null) await setState(tx, row, "building");
    });
  }

  /** From now on this space answers, also after a crash; the one that did is kept. */
  async makeCurrent(row: number): Promise<void> {
    await this.#db.transaction().execute(async (tx) => {
      await setState(tx, "current", "kept");
      await setState(tx, row, "current");
    });
  }

  /** Searchable inputs of all apps that have no vector in the space, behind the row `after`, in order. */
  async missing(space: number, after: number, limit: number): Promise<readonly Missing[]> {
    const rows = await this.#missing(space)
      .selectAll("inputs")
      .where("inputs.row", ">", after)
      .orderBy("inputs.row")
      .limit(limit)
      .execute();
    return rows.map((row) => ({ input: toInput({ ...row, patched_ms: 0 }), app: row.app })); // as in Queue
  }

  async countMissing(space: number): Promise<number> {
    const { count } = await this.#missing(space)
      .select(sql<number>`count(*)`.as("count"))
      .executeTakeFirstOrThrow();
    return count;
  }

  /** Vectors in the space, of all apps. */
  async countVectors(space: number): Promise<number> {
    const { count } = await this.#db
      .selectFrom("vectors")
      .select(sql<number>`count(*)`.as("count"))
      .where("space", "=", space)
      .executeTakeFirstOrThrow();
    return count;
  }

  /** Stores what a model made of inputs that lacked it. Those that were deleted, changed or encoded meanwhile are left out. */
  async fill(
    batch: readonly (Missing & { readonly encoded: Encoded })[],
  ): Promise<readonly WrittenVector[]> {
    return this.#db.transaction().execute(async (tx) => {
      const written: WrittenVector[] = [];
      for (const { input, app, encoded } of batch) {
        if (!(await isStillMissing(tx, input, encoded.space))) continue;
        const row = await putEncoded(tx, { app, input: input.row }, encoded);
        const { space, vector } = encoded;
        written.push({ app, space, input: input.row, row, vector, replaced: [] });
      }
      return written;
    });
  }

  /** A page of vectors of all apps, by input, for the predictions. */
  async vectors(
    space: number,
    after: number,
    limit: number,
  ): Promise<readonly { readonly input: number; readonly vector: Float32Array }[]> {
    const rows = await this.#db
      .selectFrom("vectors")
      .select(["input", "vector"])
      .where("space", "=", space)
      .where("input", ">", after)
      .orderBy("input")
      .limit(limit)
      .execute();
    return rows.map(({ input, vector }) => ({
      input,
      vector: new Float32Array(vector.slice().buffer),
    }));
  }

  /** Replaces predictions; those of inputs that are gone are left out. */
  async predict(
    space: number,
    batch: readonly { readonly input: number; readonly predictions: Encoded["predictions"] }[],
  ): Promise<void> {
    await this.#db.transaction().execute(async (tx) => {
      for (const { input, predictions } of batch) {
        await tx
          .updateTable("predictions")
          .set({ concepts: JSON.stringify(predictions) })
          .where("input", "=", input)
          .where("space", "=", space)
          .execute();
      }
    });
  }

  async setVocabulary(row: number, vocabulary: string): Promise<void> {
    await this.#db.updateTable("spaces").set({ vocabulary }).where("row", "=", row).execute();
  }

  /** Deletes a space with its vectors, in steps between which others get their turn. */
  async delete(row: number): Promise<void> {
    for (const table of ["vectors", "predictions"] as const) {
      for (;;) {
        const { numDeletedRows } = await this.#db
          .deleteFrom(table)
          .where("input", "in", (eb) =>
            eb.selectFrom(table).select("input").where("space", "=", row).limit(DELETED_AT_ONCE),
          )
          .where("space", "=", row)
          .executeTakeFirstOrThrow();
        if (numDeletedRows === 0n) break;
      }
    }
    await this.#db.deleteFrom("spaces").where("row", "=", row).execute();
  }

  #missing(space: number) {
    return this.#db
      .selectFrom("inputs")
      .where("inputs.status", "=", "processed")
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom("vectors")
              .select("vectors.row")
              .whereRef("vectors.input", "=", "inputs.row")
              .where("vectors.space", "=", space),
          ),
        ),
      );
  }
}

async function setState(
  tx: Kysely<Schema>,
  which: number | SpaceState,
  state: SpaceState,
): Promise<void> {
  await tx
    .updateTable("spaces")
    .set({ state, changed_ms: Date.now() })
    .where(typeof which === "number" ? "row" : "state", "=", which)
    .execute();
}

async function isStillMissing(tx: Kysely<Schema>, input: Input, space: number): Promise<boolean> {
  const found = await tx
    .selectFrom("inputs")
    .select((eb) =>
      eb
        .selectFrom("vectors")
        .select("vectors.row")
        .where("vectors.input", "=", input.row)
        .where("vectors.space", "=", space)
        .as("vector"),
    )
    .where("row", "=", input.row)
    .where("status", "=", "processed")
    .where("modified_ms", "=", input.modifiedAt.getTime())
    .executeTakeFirst();
  return found !== undefined && found.vector === null;
}
