// An app's own concepts: those it made, and those of the vocabulary that its labels name.
import { type Kysely, type Selectable, sql } from "kysely";
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";
import type { App, Json } from "../engine.ts";
import { fold } from "../filter/fold.ts";
import type { Schema } from "../schema.ts";
import { isIn } from "../sqlite.ts";
import { changeEach } from "./batch.ts";
import { type ConceptPage, findStarting, listConcepts } from "./concept-lists.ts";
import { deleteConcepts, type Merged, mergeConcepts } from "./concept-merge.ts";
import { noSuchId } from "./ids.ts";
import type { NewLabel } from "./labels.ts";
import { like } from "./pattern.ts";

export type AppConcept = {
  readonly row: number;
  readonly id: string;
  readonly name: string;
  readonly details: Json;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
};

export type LabelCounts = { readonly positive: number; readonly negative: number };

type Named = { readonly id?: string; readonly name?: string };
type NewConcept = Named & { readonly id: string; readonly details?: Json };

/** A label from here on says that the concept is there. */
export const PRESENT = 0.5;

export class AppConcepts {
  /** The vocabulary's name for an id; whoever loads the vocabulary sets it. */
  nameOf: (id: string) => string | undefined = () => undefined;
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** By id, else by name (any case). */
  async find(app: App, idOrName: string): Promise<AppConcept | undefined> {
    const found =
      (await findConcept(this.#db, app, { id: idOrName })) ??
      (await findConcept(this.#db, app, { name: idOrName }));
    return found && toConcept(found);
  }

  /** Oldest first; `pattern` of the name, "*" matches anything, without one a prefix. */
  async list(
    app: App,
    page: { readonly offset: number; readonly limit: number; readonly pattern?: string },
  ): Promise<readonly AppConcept[]> {
    const { offset, limit, pattern } = page;
    let query = this.#of(app).orderBy("row").limit(limit).offset(offset);
    if (pattern !== undefined) {
      query = query.where(like("name", pattern, !pattern.includes("*")));
    }
    return (await query.execute()).map(toConcept);
  }

  /** One result per concept; an id alone is its name, too. Errors: "concept_exists", "invalid_request". */
  async create(
    app: App,
    concepts: readonly NewConcept[],
  ): Promise<readonly (AppConcept | AppError)[]> {
    return changeEach(this.#db, concepts, async (tx, concept) => {
      checkConcept(concept);
      if (await findConcept(tx, app, { id: concept.id })) throw conceptExists(concept.id);
      const name = concept.name || this.nameOf(concept.id) || concept.id;
      return toConcept(await insertConcept(tx, app, { ...concept, name }));
    });
  }

  /** The concept of this name (any case), made if there is none. @throws AppError "invalid_request" */
  async named(app: App, name: string): Promise<AppConcept> {
    const given = { name: name.trim() };
    checkConcept(given);
    return this.#db.transaction().execute(async (tx) => {
      const known = await findConcept(tx, app, given);
      return toConcept(known ?? (await insertConcept(tx, app, given)));
    });
  }

  /** Sets what is given. Errors: "not_found", "invalid_request". */
  async update(
    app: App,
    concepts: readonly NewConcept[],
  ): Promise<readonly (AppConcept | AppError)[]> {
    return changeEach(this.#db, concepts, async (tx, concept) => {
      checkConcept(concept);
      const { id, name, details } = concept;
      const row = await tx
        .updateTable("concepts")
        .set({
          ...(name && { name, folded: fold(name) }),
          ...(details && { details: JSON.stringify(details) }),
          modified_ms: Date.now(),
        })
        .where("app", "=", app.row)
        .where("id", "=", id)
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) throw noSuchId(id, "a concept");
      return toConcept(row);
    });
  }

  /** How many inputs people labelled with each concept, as present and as absent, by concept id. `ids` undefined: of all. */
  async counts(app: App, ids?: readonly string[]): Promise<ReadonlyMap<string, LabelCounts>> {
    let query = this.#db
      .selectFrom("concepts")
      .leftJoin("labels", "labels.concept", "concepts.row")
      .leftJoin("annotations", "annotations.row", "labels.annotation")
      .select("concepts.id")
      .select(
        countInputs(sql`labels.value >= ${PRESENT} AND annotations.trusted = 1`).as("positive"),
      )
      .select(
        countInputs(sql`labels.value < ${PRESENT} AND annotations.trusted = 1`).as("negative"),
      )
      .where("concepts.app", "=", app.row)
      .groupBy("concepts.row");
    if (ids) query = query.where(isIn("concepts.id", ids));
    const rows = await query.execute();
    return new Map(rows.map(({ id, positive, negative }) => [id, { positive, negative }]));
  }

  /** How many labels name each concept, whatever they are on, by concept id: from an index, for who is typing. */
  async labelCounts(app: App, ids: readonly string[]): Promise<ReadonlyMap<string, LabelCounts>> {
    const rows = await this.#db
      .selectFrom("concepts")
      .innerJoin("labels", "labels.concept", "concepts.row")
      .select("concepts.id")
      .select(sql<number>`total(labels.value >= ${PRESENT})`.as("positive"))
      .select(sql<number>`total(labels.value < ${PRESENT})`.as("negative"))
      .where("concepts.app", "=", app.row)
      .where(isIn("concepts.id", ids))
      .groupBy("concepts.row")
      .execute();
    return new Map(rows.map(({ id, positive, negative }) => [id, { positive, negative }]));
  }

  /** The best `limit` of those of which a word starts with `prefix`, in any case. */
  async startingWith(
    app: App,
    prefix: string,
    limit: number,
  ): Promise<readonly Pick<AppConcept, "id" | "name">[]> {
    return findStarting(this.#db, app, prefix, limit);
  }

  /** One page in an order, with examples, and how many there are in all. */
  async page(app: App, page: ConceptPage): ReturnType<typeof listConcepts> {
    return listConcepts(this.#db, app, page);
  }

  /** Gives the labels of `from` to `into`, which keeps its own where both have one, and deletes `from`.
   *  @throws AppError "not_found", "invalid_request" */
  async merge(app: App, from: readonly string[], into: string): Promise<Merged> {
    return this.#db.transaction().execute((tx) => mergeConcepts(tx, app, from, into));
  }

  /** Deletes concepts with their labels; returns how many existed. */
  async delete(app: App, ids: readonly string[]): Promise<number> {
    return this.#db.transaction().execute((tx) => deleteConcepts(tx, app, ids));
  }

  /** Labels with the vocabulary's name where they have an id of it and nothing else. */
  withNames(labels: readonly NewLabel[]): readonly NewLabel[] {
    return labels.map((label) => {
      const name = label.id && !label.name ? this.nameOf(label.id) : undefined;
      return name === undefined ? label : { ...label, name };
    });
  }

  #of(app: App) {
    return this.#db.selectFrom("concepts").selectAll().where("app", "=", app.row);
  }
}

