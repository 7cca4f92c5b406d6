// Our own API, /semblance/*: what the Portal needs and Clarifai's protocol has no words for. JSON in snake_case; errors
// as in the rest of REST: {status: {code, description, details}}.
import type { FastifyInstance } from "fastify";
import type { Engine } from "../../engine/engine.ts";
import { LIMITS } from "../../limits.ts";
import { parseJsonBody } from "../json-body.ts";
import { registerActivities } from "./activities.ts";
import { registerBulk } from "./bulk.ts";
import { registerConcepts } from "./concepts.ts";
import { registerEncoders } from "./encoders.ts";
import { registerExamples } from "./examples.ts";
import { registerNearCopies } from "./explore-copies.ts";
import { registerMap } from "./explore-map.ts";
import { registerFacets } from "./facets.ts";
import { registerInputs } from "./inputs.ts";
import { registerModels } from "./models.ts";
import { registerObjects } from "./objects.ts";
import { registerSamples } from "./samples.ts";
import { registerSavedSearches } from "./saved-searches.ts";
import { registerSearch } from "./search.ts";
import { registerStatus } from "./status.ts";
import { registerTaughtConcepts } from "./taught-concepts.ts";

/** Adds the routes to `scope`, which asks for the key. */
export function registerOwn(scope: FastifyInstance, engine: Engine): void {
  parseJsonBody(scope, LIMITS.ownRequestBytes);
  registerActivities(scope, engine);
  registerBulk(scope, engine);
  registerConcepts(scope, engine);
  registerEncoders(scope, engine);
  registerExamples(scope, engine);
  registerFacets(scope, engine);
  registerInputs(scope, engine);
  registerMap(scope, engine);
  registerNearCopies(scope, engine);
  registerModels(scope, engine);
  registerObjects(scope, engine);
  registerSamples(scope, engine);
  registerSavedSearches(scope, engine);
  registerSearch(scope, engine);
  registerStatus(scope, engine);
  registerTaughtConcepts(scope, engine);
}
