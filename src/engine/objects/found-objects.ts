// What was found in pictures, at rest, and which pictures are still to be looked at: triggers note them (schema.ts).
import type { DatabaseSyncInstance, StatementSyncInstance } from "@photostructure/sqlite";
import { type Kysely, sql } from "kysely";
import type { App, Input } from "../engine.ts";
import { toInput } from "../input-row.ts";
import type { WrittenVector } from "../queue.ts";
import type { Schema } from "../schema.ts";
import { isIn } from "../sqlite.ts";
import type { Detection } from "./detector.ts";

/** `vector`: [dim] f32, unit length; undefined where it has none. */
export type NewObject = Detection & { readonly vector: Float32Array | undefined };

/** What a look at a picture came to. `space`: of the vectors. */
export type Look = {
  readonly input: Input;
  readonly app: number;
  readonly detector: string;
  readonly space: number;
  readonly objects: readonly NewObject[];
  /** Why nothing was found out; objects that were found before then go. */
  readonly failure: string | null;
};

/** An input that is to be looked at. `known`: what this detector found in it, which still holds. */
export type Unseen = {
  readonly input: Input;
  readonly app: number;
  readonly known: readonly Detection[] | undefined;
};

/** What the index of objects has to learn. `gone`: rows of objects by the row of their app. */
export type SavedLooks = {
  readonly written: readonly WrittenVector[];
  readonly gone: ReadonlyMap<number, readonly number[]>;
};

export class FoundObjects {
  readonly #database: DatabaseSyncInstance;
  readonly #db: Kysely<Schema>;
  readonly #readOne: StatementSyncInstance;

  constructor(database: DatabaseSyncInstance, db: Kysely<Schema>) {
    this.#database = database;
    this.#db = db;
    this.#readOne = database.prepare("SELECT vector FROM objects WHERE row = ?");
  }

  /** All rows of an app (by row) with a vector in one space, ascending. */
  rows(app: number, space: number): Float64Array {
    const statement = this.#database.prepare(
      "SELECT row FROM objects WHERE app = ? AND space = ? ORDER BY row",
    );
    statement.setReturnArrays(true);
    const rows = statement.all(app, space) as unknown as [number][];
    return Float64Array.from(rows, ([row]) => row);
  }

  /** Stored vectors in the order asked: [rows.length, dim] f32. A row deleted meanwhile reads as zeros. */
  read(rows: readonly number[], dim: number): Float32Array {
    const vectors = new Float32Array(rows.length * dim);
    rows.forEach((row, i) => {
      const { vector } = (this.#readOne.get(row) ?? {}) as { vector?: Uint8Array | null };
      // Made by the encoder of before, just until it is made again: of another length.
      if (vector?.byteLength === dim * 4)
        vectors.set(new Float32Array(vector.slice().buffer), i * dim);
    });
    return vectors;
  }

  /** In one transaction, in place of what was found before; inputs that were deleted or changed meanwhile are left out. */
  async save(looks: readonly Look[]): Promise<SavedLooks> {
    return this.#db.transaction().execute(async (tx) => {
      const written: WrittenVector[] = [];
      const gone = new Map<number, readonly number[]>();
      for (const look of looks) {
        if (!(await isSame(tx, look.input))) continue;
        const replaced = await putLook(tx, look);
        gone.set(look.app, [...(gone.get(look.app) ?? []), ...replaced]);
        written.push(...(await putObjects(tx, look)));
      }
      return { written, gone };
    });
  }

  /** Objects in these inputs, surest first, by input row. */
  async of(
    inputs: readonly Pick<Input, "row">[],
  ): Promise<ReadonlyMap<number, readonly Detection[]>> {
    const rows = await this.#db
      .selectFrom("objects")
      .select(["input", "label", "left", "top", "right", "bottom", "confidence"])
      .where(
        isIn(
          "input",
          inputs.map(({ row }) => row),
        ),
      )
      .orderBy("confidence", "desc")
      .orderBy("row")
      .execute();
    return byInput(rows);
  }

  /** Objects by their rows; those that are gone are left out. */
  async at(rows: readonly number[]): Promise<ReadonlyMap<number, Detection>> {
    const found = await this.#db
      .selectFrom("objects")
      .select(["row", "label", "left", "top", "right", "bottom", "confidence"])
      .where(isIn("row", rows))
      .execute();
    return new Map(found.map((one) => [one.row, toDetection(one)]));
  }

  /** When the inputs of these objects were added, as their rows, or taken, in ms; -Infinity if nobody knows. By row. */
  async dates(
    rows: readonly number[],
    of: "added" | "taken",
  ): Promise<ReadonlyMap<number, number>> {
    const found = await this.#db
      .selectFrom("objects")
      .innerJoin("inputs", "inputs.row", "objects.input")
      .select(["objects.row", of === "added" ? "inputs.row as date" : "inputs.taken_ms as date"])
      .where(isIn("objects.row", rows))
      .execute();
    return new Map(found.map(({ row, date }) => [row, date ?? Number.NEGATIVE_INFINITY]));
  }

  /** Those that are to be looked at, the last that came first: somebody may be looking at them. */
  async next(limit: number, detector: string): Promise<readonly Unseen[]> {
    const rows = await this.#due()
      .leftJoin("object_looks", "object_looks.input", "inputs.row")
      .selectAll("inputs")
      .select(["object_looks.detector", "object_looks.failure as look_failure"])
      .orderBy("objects_due.input", "desc")
      .limit(limit)
      .execute();
    const isKnown = (row: (typeof rows)[number]) =>
      row.detector === detector && row.look_failure === null;
    const known = await this.of(rows.filter(isKnown));
    return rows.map((row) => ({
      input: toInput({ ...row, patched_ms: 0 }), // as in Queue
      app: row.app,
      known: isKnown(row) ? (known.get(row.row) ?? []) : undefined,
    }));
  }

  /** How many of all apps are to be looked at. */
  async countDue(): Promise<number> {
    const { count } = await this.#due()
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow();
    return count;
  }

  /** Has looked at again what another detector, or encoder, made. */
  async outdate(detector: string, space: number): Promise<void> {
    await sql`
      INSERT INTO objects_due SELECT input FROM object_looks
      WHERE detector <> ${detector} OR space IS NOT ${space} ON CONFLICT DO NOTHING`.execute(
      this.#db,
    );
  }

  /** Whether anything was found in the app. */
  async isAny(app: App): Promise<boolean> {
    const { rows } = await sql`SELECT 1 FROM objects WHERE app = ${app.row} LIMIT 1`.execute(
      this.#db,
    );
    return rows.length > 0;
  }

  #due() {
    return this.#db
      .selectFrom("objects_due")
      .innerJoin("inputs", "inputs.row", "objects_due.input")
      .where("inputs.status", "=", "processed");
  }
}

