// GET /semblance/inputs/:id -> one input with everything that is known about it.
import type { FastifyInstance } from "fastify";
import type { Engine } from "../../engine/engine.ts";
import { noSuchId } from "../../engine/library/ids.ts";
import { toBaseUrl } from "../call.ts";
import { OK } from "../status.ts";
import { appOf, OWN_PREFIX } from "./own-call.ts";
import { toWireInputs } from "./to-wire-input.ts";

export function registerInputs(scope: FastifyInstance, engine: Engine): void {
  scope.get(`${OWN_PREFIX}/inputs/:id`, async (request) => {
    const app = await appOf(engine, request);
    const { id } = request.params as { id: string };
    const input = await engine.input(app, id);
    if (!input) throw noSuchId(id, "an input");
    const [wire] = await toWireInputs(engine, app, [input], toBaseUrl(request.raw));
    return { status: OK, input: wire };
  });
}
