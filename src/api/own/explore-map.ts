// POST /semblance/map makes the map of an app, GET gives it, GET .../values the predicted values of a concept at its
// points. Numbers travel as base64 of little-endian arrays.
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Engine } from "../../engine/engine.ts";
import { LIMITS } from "../../limits.ts";
import { hungUp } from "../call.ts";
import { OK } from "../status.ts";
import { toWireActivity } from "./activities.ts";
import { appOf, OWN_PREFIX, parseGiven } from "./own-call.ts";

const PATH = `${OWN_PREFIX}/map`;

const valuesSchema = z.object({ concept: z.string().min(1).max(LIMITS.idLength) });

export function registerMap(scope: FastifyInstance, engine: Engine): void {
  scope.post(PATH, async (request) => {
    const app = await appOf(engine, request);
    return { status: OK, activity: toWireActivity(await engine.explore.map.start(app)) };
  });

  scope.get(PATH, async (request) => {
    const app = await appOf(engine, request);
    const view = await engine.explore.map.view(app);
    return {
      status: OK,
      state: view.state,
      ...(view.computedAt && { computed_at: view.computedAt.toISOString() }),
      new_inputs: view.fresh,
      total: view.total,
      clusters: view.clusters,
      points: {
        ids: view.ids,
        x: toBase64(view.points.x),
        y: toBase64(view.points.y),
        cluster: toBase64(view.points.clusters),
      },
    };
  });

  scope.get(`${PATH}/values`, async (request, reply) => {
    const app = await appOf(engine, request);
    const { concept } = parseGiven(valuesSchema, request.query, "the query");
    const { ids, values } = await engine.explore.map.values(app, concept, hungUp(reply.raw));
    return { status: OK, ids, values: toBase64(values) };
  });
}

function toBase64({ buffer, byteOffset, byteLength }: Float32Array | Uint16Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}
