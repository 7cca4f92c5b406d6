// Own concepts as lists for people: found by what is typed, or all of them with counts and examples.
import { type Kysely, type RawBuilder, type Selectable, sql } from "kysely";
import type { App } from "../engine.ts";
import { fold } from "../filter/fold.ts";
import type { Schema } from "../schema.ts";
import { PRESENT } from "./app-concepts.ts";

type ConceptOrder = "name" | "count" | "newest";

export type ListedConcept = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  /** Ids of inputs that carry it, surest and newest first. */
  readonly examples: readonly string[];
};

export type ConceptPage = {
  readonly offset: number;
  readonly limit: number;
  readonly order: ConceptOrder;
  /** What a word of the name starts with. */
  readonly prefix: string;
};

type ConceptRow = Selectable<Schema["concepts"]>;

const EXAMPLES = 4;
// Labels that are looked at for examples: an input may carry one of many regions.
const EXAMPLE_LABELS = 40;

/** The best `limit` of those of which a word starts with `prefix`, without the rest of the row. */
export async function findStarting(
  db: Kysely<Schema>,
  app: App,
  prefix: string,
  limit: number,
): Promise<readonly Pick<ConceptRow, "id" | "name">[]> {
  const typed = toTyped(prefix);
  const { rows } = await sql<Pick<ConceptRow, "id" | "name">>`
    SELECT id, name FROM concepts WHERE ${startsWith(app, typed)}
    ORDER BY folded = ${typed} DESC, instr(folded, ${typed}) = 1 DESC, length(folded), folded, row
    LIMIT ${limit}`.execute(db);
  return rows;
}

export async function listConcepts(
  db: Kysely<Schema>,
  app: App,
  { offset, limit, order, prefix }: ConceptPage,
): Promise<{ readonly concepts: readonly ListedConcept[]; readonly total: number }> {
  const where = startsWith(app, toTyped(prefix));
  const { rows } = await sql<ConceptRow>`
    SELECT * FROM concepts WHERE ${where} ORDER BY ${toSql(order)} LIMIT ${limit} OFFSET ${offset}`.execute(
    db,
  );
  const counted = await sql<{ count: number }>`
    SELECT count(*) AS count FROM concepts WHERE ${where}`.execute(db);
  const concepts: ListedConcept[] = [];
  for (const { row, id, name, created_ms } of rows) {
    const examples = await readExamples(db, row);
    concepts.push({ id, name, createdAt: new Date(created_ms), examples });
  }
  return { concepts, total: counted.rows[0]?.count ?? 0 };
}

// In the order of the index, so that a concept of many labels costs no more than one of few.
async function readExamples(db: Kysely<Schema>, concept: number): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT inputs.id FROM (
      SELECT annotation FROM labels WHERE concept = ${concept} AND value >= ${PRESENT}
      ORDER BY value DESC, annotation DESC LIMIT ${EXAMPLE_LABELS}) AS label
    CROSS JOIN annotations CROSS JOIN inputs
    WHERE annotations.row = label.annotation AND inputs.row = annotations.input
      AND inputs.status = 'processed'`.execute(db);
  return [...new Set(rows.map(({ id }) => id))].slice(0, EXAMPLES);
}

function toSql(order: ConceptOrder): RawBuilder<unknown> {
  switch (order) {
    case "name":
      return sql`folded, row`;
    case "newest":
      return sql`row DESC`;
    case "count":
      return sql`(SELECT count(*) FROM labels WHERE concept = concepts.row AND value >= ${PRESENT}) DESC, folded, row`;
  }
}

function toTyped(prefix: string): string {
  return fold(prefix.trim().replace(/^#/, "").trim());
}

function startsWith(app: App, typed: string): RawBuilder<unknown> {
  if (typed === "") return sql`app = ${app.row}`;
  return sql`app = ${app.row} AND (instr(' ' || folded, ${` ${typed}`}) > 0 OR instr(folded, ${`(${typed}`}) > 0)`;
}
