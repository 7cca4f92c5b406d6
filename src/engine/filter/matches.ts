// What passes the filters of a search, read from the store.
import { setImmediate } from "node:timers/promises";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { App, Input } from "../engine.ts";
import { toInput } from "../input-row.ts";
import type { Filter, Order } from "../query.ts";
import type { Schema } from "../schema.ts";
import { CHUNK, isIn, revision } from "../sqlite.ts";
import { passing, type Target } from "./filter-sql.ts";

/** Annotations that pass, with the vector of their input: by vector row, then by their own. */
export type AnnotationVectors = {
  readonly vectors: Float64Array;
  readonly annotations: Float64Array;
};

/** Inputs that pass, with their vectors. */
export type InputVectors = { readonly vectors: Float64Array; readonly inputs: Float64Array };

/** Orders that need no ranking. */
export type ListOrder = Exclude<Order, "relevance">;

// The row tells when an input was added. DESC puts what has no date last.
const ORDERS: Readonly<Record<ListOrder, RawBuilder<unknown>>> = {
  newest: sql`row DESC`,
  oldest: sql`row`,
  taken: sql`taken_ms DESC, row DESC`,
};

type Page = { readonly offset: number; readonly limit: number };

// An annotation's input is looked up by its row. CROSS keeps SQLite from turning that round.
const FROM: Readonly<Record<Target, RawBuilder<unknown>>> = {
  inputs: sql`inputs WHERE`,
  annotations: sql`annotations CROSS JOIN inputs WHERE inputs.row = annotations.input AND`,
};

