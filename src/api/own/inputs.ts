// GET /semblance/inputs/:id -> one input with everything that is known about it. POST /semblance/inputs/retry puts
// failed ones back into the queue.
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Engine } from "../../engine/engine.ts";
import { noSuchId } from "../../engine/library/ids.ts";
import type { KeptReading } from "../../engine/reading/readings.ts";
import { LIMITS } from "../../limits.ts";
import { toBaseUrl } from "../call.ts";
import { OK } from "../status.ts";
import { appOf, OWN_PREFIX, parseGiven } from "./own-call.ts";
import { toWireInputs } from "./to-wire-input.ts";

/** Without ids: all that failed. */
const retrySchema = z.object({
  ids: z.array(z.string().max(LIMITS.idLength)).max(LIMITS.pageSizeMax).optional(),
});

function toWireReading({ lines, language }: KeptReading) {
  return {
    lines: lines.map(({ text, confidence, corners }) => ({
      text,
      confidence,
      corners: corners.map(([x, y]) => ({ x, y })),
    })),
    ...(language !== undefined && { language }),
  };
}

export function registerInputs(scope: FastifyInstance, engine: Engine): void {
  scope.get(`${OWN_PREFIX}/inputs/:id`, async (request) => {
    const app = await appOf(engine, request);
    const { id } = request.params as { id: string };
    const input = await engine.input(app, id);
    if (!input) throw noSuchId(id, "an input");
    const [[wire], datasets, readings] = await Promise.all([
      toWireInputs(engine, app, [input], toBaseUrl(request.raw)),
      engine.datasets.of([input]),
      engine.readings([input]),
    ]);
    const reading = readings.get(input.row);
    const own = {
      datasets: datasets.get(input.row) ?? [],
      ...(reading && { reading: toWireReading(reading) }),
    };
    const semblance = { ...wire?.semblance, ...own };
    return { status: OK, input: { ...wire, semblance } };
  });

  scope.post(`${OWN_PREFIX}/inputs/retry`, async (request) => {
    const app = await appOf(engine, request);
    const { ids } = parseGiven(retrySchema, request.body);
    return { status: OK, retried: await engine.retryInputs(app, ids) };
  });
}
