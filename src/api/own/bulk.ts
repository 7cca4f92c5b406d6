// POST /semblance/bulk: one change of many inputs, named by ids or by a search -> the activity that makes it.
import { setTimeout } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { App, Engine } from "../../engine/engine.ts";
import type { BulkChange } from "../../engine/library/bulk.ts";
import { LIMITS } from "../../limits.ts";
import { hungUp } from "../call.ts";
import { OK } from "../status.ts";
import { toWireActivity } from "./activities.ts";
import { jsonObject } from "./json-object.ts";
import { appOf, OWN_PREFIX, parseGiven } from "./own-call.ts";
import { searchSchema, toSearchRequest } from "./search-request.ts";

/** Small changes are over by then, and the answer says so. */
const PATIENCE_MS = 200;

const id = z.string().min(1).max(LIMITS.idLength);
const names = z.array(id).max(LIMITS.bulkNames).default([]);

const changeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("labels"), add: names, add_absent: names, remove: names }),
  z.object({
    kind: z.literal("metadata"),
    set: jsonObject.default({}),
    remove: names,
  }),
  z.object({ kind: z.literal("datasets"), add: names, remove: names }),
  z.object({ kind: z.literal("delete") }),
]);

const bulkSchema = z
  .object({
    ids: z.array(id).max(LIMITS.bulkIds).optional(),
    search: searchSchema.optional(),
    change: changeSchema,
  })
  .refine(({ ids, search }) => (ids === undefined) !== (search === undefined), {
    message: "either ids or a search is needed",
  });

type Target = Omit<z.output<typeof bulkSchema>, "change">;

export function registerBulk(scope: FastifyInstance, engine: Engine): void {
  scope.post(`${OWN_PREFIX}/bulk`, async (request, reply) => {
    const app = await appOf(engine, request);
    const { change, ...target } = parseGiven(bulkSchema, request.body);
    const ids = await idsOf(engine, app, target, hungUp(reply.raw));
    const { id: started } = await engine.changeInputs(app, ids, toChange(change));
    const ended = engine.activities.ended(app, started);
    await Promise.race([ended, setTimeout(PATIENCE_MS, undefined, { ref: false })]);
    const activity = engine.activities.list(app).find((one) => one.id === started);
    return { status: OK, activity: activity && toWireActivity(activity) };
  });
}

// All that the search finds now; what comes later is not meant.
async function idsOf(
  engine: Engine,
  app: App,
  { ids, search }: Target,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (!search) return ids ?? [];
  const everything = { offset: 0, limit: LIMITS.windowMax };
  return engine.searchIds(app, { ...toSearchRequest(search), ...everything }, signal);
}

function toChange(given: z.output<typeof changeSchema>): BulkChange {
  if (given.kind !== "labels") return given;
  const { kind, add, add_absent: addAbsent, remove } = given;
  return { kind, add, addAbsent, remove };
}
