// GET /semblance/facets -> what the filters of a search can offer. POST /semblance/places with the filters of a search
// -> where the inputs are that pass them.
import type { FastifyInstance } from "fastify";
import type { Engine, InputStatus } from "../../engine/engine.ts";
import { OK } from "../status.ts";
import { appOf, OWN_PREFIX, parseGiven } from "./own-call.ts";
import { searchSchema, toFilters } from "./search-request.ts";

export function registerFacets(scope: FastifyInstance, engine: Engine): void {
  scope.get(`${OWN_PREFIX}/facets`, async (request) => {
    const app = await appOf(engine, request);
    const { datasets, addedYears, metadataKeys, ...facets } = await engine.facets(app);
    return {
      status: OK,
      ...facets,
      statuses: toStatuses(await engine.countInputs(app)),
      datasets: datasets.map(({ id, count }) => ({ id, name: id, count })),
      added_years: addedYears,
      metadata_keys: metadataKeys,
    };
  });

  scope.post(`${OWN_PREFIX}/places`, async (request) => {
    const app = await appOf(engine, request);
    const { filters } = parseGiven(searchSchema, request.body);
    const { places, total } = await engine.places(app, toFilters(filters));
    return {
      status: OK,
      places: places.map(({ inputId, ...place }) => ({ ...place, input_id: inputId })),
      total,
    };
  });
}

function toStatuses(counts: Readonly<Record<InputStatus, number>>) {
  return Object.entries(counts)
    .map(([status, count]) => ({ status, count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}
