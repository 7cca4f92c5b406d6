// Filters of a search -> SQL. Every filter becomes a set of rows, so that each index is used once: where joins or
// several IN lists leave it the choice, SQLite multiplies large sets out (20 s instead of 10 ms at 100,000 inputs).
import { type RawBuilder, sql } from "kysely";
import { labelsFor } from "../../sentence/object-label.ts";
import type { App } from "../engine.ts";
import { PRESENT } from "../library/app-concepts.ts";
import type { Condition, Filter } from "../query.ts";
import { isIn } from "../sqlite.ts";
import { phraseExpression } from "../words/word-index.ts";
import { fold } from "./fold.ts";
import { necessaryText } from "./metadata-match.ts";
import { pictureFact } from "./picture-sql.ts";
import { isWithinBox, isWithinRadius } from "./place-sql.ts";
import { isQualified } from "./qualifier-sql.ts";

/** The table whose rows are sought. */
export type Target = "inputs" | "annotations";

type Fact = RawBuilder<unknown>;
/** A SELECT of rows of one table. */
type Rows = RawBuilder<unknown>;

/** Confidence from which an object counts. */
export const CERTAIN = 0.5;

const NEVER: Fact = sql`0`;
const ALWAYS: Fact = sql`1`;

/** What rows of `inputs` that pass fulfil, or rows of `annotations` together with those of their `inputs`. Only
 *  processed inputs pass, unless a filter that is not negated asks for a status or all are `indexed` anyway: a changed
 *  file that waits to be indexed again keeps its place in the index. */
export function passing(
  app: App,
  filters: readonly Filter[],
  target: Target,
  indexed: boolean,
): RawBuilder<boolean> {
  const facts: Fact[] = [sql`${sql.ref(`${target}.app`)} = ${app.row}`];
  if (!indexed && !filters.some(asksForStatus)) facts.push(sql`inputs.status = 'processed'`);
  let sets = 0;
  for (const filter of distinct(filters).map(withoutAbsence)) {
    const fact = simpleFact(filter);
    const isNegated = filter.negate === true;
    if (fact) facts.push(isNegated ? sql`NOT (${fact})` : fact);
    else facts.push(isMember(target, rowsOf(app, filter, target), isNegated, sets));
    if (!fact && !isNegated) sets++;
  }
  return sql<boolean>`${sql.join(facts, sql` AND `)}`;
}

// A query may say the same many times, at no cost.
function distinct<T>(things: readonly T[]): readonly T[] {
  return [...new Map(things.map((thing) => [JSON.stringify(thing), thing])).values()];
}

function asksForStatus({ anyOf, negate }: Filter): boolean {
  return !negate && anyOf.some(({ kind }) => kind === "status");
}

// Not labelled so is the opposite of labelled so, whose rows are fewer.
function withoutAbsence(filter: Filter): Filter {
  const [condition, ...others] = filter.anyOf;
  const isSole = others.length === 0 && filter.annotation === undefined;
  if (!isSole || condition?.kind !== "concept" || condition.isPresent) return filter;
  return { anyOf: [{ ...condition, isPresent: true }], negate: !filter.negate };
}

// A filter that needs no set.
function simpleFact({ anyOf, annotation }: Filter): Fact | undefined {
  const some = anyOf.filter(({ kind }) => kind !== "none");
  if (some.length === 0 && anyOf.length > 0) return NEVER;
  if (annotation) return undefined;
  if (isTrivial(some)) return ALWAYS;
  const statuses = some.flatMap((one) => (one.kind === "status" ? one.statuses : []));
  if (some.some(({ kind }) => kind !== "status")) return undefined;
  return isIn("inputs.status", statuses);
}

function isTrivial(anyOf: readonly Condition[]): boolean {
  return anyOf.length === 0 || anyOf.some(({ kind }) => kind === "all");
}

// The first set is looked up by an index; "+" keeps SQLite from doing the same with the others.
function isMember(target: Target, rows: Rows, isNegated: boolean, setsBefore: number): Fact {
  const row = sql.raw(`${setsBefore > 0 ? "+" : ""}${target}.row`);
  return isNegated ? sql`${row} NOT IN (${rows})` : sql`${row} IN (${rows})`;
}

function rowsOf(app: App, { anyOf, annotation }: Filter, target: Target): Rows {
  const some = distinct(anyOf.filter(({ kind }) => kind !== "none"));
  if (!annotation) {
    return union(
      some.map((one) => (target === "inputs" ? inputs(app, one) : annotations(app, one))),
    );
  }
  const isMeant = isQualified(app, annotation);
  const column = sql.raw(target === "inputs" ? "input" : "row");
  const meant = sql`SELECT ${column} FROM annotations WHERE app = ${app.row} AND ${isMeant}`;
  if (isTrivial(some)) return meant;
  const sets = some.map((one) =>
    target === "inputs" && isAbsence(one)
      ? sql`SELECT row FROM annotations WHERE app = ${app.row} AND input NOT IN
          (SELECT input FROM annotations WHERE app = ${app.row} AND ${isMeant} AND row IN (${labelled(app, one)}))`
      : annotations(app, one),
  );
  return sql`${meant} AND row IN (${union(sets)})`;
}

