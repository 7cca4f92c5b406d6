// POST /semblance/near-copies starts looking for near-duplicates, GET gives groups of them, PUT .../kept says of inputs
// that all of them are to be kept, DELETE takes it back.
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { App, Engine } from "../../engine/engine.ts";
import type { CopiesPage } from "../../engine/explore/near-copies.ts";
import { LIMITS } from "../../limits.ts";
import { toBaseUrl } from "../call.ts";
import { OK } from "../status.ts";
import { toWireActivity } from "./activities.ts";
import { appOf, OWN_PREFIX, parseGiven } from "./own-call.ts";
import { toWireInputs } from "./to-wire-input.ts";

const PATH = `${OWN_PREFIX}/near-copies`;
const GROUPS_MAX = 100;

const startSchema = z.object({ least_similarity: z.number().min(0.5).max(1).optional() });
const pageSchema = z.object({
  /** From 0. */
  page: z.coerce.number().int().min(0).default(0),
  per_page: z.coerce.number().int().min(1).max(GROUPS_MAX).default(20),
  least: z.coerce.number().min(0).max(1).optional(),
});
const keptSchema = z.object({
  ids: z.array(z.string().min(1).max(LIMITS.idLength)).min(2).max(LIMITS.pageSizeMax),
});

export function registerNearCopies(scope: FastifyInstance, engine: Engine): void {
  scope.post(PATH, async (request) => {
    const app = await appOf(engine, request);
    const { least_similarity: least } = parseGiven(startSchema, request.body);
    return { status: OK, activity: toWireActivity(engine.explore.copies.start(app, least)) };
  });

  scope.get(PATH, async (request) => {
    const app = await appOf(engine, request);
    const { page, per_page, least } = parseGiven(pageSchema, request.query, "the query");
    const found = await engine.explore.copies.page(app, {
      offset: page * per_page,
      limit: per_page,
      ...(least !== undefined && { least }),
    });
    return { status: OK, ...(await toWirePage(engine, app, found, request)) };
  });

  for (const method of ["PUT", "DELETE"] as const) {
    scope.route({
      method,
      url: `${PATH}/kept`,
      handler: async (request) => {
        const app = await appOf(engine, request);
        const { ids } = parseGiven(keptSchema, request.body);
        await engine.explore.copies.keep(app, ids, method === "PUT");
        return { status: OK };
      },
    });
  }
}

async function toWirePage(engine: Engine, app: App, found: CopiesPage, request: FastifyRequest) {
  const baseUrl = toBaseUrl(request.raw);
  const all = found.groups.flatMap(({ inputs }) => inputs);
  const wire = await toWireInputs(engine, app, all, baseUrl);
  let next = 0;
  return {
    state: found.state,
    ...(found.computedAt && { computed_at: found.computedAt.toISOString() }),
    new_inputs: found.fresh,
    total_groups: found.totalGroups,
    total_copies: found.totalCopies,
    bytes_to_win: found.winBytes,
    groups: found.groups.map(({ similarities, inputs }) => ({
      similarity: Math.min(...similarities),
      similarities,
      inputs: inputs.map(() => wire[next++]),
    })),
  };
}
