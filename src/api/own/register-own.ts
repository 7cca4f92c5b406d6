// Our own API, /semblance/*: what the Portal needs and Clarifai's protocol has no words for. JSON in snake_case; errors
// as in the rest of REST: {status: {code, description, details}}.
import type { FastifyInstance } from "fastify";
import type { Engine } from "../../engine/engine.ts";
import { LIMITS } from "../../limits.ts";
import { parseJsonBody } from "../json-body.ts";
import { registerActivities } from "./activities.ts";
import { registerInputs } from "./inputs.ts";
import { registerSearch } from "./search.ts";

/** Adds the routes to `scope`, which asks for the key. */
export function registerOwn(scope: FastifyInstance, engine: Engine): void {
  parseJsonBody(scope, LIMITS.ownRequestBytes);
  registerActivities(scope, engine);
  registerInputs(scope, engine);
  registerSearch(scope, engine);
}