type Row = Omit<Detection, "box"> & Detection["box"];

function toDetection({ label, left, top, right, bottom, confidence }: Row): Detection {
  return { label, box: { left, top, right, bottom }, confidence };
}

function byInput(
  rows: readonly (Row & { readonly input: number })[],
): ReadonlyMap<number, readonly Detection[]> {
  const groups = new Map<number, readonly Detection[]>();
  for (const row of rows) {
    const detections = groups.get(row.input) ?? [];
    groups.set(row.input, [...detections, toDetection(row)]);
  }
  return groups;
}

async function isSame(tx: Kysely<Schema>, input: Input): Promise<boolean> {
  const found = await tx
    .selectFrom("inputs")
    .select("row")
    .where("row", "=", input.row)
    .where("status", "=", "processed")
    .where("modified_ms", "=", input.modifiedAt.getTime())
    .executeTakeFirst();
  return found !== undefined;
}

// Returns the rows of the objects that were found before, which are gone.
async function putLook(tx: Kysely<Schema>, look: Look): Promise<readonly number[]> {
  const { detector, space, failure } = look;
  const input = look.input.row;
  await tx
    .insertInto("object_looks")
    .values({ input, detector, space, failure })
    .onConflict((oc) => oc.column("input").doUpdateSet({ detector, space, failure }))
    .execute();
  await tx.deleteFrom("objects_due").where("input", "=", input).execute();
  const gone = tx.deleteFrom("objects").where("input", "=", input).returning("row");
  return (await gone.execute()).map(({ row }) => row);
}

async function putObjects(tx: Kysely<Schema>, look: Look): Promise<readonly WrittenVector[]> {
  const { app, space } = look;
  const input = look.input.row;
  const written: WrittenVector[] = [];
  for (const { label, box, confidence, vector } of look.objects) {
    const place = vector ? { space, vector: toBytes(vector) } : { space: null, vector: null };
    const { row } = await tx
      .insertInto("objects")
      .values({ app, input, label, confidence, ...box, ...place })
      .returning("row")
      .executeTakeFirstOrThrow();
    if (vector) written.push({ app, space, input, row, vector, replaced: [] });
  }
  return written;
}

function toBytes(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}
