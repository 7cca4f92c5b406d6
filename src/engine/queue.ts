// The queue of inputs, which is the inputs table: pending rows in, processed, failed or duplicate rows out.
import { type Insertable, type Kysely, sql } from "kysely";
import type { AppError } from "../errors.ts";
import { admit, type Candidate, insertInput } from "./admission.ts";
import type { App, Input } from "./engine.ts";
import { toColumns } from "./facts/fact-columns.ts";
import type { Facts } from "./facts/facts.ts";
import { toInput } from "./input-row.ts";
import type { Schema } from "./schema.ts";
import { isIn } from "./sqlite.ts";

export type NewRow = Pick<Insertable<Schema["inputs"]>, "id" | "name" | "size_bytes"> &
  Partial<Insertable<Schema["inputs"]>>;

/** What one model made of an input. */
export type Encoded = {
  /** The model's vector space. */
  readonly space: number;
  /** [dim] f32, unit length. */
  readonly vector: Float32Array;
  /** Concept ids with values 0..1, highest first. */
  readonly predictions: readonly (readonly [string, number])[];
};

/** What processing found out about one input. */
export type Processed = {
  readonly input: Input;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly format: string;
  /** One for each vector space that is kept up. */
  readonly encoded: readonly Encoded[];
  /** Without them, facts.ts looks at it later. */
  readonly facts?: Facts;
};

export type PendingInput = {
  readonly input: Input;
  readonly app: number;
  readonly allowDuplicate: boolean;
};
/** A vector as it was stored; `replaced`: rows of the same input that it stands in for, of any space. */
export type WrittenVector = {
  readonly app: number;
  readonly space: number;
  /** Row of the input. */
  readonly input: number;
  readonly row: number;
  readonly vector: Float32Array;
  readonly replaced: readonly number[];
};

/** State changes of inputs on their way into the index, each one transaction. `modified_ms` tells whether an input
 *  is still the one that was taken: queueing it again changes it. */
export class Queue {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** Inserts one input with all that hangs on it, in one transaction. @throws AppError why it is refused */
  async admit(app: App, candidate: Candidate): Promise<Input> {
    return this.#db.transaction().execute((tx) => admit(tx, app, candidate));
  }