export class Matches {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** A number that has grown whenever the store has changed. */
  async revision(): Promise<number> {
    return revision(this.#db);
  }

  /** How many inputs, or annotations, pass. */
  async count(app: App, filters: readonly Filter[], target: Target): Promise<number> {
    const where = passing(app, filters, target, false);
    const { rows } = await sql<{ count: number }>`
      SELECT count(*) AS count FROM ${FROM[target]} ${where}`.execute(this.#db);
    return rows[0]?.count ?? 0;
  }

  /** One page of those that pass, without a set of all of them. */
  async inputs(
    app: App,
    filters: readonly Filter[],
    page: Page,
    order: ListOrder = "newest",
  ): Promise<readonly Input[]> {
    const rows = await this.#db
      .selectFrom("inputs")
      .selectAll()
      .where(passing(app, filters, "inputs", false))
      .orderBy(ORDERS[order])
      .limit(page.limit)
      .offset(page.offset)
      .execute();
    return rows.map(toInput);
  }

  /** Rows of all inputs that pass. One row of JSON is read five times faster than an object per row. */
  async inputRows(
    app: App,
    filters: readonly Filter[],
    order: ListOrder = "newest",
  ): Promise<Float64Array> {
    const where = passing(app, filters, "inputs", false);
    const { rows } = await sql<{ inputs: string }>`
      SELECT json_group_array(row) AS inputs FROM (
        SELECT row FROM inputs WHERE ${where} ORDER BY ${ORDERS[order]})`.execute(this.#db);
    return toRows(rows[0]?.inputs);
  }

  /** The inputs with these rows, by row; those that are gone are left out. */
  async inputsAt(rows: readonly number[]): Promise<ReadonlyMap<number, Input>> {
    const found = await this.#db
      .selectFrom("inputs")
      .selectAll()
      .where(isIn("row", rows))
      .execute();
    return new Map(found.map((row) => [row.row, toInput(row)]));
  }

  /** When the inputs of these vectors were added, as their rows, or taken, in ms; -Infinity if nobody knows. By vector
   *  row. */
  async dates(
    vectorRows: readonly number[],
    of: "added" | "taken",
  ): Promise<ReadonlyMap<number, number>> {
    const dates = new Map<number, number>();
    for (let start = 0; start < vectorRows.length; start += CHUNK) {
      const rows = await this.#db
        .selectFrom("vectors")
        .innerJoin("inputs", "inputs.row", "vectors.input")
        .select(["vectors.row", of === "added" ? "inputs.row as date" : "inputs.taken_ms as date"])
        .where(isIn("vectors.row", vectorRows.slice(start, start + CHUNK)))
        .execute();
      for (const { row, date } of rows) dates.set(row, date ?? Number.NEGATIVE_INFINITY);
    }
    return dates;
  }

  /** Leaders of the groups of near-duplicates, by the rows of all their members. */
  async leaders(app: App): Promise<ReadonlyMap<number, number>> {
    const { rows } = await sql<{ inputs: string; leaders: string }>`
      SELECT json_group_array(input) AS inputs, json_group_array(leader) AS leaders
      FROM near_copies WHERE app = ${app.row}`.execute(this.#db);
    const leaders = toRows(rows[0]?.leaders);
    return new Map([...toRows(rows[0]?.inputs)].map((input, i) => [input, leaders[i]!]));
  }

  /** Ids of inputs by their rows, or by rows of their vectors, in the order of the rows; those that are gone are left
   *  out. Other work gets its turn in between. */
  async ids(rows: Float64Array, of: "inputs" | "vectors"): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let start = 0; start < rows.length; start += CHUNK) {
      const some = [...rows.subarray(start, start + CHUNK)];
      const found = await this.#idsOf(some, of);
      ids.push(...some.flatMap((row) => found.get(row) ?? []));
      await setImmediate();
    }
    return ids;
  }

  async #idsOf(
    rows: readonly number[],
    of: "inputs" | "vectors",
  ): Promise<ReadonlyMap<number, string>> {
    const found =
      of === "inputs"
        ? this.#db.selectFrom("inputs").select(["row", "id"]).where(isIn("row", rows))
        : this.#db
            .selectFrom("vectors")
            .innerJoin("inputs", "inputs.row", "vectors.input")
            .select(["vectors.row", "inputs.id"])
            .where(isIn("vectors.row", rows));
    return new Map((await found.execute()).map(({ row, id }) => [row, id]));
  }

  /** Rows, newest first. */
  async annotations(
    app: App,
    filters: readonly Filter[],
    { offset, limit }: Page,
  ): Promise<readonly number[]> {
    const where = passing(app, filters, "annotations", false);
    const { rows } = await sql<{ row: number }>`
      SELECT annotations.row AS row FROM ${FROM.annotations} ${where}
      ORDER BY annotations.row DESC LIMIT ${limit} OFFSET ${offset}`.execute(this.#db);
    return rows.map(({ row }) => row);
  }

  /** The indexed inputs that pass, with the rows of their vectors in one vector space. */
  async inputVectors(app: App, filters: readonly Filter[], space: number): Promise<InputVectors> {
    const where = passing(app, filters, "inputs", true);
    const { rows } = await sql<{ vectors: string; inputs: string }>`
      SELECT json_group_array(vectors.row) AS vectors, json_group_array(inputs.row) AS inputs
      FROM inputs CROSS JOIN vectors
      WHERE vectors.input = inputs.row AND vectors.space = ${space} AND ${where}`.execute(this.#db);
    return { vectors: toRows(rows[0]?.vectors), inputs: toRows(rows[0]?.inputs) };
  }

  /** The objects in indexed inputs that pass, with their inputs: those with a vector in one space, by row. An input that failed
   *  keeps its objects until it is processed again, and has no place here. */
  async inputObjects(
    app: App,
    filters: readonly Filter[],
    space: number,
  ): Promise<{ readonly objects: Float64Array; readonly inputs: Float64Array }> {
    const where = passing(app, filters, "inputs", true);
    const { rows } = await sql<{ objects: string; inputs: string }>`
      SELECT json_group_array(object) AS objects, json_group_array(input) AS inputs FROM (
        SELECT objects.row AS object, inputs.row AS input FROM inputs CROSS JOIN objects
        WHERE objects.space = ${space} AND objects.app = ${app.row} AND objects.input = inputs.row
          AND inputs.status IN ('processed', 'pending') AND ${where}
        ORDER BY objects.row)`.execute(this.#db);
    return { objects: toRows(rows[0]?.objects), inputs: toRows(rows[0]?.inputs) };
  }

  /** The annotations that pass, of indexed inputs. */
  async annotationVectors(
    app: App,
    filters: readonly Filter[],
    space: number,
  ): Promise<AnnotationVectors> {
    const where = passing(app, filters, "annotations", true);
    const { rows } = await sql<{ vectors: string; annotations: string }>`
      SELECT json_group_array(vector) AS vectors, json_group_array(annotation) AS annotations FROM (
        SELECT vectors.row AS vector, annotations.row AS annotation
        FROM annotations CROSS JOIN inputs CROSS JOIN vectors
        WHERE inputs.row = annotations.input AND vectors.input = inputs.row
          AND vectors.space = ${space} AND ${where}
        ORDER BY vectors.row, annotations.row)`.execute(this.#db);
    return { vectors: toRows(rows[0]?.vectors), annotations: toRows(rows[0]?.annotations) };
  }
}

function toRows(json = "[]"): Float64Array {
  return Float64Array.from(JSON.parse(json) as number[]);
}
