// Searches of the Portal that people keep: a name, and the address of the page. GET, POST /semblance/searches; PATCH,
// DELETE /semblance/searches/:id.
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Engine } from "../../engine/engine.ts";
import { newId, noSuchId } from "../../engine/library/ids.ts";
import type { StoredRecord } from "../../engine/library/records.ts";
import { LIMITS } from "../../limits.ts";
import { OK } from "../status.ts";
import { appOf, OWN_PREFIX, parseGiven } from "./own-call.ts";

const PATH = `${OWN_PREFIX}/searches`;
const KIND = "portal-search";

const searchSchema = z.object({
  name: z.string().trim().min(1).max(LIMITS.idLength),
  /** Query string of the page. */
  address: z.string().max(LIMITS.savedSearchLength),
  thumbnail_id: z.string().min(1).max(LIMITS.idLength).optional(),
});

export function registerSavedSearches(scope: FastifyInstance, engine: Engine): void {
  scope.get(PATH, async (request) => {
    const app = await appOf(engine, request);
    const page = { offset: 0, limit: LIMITS.windowMax, newestFirst: true };
    const records = await engine.records.list(app, { kind: KIND }, page);
    return { status: OK, searches: records.map(toWire) };
  });

  scope.post(PATH, async (request) => {
    const app = await appOf(engine, request);
    const search = parseGiven(searchSchema, request.body);
    const record = await engine.records.create(app, { kind: KIND, id: newId() }, search);
    return { status: OK, search: toWire(record) };
  });

  scope.patch(`${PATH}/:id`, async (request) => {
    const app = await appOf(engine, request);
    const change = parseGiven(searchSchema.partial(), request.body);
    const key = { kind: KIND, id: idIn(request) } as const;
    const record = await engine.records.get(app, key);
    if (!record) throw noSuchId(key.id, "a saved search");
    const body = { ...record.body, ...change };
    return { status: OK, search: toWire(await engine.records.update(app, key, body)) };
  });

  scope.delete(`${PATH}/:id`, async (request) => {
    const app = await appOf(engine, request);
    const id = idIn(request);
    const count = await engine.records.delete(app, { kind: KIND }, [id]);
    if (count === 0) throw noSuchId(id, "a saved search");
    return { status: OK };
  });
}

function idIn(request: FastifyRequest): string {
  return (request.params as { id: string }).id;
}

function toWire({ id, body, createdAt, modifiedAt }: StoredRecord) {
  const times = { created_at: createdAt.toISOString(), modified_at: modifiedAt.toISOString() };
  return { id, ...body, ...times };
}