// Inputs with an annotation on which the condition holds, or without one that says otherwise.
function inputs(app: App, condition: Condition): Rows {
  if (condition.kind === "concept") {
    const present = sql`SELECT input FROM annotations WHERE row IN (${labelled(app, condition)})`;
    if (condition.isPresent) return present;
    return sql`SELECT row FROM inputs WHERE app = ${app.row} AND row NOT IN (${present})`;
  }
  const fact = contentFact(condition);
  if (!fact) return inputsAs(app, condition);
  return union([
    inputsAs(app, condition),
    sql`SELECT input FROM annotations WHERE app = ${app.row} AND ${fact}`,
  ]);
}

// Annotations on which the condition holds. Those of whole inputs have their metadata and place there.
function annotations(app: App, condition: Condition): Rows {
  if (condition.kind === "concept") {
    if (condition.isPresent) return labelled(app, condition);
    return sql`SELECT row FROM annotations WHERE app = ${app.row} AND row NOT IN (${labelled(app, condition)})`;
  }
  const fact = contentFact(condition);
  const found = inputsAs(app, condition);
  if (!fact) return sql`SELECT row FROM annotations WHERE input IN (${found})`;
  return union([
    sql`SELECT row FROM annotations WHERE input_level = 1 AND input IN (${found})`,
    sql`SELECT row FROM annotations WHERE app = ${app.row} AND ${fact}`,
  ]);
}

type Labelling = Condition & { readonly kind: "concept" };

function isAbsence(condition: Condition): condition is Labelling {
  return condition.kind === "concept" && !condition.isPresent;
}

// Annotations that say that the concept is there.
function labelled(app: App, { id, name }: Labelling): Rows {
  const isIt = id === "" ? sql`folded = ${fold(name)}` : sql`id = ${id}`;
  return sql`SELECT annotation FROM labels WHERE value >= ${PRESENT} AND concept IN
    (SELECT row FROM concepts WHERE app = ${app.row} AND ${isIt})`;
}

// What inputs and annotations have columns of the same name for.
function contentFact(condition: Condition): Fact | undefined {
  switch (condition.kind) {
    case "metadata":
      return hasMetadata(condition.contains);
    case "radius":
      return isWithinRadius(condition.center, condition.radiusKm);
    case "box":
      return isWithinBox(condition.corners);
    case "placed":
      return sql`latitude IS NOT NULL`;
    default:
      return undefined;
  }
}

// The text test costs a tenth of parsing.
function hasMetadata(part: object): Fact {
  const text = necessaryText(part);
  return sql`metadata IS NOT NULL AND instr(metadata, ${text}) > 0 AND json_contains(metadata, ${JSON.stringify(part)})`;
}

// Inputs whose own row fulfils the condition.
function inputsAs(app: App, condition: Exclude<Condition, Labelling>): Rows {
  if (condition.kind === "datasets") {
    return sql`SELECT input FROM dataset_inputs WHERE dataset IN
      (SELECT row FROM datasets WHERE app = ${app.row} AND ${isIn("id", condition.ids)})`;
  }
  if (condition.kind === "words") {
    const expression = phraseExpression(app, condition.phrase);
    if (expression === undefined) return sql`SELECT row FROM inputs WHERE ${NEVER}`;
    return sql`SELECT rowid FROM words WHERE words MATCH ${expression}`;
  }
  if (condition.kind === "objects") return withObjects(app, condition);
  return sql`SELECT row FROM inputs WHERE app = ${app.row} AND ${inputFact(app, condition)}`;
}

function inputFact(
  app: App,
  condition: Exclude<Condition, Labelling | { readonly kind: "datasets" | "words" | "objects" }>,
): Fact {
  switch (condition.kind) {
    case "all":
      return ALWAYS;
    case "none":
      return NEVER;
    case "ids":
      return isIn("id", condition.ids);
    case "status":
      return isIn("status", condition.statuses);
    case "url":
      return sql`url = ${condition.url}`;
    case "unlabeled":
      return sql`row NOT IN (SELECT input FROM annotations WHERE row IN (${labelledAtAll(app)}))`;
    case "unassigned":
      return sql`row NOT IN (SELECT input FROM dataset_inputs WHERE dataset IN (${datasets(app)}))`;
    default:
      return contentFact(condition) ?? pictureFact(condition) ?? NEVER;
  }
}

// Inputs with none of them are those that were looked at and have not more than none.
function withObjects(app: App, { label, least, most }: Condition & { kind: "objects" }): Rows {
  const counted = (fact: Fact) => sql`SELECT input FROM objects
    WHERE app = ${app.row} AND ${isIn("label", labelsFor(label))} AND confidence >= ${CERTAIN}
    GROUP BY input HAVING ${fact}`;
  const isMany = most === undefined ? ALWAYS : sql`count(*) <= ${most}`;
  if (least > 0) return counted(sql`count(*) >= ${least} AND ${isMany}`);
  const tooMany = most === undefined ? NEVER : sql`count(*) > ${most}`;
  return sql`SELECT input FROM object_looks WHERE failure IS NULL AND input IN
    (SELECT row FROM inputs WHERE app = ${app.row}) AND input NOT IN (${counted(tooMany)})`;
}

function labelledAtAll(app: App): Rows {
  return sql`SELECT annotation FROM labels WHERE value >= ${PRESENT} AND concept IN
    (SELECT row FROM concepts WHERE app = ${app.row})`;
}

// Without their versions, which stand in the same table.
function datasets(app: App): Rows {
  return sql`SELECT row FROM datasets WHERE app = ${app.row} AND instr(id, '/') = 0`;
}

function union(sets: readonly Rows[]): Rows {
  return sql.join(sets, sql` UNION ALL `);
}
