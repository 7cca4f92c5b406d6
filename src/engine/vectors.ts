// The fp32 vectors at rest: the truth that the index is made from and that exact scores are read from.
import type { DatabaseSyncInstance, StatementSyncInstance } from "@photostructure/sqlite";
import type { Kysely } from "kysely";
import type { App, Input } from "./engine.ts";
import { toInput } from "./input-row.ts";
import type { Schema } from "./schema.ts";
import { CHUNK } from "./sqlite.ts";

/** Vectors of all apps and vector spaces. A row is never used again. */
export class Vectors {
  readonly #database: DatabaseSyncInstance;
  readonly #db: Kysely<Schema>;
  readonly #readOne: StatementSyncInstance;
  readonly #readPredictions: StatementSyncInstance;

  constructor(database: DatabaseSyncInstance, db: Kysely<Schema>) {
    this.#database = database;
    this.#db = db;
    this.#readOne = database.prepare("SELECT vector FROM vectors WHERE row = ?");
    this.#readPredictions = database.prepare(
      `SELECT concepts FROM vectors JOIN predictions USING (input, space) WHERE vectors.row = ? AND space = ?`,
    );
  }

  /** All vector rows of an app (by row) in one space, ascending. */
  rows(app: number, space: number): Float64Array {
    const statement = this.#database.prepare(
      "SELECT row FROM vectors WHERE app = ? AND space = ? ORDER BY row",
    );
    statement.setReturnArrays(true);
    const rows = statement.all(app, space) as unknown as [number][];
    return Float64Array.from(rows, ([row]) => row);
  }

  /** Stored vectors in the order asked: [rows.length, dim] f32. A row deleted meanwhile reads as zeros.
   *  Synchronous: the rescore of every search. */
  read(rows: readonly number[], dim: number): Float32Array {
    const vectors = new Float32Array(rows.length * dim);
    rows.forEach((row, i) => {
      const found = this.#readOne.get(row) as { vector: Uint8Array } | undefined;
      if (found) vectors.set(toFloats(found.vector), i * dim);
    });
    return vectors;
  }

  /** Inputs of these rows that have a vector in one space: their vectors' rows, with their own. */
  rowsOf(inputs: readonly number[], space: number): ReadonlyMap<number, number> {
    if (inputs.length === 0) return new Map();
    const statement = this.#database.prepare(
      "SELECT row, input FROM vectors WHERE space = ? AND input IN (SELECT value FROM json_each(?))",
    );
    const found = statement.all(space, JSON.stringify(inputs));
    return new Map(
      (found as unknown as { row: number; input: number }[]).map((one) => [one.row, one.input]),
    );
  }

  /** What was predicted for the inputs of these vectors: concept ids with values, in the order asked. */
  predictionsOf(
    rows: readonly number[],
    space: number,
  ): readonly (readonly (readonly [string, number])[])[] {
    return rows.map((row) => {
      const found = this.#readPredictions.get(row, space) as { concepts: string } | undefined;
      return found ? JSON.parse(found.concepts) : [];
    });
  }

  /** [dim] f32, or undefined if the input has none in this space. */
  async of(input: Input, space: number): Promise<Float32Array | undefined> {
    const found = await this.#db
      .selectFrom("vectors")
      .select("vector")
      .where("input", "=", input.row)
      .where("space", "=", space)
      .executeTakeFirst();
    return found && toFloats(found.vector);
  }

  /** The inputs that own these vectors, by vector row. */
  async inputsOf(vectorRows: readonly number[]): Promise<ReadonlyMap<number, Input>> {
    const inputs = new Map<number, Input>();
    for (let start = 0; start < vectorRows.length; start += CHUNK) {
      const rows = await this.#db
        .selectFrom("vectors")
        .innerJoin("inputs", "inputs.row", "vectors.input")
        .selectAll("inputs")
        .select("vectors.row as vector_row")
        .where("vectors.row", "in", vectorRows.slice(start, start + CHUNK))
        .execute();
      for (const row of rows) inputs.set(row.vector_row, toInput(row));
    }
    return inputs;
  }
}

/** How many vectors of an app in one space are behind a row. */
export async function countVectorsBehind(
  db: Kysely<Schema>,
  app: Pick<App, "row">,
  space: number,
  row: number,
): Promise<number> {
  const { count } = await db
    .selectFrom("vectors")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("app", "=", app.row)
    .where("space", "=", space)
    .where("row", ">", row)
    .executeTakeFirstOrThrow();
  return count;
}

function toFloats(bytes: Uint8Array): Float32Array {
  return new Float32Array(bytes.slice().buffer); // a copy is aligned, SQLite's buffer need not be
}
