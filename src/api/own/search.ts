// POST /semblance/search: everything that the engine's search can do.
import type { FastifyInstance } from "fastify";
import type { Engine } from "../../engine/engine.ts";
import { hungUp, toBaseUrl } from "../call.ts";
import { toShortFloat } from "../json.ts";
import { OK } from "../status.ts";
import { appOf, OWN_PREFIX, parseGiven } from "./own-call.ts";
import { searchSchema, toSearchRequest } from "./search-request.ts";
import { toWireInputs } from "./to-wire-input.ts";

export function registerSearch(scope: FastifyInstance, engine: Engine): void {
  scope.post(`${OWN_PREFIX}/search`, async (request, reply) => {
    const app = await appOf(engine, request);
    const asked = toSearchRequest(parseGiven(searchSchema, request.body));
    const { hits, total, relevant } = await engine.search(app, asked, hungUp(reply.raw));
    const found = hits.map(({ input }) => input);
    const inputs = await toWireInputs(engine, app, found, toBaseUrl(request.raw));
    return {
      status: OK,
      total,
      ...(relevant !== undefined && { relevant }),
      hits: hits.map(({ score, copies, object }, i) => ({
        score: toShortFloat(score),
        ...(object && { object }),
        ...(copies !== undefined && { copies }),
        input: inputs[i],
      })),
    };
  });
}