/** @throws AppError "invalid_request" for a concept without id and name, or with one that is none */
export function checkConcept({ id = "", name = "" }: Named): void {
  const isNamed = id !== "" || name.trim() !== "";
  if (isNamed && [id, name].every((text) => text.length <= LIMITS.idLength && isPlain(text)))
    return;
  throw new AppError(
    "invalid_request",
    `Expected an id or a name of 1 to ${LIMITS.idLength} characters without control characters for the concept ` +
      `but received ${JSON.stringify({ id, name }).slice(0, 2 * LIMITS.idLength)}.`,
  );
}

function isPlain(text: string): boolean {
  return !/\p{Cc}/u.test(text);
}

/** The concept of this id or, where none is given, of this name: the same letters rather than any case. */
export async function findConcept(
  db: Kysely<Schema>,
  app: App,
  { id = "", name = "" }: Named,
): Promise<Selectable<Schema["concepts"]> | undefined> {
  const query = db.selectFrom("concepts").selectAll().where("app", "=", app.row).limit(1);
  if (id !== "") return query.where("id", "=", id).executeTakeFirst();
  return query
    .where("folded", "=", fold(name))
    .orderBy(sql`name = ${name}`, "desc")
    .orderBy("row")
    .executeTakeFirst();
}

/** Makes a concept of an id, a name or both; what is missing comes from the other. */
export async function insertConcept(
  tx: Kysely<Schema>,
  app: App,
  { id = "", name = "", details = {} }: Named & { readonly details?: Json },
): Promise<Selectable<Schema["concepts"]>> {
  const now = Date.now();
  return tx
    .insertInto("concepts")
    .values({
      app: app.row,
      id: id || (await freeId(tx, app, name)),
      name: name || id,
      folded: fold(name || id),
      details: JSON.stringify(details),
      created_ms: now,
      modified_ms: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

// "Golden Retriever" -> golden-retriever, golden-retriever-2, ...
async function freeId(tx: Kysely<Schema>, app: App, name: string): Promise<string> {
  const words = name.trim().toLowerCase().split(/\s+/).join("-");
  for (let next = 2, id = words; ; id = `${words}-${next++}`) {
    if (!(await findConcept(tx, app, { id }))) return id;
  }
}

function countInputs(condition: ReturnType<typeof sql>) {
  return sql<number>`count(DISTINCT CASE WHEN ${condition} THEN annotations.input END)`;
}

function toConcept(row: Selectable<Schema["concepts"]>): AppConcept {
  return {
    row: row.row,
    id: row.id,
    name: row.name,
    details: JSON.parse(row.details),
    createdAt: new Date(row.created_ms),
    modifiedAt: new Date(row.modified_ms),
  };
}

// Clarifai's clients look for the word "duplicate".
function conceptExists(id: string): AppError {
  return new AppError(
    "concept_exists",
    `Expected a new id for the concept but received ${JSON.stringify(id)}, a duplicate.`,
    { details: { id } },
  );
}