  /** Inserts inputs (pending unless the row says otherwise) and returns them in order. Rows whose id or path exists in
   *  the app are left out. */
  async add(app: App, rows: readonly NewRow[]): Promise<readonly Input[]> {
    return this.#db.transaction().execute(async (tx) => {
      const inputs: Input[] = [];
      for (const row of rows) {
        const inserted = await insertInput(tx, app, row);
        if (inserted) inputs.push(inserted);
      }
      return inputs;
    });
  }

  /** The oldest pending inputs of all apps whose bytes are here. */
  async next(limit: number): Promise<readonly PendingInput[]> {
    const rows = await this.#db
      .selectFrom("inputs")
      .selectAll()
      .where("status", "=", "pending")
      .where((eb) => eb.or([eb("url", "is", null), eb("sha256", "is not", null)]))
      .orderBy("row")
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      input: toInput({ ...row, patched_ms: 0 }), // its place in the queue, whatever people say of it meanwhile
      app: row.app,
      allowDuplicate: row.allow_duplicate === 1,
    }));
  }

  /** Searchable inputs of an app behind the row `after`, in order: to be completed once more. */
  async processed(app: App, after: number, limit: number): Promise<readonly Input[]> {
    const rows = await this.#db
      .selectFrom("inputs")
      .selectAll()
      .where("app", "=", app.row)
      .where("status", "=", "processed")
      .where("row", ">", after)
      .orderBy("row")
      .limit(limit)
      .execute();
    return rows.map((row) => toInput({ ...row, patched_ms: 0 })); // as in `next`
  }

  /** Marks inputs as searchable with their vectors and predictions, in one transaction. Inputs that
   *  were deleted or queued again meanwhile are left out. */
  async complete(batch: readonly Processed[]): Promise<readonly WrittenVector[]> {
    return this.#db.transaction().execute(async (tx) => {
      const written: WrittenVector[] = [];
      for (const processed of batch) written.push(...(await completeOne(tx, processed)));
      return written;
    });
  }

  /** Ends an input with the reason why it is not searchable, unless it was queued again meanwhile. */
  async fail(
    input: Input,
    error: AppError,
    sha256: string | null = null,
  ): Promise<readonly number[]> {
    return this.#db.transaction().execute(async (tx) => {
      const failed = await tx
        .updateTable("inputs")
        .set({
          status: error.code === "duplicate_image" ? "duplicate" : "failed",
          failure_code: error.code,
          failure: error.message,
          ...(sha256 !== null && { sha256 }), // a posted input keeps its own: its bytes hang on it
          modified_ms: Date.now(),
        })
        .where("row", "=", input.row)
        .where("modified_ms", "=", input.modifiedAt.getTime())
        .returning("row")
        .executeTakeFirst();
      if (!failed) return [];
      const gone = await tx
        .deleteFrom("vectors")
        .where("input", "=", input.row)
        .returning("row")
        .execute();
      return gone.map(({ row }) => row);
    });
  }

  /** Puts inputs back into the queue, with what changed about their files. */
  async requeue(
    rows: readonly {
      readonly row: number;
      readonly modifiedFileMs: number;
      readonly sizeBytes: number;
    }[],
  ): Promise<void> {
    await this.#db.transaction().execute(async (tx) => {
      for (const { row, modifiedFileMs, sizeBytes } of rows) {
        await tx
          .updateTable("inputs")
          .set({
            status: "pending",
            failure: null,
            failure_code: null,
            modified_ms: Date.now(),
            modified_file_ms: modifiedFileMs,
            size_bytes: sizeBytes,
          })
          .where("row", "=", row)
          .execute();
      }
    });
  }

  /** Puts failed inputs back, all of the app without `ids`; returns how many. What comes by URL is fetched again. */
  async retry(app: App, ids?: readonly string[]): Promise<number> {
    const query = this.#db
      .updateTable("inputs")
      .set({
        status: "pending",
        failure: null,
        failure_code: null,
        sha256: sql<string | null>`iif(url IS NULL, sha256, NULL)`,
        modified_ms: sql<number>`max(${Date.now()}, modified_ms + 1)`,
      })
      .where("app", "=", app.row)
      .where("status", "=", "failed");
    const wanted = ids === undefined ? query : query.where(isIn("id", ids));
    return Number((await wanted.executeTakeFirst()).numUpdatedRows);
  }

  /** A file was moved: `known` takes the place of `moved`, whose row goes. */
  async adopt(known: Input, moved: Input): Promise<void> {
    await this.#db.transaction().execute(async (tx) => {
      const gone = await tx
        .deleteFrom("inputs")
        .where("row", "=", moved.row)
        .returning(["path", "name", "modified_file_ms"])
        .executeTakeFirst();
      if (gone) await tx.updateTable("inputs").set(gone).where("row", "=", known.row).execute();
    });
  }
}

async function completeOne(
  tx: Kysely<Schema>,
  processed: Processed,
): Promise<readonly WrittenVector[]> {
  const { input, encoded } = processed;
  const updated = await tx
    .updateTable("inputs")
    .set({
      status: "processed",
      failure: null,
      failure_code: null,
      sha256: processed.sha256,
      size_bytes: processed.sizeBytes,
      width_px: processed.widthPx,
      height_px: processed.heightPx,
      format: processed.format,
      ...(processed.facts && toColumns(processed.facts, processed.sha256)),
      modified_ms: Date.now(),
    })
    .where("row", "=", input.row)
    .where("modified_ms", "=", input.modifiedAt.getTime())
    .returning("app")
    .executeTakeFirst();
  if (!updated) return [];
  const spaces = encoded.map(({ space }) => space);
  let outdated = tx.deleteFrom("vectors").where("input", "=", input.row);
  // Of other bytes, what every model saw; of the same bytes, what is made anew.
  if (input.sha256 === processed.sha256) outdated = outdated.where("space", "in", spaces);
  const replaced = (await outdated.returning("row").execute()).map(({ row }) => row);
  const written: WrittenVector[] = [];
  for (const each of encoded) {
    const row = await putEncoded(tx, { app: updated.app, input: input.row }, each);
    const { space, vector } = each;
    written.push({ app: updated.app, space, input: input.row, row, vector, replaced });
  }
  return written;
}

/** Stores what a model made of an input; returns the row of the vector. */
export async function putEncoded(
  tx: Kysely<Schema>,
  { app, input }: { readonly app: number; readonly input: number },
  { space, vector, predictions }: Encoded,
): Promise<number> {
  const { row } = await tx
    .insertInto("vectors")
    .values({ app, space, input, vector: toBytes(vector) })
    .returning("row")
    .executeTakeFirstOrThrow();
  const concepts = JSON.stringify(predictions);
  await tx
    .insertInto("predictions")
    .values({ input, space, concepts })
    .onConflict((oc) => oc.columns(["input", "space"]).doUpdateSet({ concepts }))
    .execute();
  return row;
}

function toBytes(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}
