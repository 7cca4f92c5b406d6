// GET /semblance/objects: which detector finds objects in pictures, if one does, and whether it has found any in the app.
import type { FastifyInstance } from "fastify";
import type { Engine } from "../../engine/engine.ts";
import { OK } from "../status.ts";
import { appOf, OWN_PREFIX } from "./own-call.ts";

export function registerObjects(scope: FastifyInstance, engine: Engine): void {
  scope.get(`${OWN_PREFIX}/objects`, async (request) => {
    const app = await appOf(engine, request);
    const { detector } = engine.objects;
    return { status: OK, ...(detector && { detector }), found: await engine.objects.isAny(app) };
  });
}
