// GET /semblance/activities -> what runs and what ended lately. DELETE /semblance/activities/:id stops one.
import type { FastifyInstance } from "fastify";
import type { Activity } from "../../engine/activities.ts";
import type { Engine } from "../../engine/engine.ts";
import { OK } from "../status.ts";
import { appOf, OWN_PREFIX } from "./own-call.ts";

export function registerActivities(scope: FastifyInstance, engine: Engine): void {
  scope.get(`${OWN_PREFIX}/activities`, async (request) => {
    const app = await appOf(engine, request);
    return { status: OK, activities: engine.activities.list(app).map(toWireActivity) };
  });

  scope.delete(`${OWN_PREFIX}/activities/:id`, async (request) => {
    const app = await appOf(engine, request);
    const { id } = request.params as { id: string };
    return { status: OK, activity: toWireActivity(await engine.activities.cancel(app, id)) };
  });
}

export function toWireActivity(activity: Activity) {
  const { id, kind, about, state, done, total, result, failure, startedAt, endedAt } = activity;
  return {
    id,
    kind,
    about,
    state,
    done,
    total,
    result,
    failure,
    started_at: startedAt.toISOString(),
    ...(endedAt && { ended_at: endedAt.toISOString() }),
  };
}
