// Which annotations a filter means -> a SQL condition on rows of `annotations`.
import { type RawBuilder, sql } from "kysely";
import type { App } from "../engine.ts";
import type { Qualifier, Shape } from "../query.ts";

type Fact = RawBuilder<unknown>;

/** All that the qualifier says. */
export function isQualified(app: App, qualifier: Qualifier): RawBuilder<boolean> {
  const { id, inputId, isInputLevel, isTrusted, info, shape, trackId, modified } = qualifier;
  const facts: Fact[] = [...equalities(qualifier)];
  if (id !== undefined) facts.push(sql`id = ${id}`);
  if (inputId !== undefined) {
    facts.push(sql`input = (SELECT row FROM inputs WHERE app = ${app.row} AND id = ${inputId})`);
  }
  if (isInputLevel !== undefined)
    facts.push(isInputLevel ? sql`input_level = 1` : sql`input_level = 0`);
  if (isTrusted !== undefined) facts.push(sql`trusted = ${isTrusted ? 1 : 0}`);
  if (info) facts.push(sql`json_contains(info, ${JSON.stringify(info)})`);
  if (shape !== undefined) facts.push(hasShape(shape));
  if (trackId !== undefined) {
    facts.push(sql`${trackId} IN (SELECT value FROM json_each(tracks))`);
  }
  if (modified?.from) facts.push(sql`modified_ms >= ${modified.from.getTime()}`);
  if (modified?.to) facts.push(sql`modified_ms <= ${modified.to.getTime()}`);
  return facts.length === 0 ? sql<boolean>`1` : sql<boolean>`${sql.join(facts, sql` AND `)}`;
}

function equalities(qualifier: Qualifier): readonly Fact[] {
  const columns = {
    status_code: qualifier.statusCode,
    user_id: qualifier.userId,
    model_version: qualifier.modelVersionId,
    workflow_version: qualifier.workflowVersionId,
    task_id: qualifier.taskId,
  };
  return Object.entries(columns).flatMap(([column, value]) =>
    value === undefined ? [] : [sql`${sql.ref(column)} = ${value}`],
  );
}

function hasShape(shape: Shape): Fact {
  return shape === "none" ? sql`shapes = ''` : sql`instr(shapes, ${`,${shape},`}) > 0`;
}
