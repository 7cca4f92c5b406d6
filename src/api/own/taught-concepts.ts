// What helps to teach a concept, and what it does then: which inputs to say yes or no to, labels that it gives by itself.
//   GET /semblance/concepts/ID/suggestions?limit=      ID is an id or a name
//   GET, PUT {threshold}, DELETE /semblance/concepts/ID/automatic-labels
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { App, Engine } from "../../engine/engine.ts";
import type { AutomaticLabel } from "../../engine/labelling/automatic-labels.ts";
import type { AppConcept } from "../../engine/library/app-concepts.ts";
import { noSuchId } from "../../engine/library/ids.ts";
import { LIMITS } from "../../limits.ts";
import { OK } from "../status.ts";
import { toWireActivity } from "./activities.ts";
import { appOf, OWN_PREFIX, parseGiven } from "./own-call.ts";

const PATH = `${OWN_PREFIX}/concepts/:id`;

const limitSchema = z.object({
  limit: z.coerce.number().int().min(1).max(LIMITS.suggestionsMax).default(12),
});
/** A label of less than 0.5 says that the concept is not there. */
const thresholdSchema = z.object({ threshold: z.number().min(0.5).max(1).default(0.9) });

export function registerTaughtConcepts(scope: FastifyInstance, engine: Engine): void {
  scope.get(`${PATH}/suggestions`, async (request) => {
    const { app, concept } = await named(engine, request);
    const { limit } = parseGiven(limitSchema, request.query, "the query");
    return { status: OK, suggestions: await engine.suggestInputs(app, concept, limit) };
  });

  scope.get(`${PATH}/automatic-labels`, async (request) => {
    const { app, concept } = await named(engine, request);
    return { status: OK, ...toWire(await engine.automaticLabels.get(app, concept)) };
  });

  scope.put(`${PATH}/automatic-labels`, async (request) => {
    const { app, concept } = await named(engine, request);
    const { threshold } = parseGiven(thresholdSchema, request.body);
    const activity = await engine.automaticLabels.set(app, concept, threshold);
    const now = await engine.automaticLabels.get(app, concept);
    return { status: OK, ...toWire(now), activity: toWireActivity(activity) };
  });

  scope.delete(`${PATH}/automatic-labels`, async (request) => {
    const { app, concept } = await named(engine, request);
    return { status: OK, existed: await engine.automaticLabels.remove(app, concept) };
  });
}

async function named(
  engine: Engine,
  request: FastifyRequest,
): Promise<{ readonly app: App; readonly concept: AppConcept }> {
  const app = await appOf(engine, request);
  const { id } = request.params as { id: string };
  const concept = await engine.concepts.find(app, id);
  if (concept) return { app, concept };
  throw noSuchId(id, "a concept of the app");
}

function toWire(label: AutomaticLabel | undefined) {
  if (!label) return { automatic: null };
  const { threshold, isStopped: is_stopped, labelled } = label;
  return { automatic: { threshold, is_stopped, labelled } };
}
