// POST /semblance/samples adds the sample gallery, DELETE takes it away: both as activities.
import type { FastifyInstance } from "fastify";
import type { Engine } from "../../engine/engine.ts";
import { addSamples, removeSamples } from "../../samples/samples.ts";
import { OK } from "../status.ts";
import { toWireActivity } from "./activities.ts";
import { appOf, OWN_PREFIX } from "./own-call.ts";

export function registerSamples(scope: FastifyInstance, engine: Engine): void {
  const { activities } = engine;

  scope.post(`${OWN_PREFIX}/samples`, async (request) => {
    const app = await appOf(engine, request);
    const activity =
      activities.running(app, "samples") ??
      activities.start(app, "samples", "", (report, signal) =>
        addSamples(engine, app, report, signal),
      );
    return { status: OK, activity: toWireActivity(activity) };
  });

  scope.delete(`${OWN_PREFIX}/samples`, async (request) => {
    const app = await appOf(engine, request);
    const adding = activities.running(app, "samples");
    if (adding) await activities.cancel(app, adding.id);
    const activity = activities.start(app, "bulk-delete", "sample-gallery", (report) =>
      removeSamples(engine, app, report),
    );
    return { status: OK, activity: toWireActivity(activity) };
  });
}
