// What Clarifai's models cannot say: each concept's precision and recall, and which labels are newer than the training.
//   GET /semblance/models, /semblance/models/:id     POST /semblance/training {concept}
//   GET /semblance/training/examples?concept=&side=present|absent
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { App, Engine } from "../../engine/engine.ts";
import type { AppConcept } from "../../engine/library/app-concepts.ts";
import { noSuchId } from "../../engine/library/ids.ts";
import type { Model } from "../../engine/training/model-record.ts";
import { LIMITS } from "../../limits.ts";
import { EVERYTHING } from "../handlers/listing.ts";
import { OK } from "../status.ts";
import { appOf, OWN_PREFIX, parseGiven } from "./own-call.ts";
import { toWireModel, toWireVersion } from "./to-wire-model.ts";

const concept = z.string().min(1).max(LIMITS.idLength);

const trainingSchema = z.object({
  /** Id or name. */
  concept,
  /** Learns from labelled inputs alone. Default: as in the last version. */
  labelled_only: z.boolean().optional(),
});

const examplesSchema = z.object({
  concept,
  side: z.enum(["present", "absent"]).default("present"),
  /** From 0. */
  page: z.coerce.number().int().min(0).default(0),
  per_page: z.coerce.number().int().min(1).max(LIMITS.pageSizeMax).default(100),
});

export function registerModels(scope: FastifyInstance, engine: Engine): void {
  scope.get(`${OWN_PREFIX}/models`, async (request) => {
    const app = await appOf(engine, request);
    const all = await engine.models.list(app, EVERYTHING);
    const newestFirst = [...all].reverse();
    const models = await Promise.all(newestFirst.map((model) => toWireModel(engine, app, model)));
    return { status: OK, models };
  });

  scope.get(`${OWN_PREFIX}/models/:id`, async (request) => {
    const app = await appOf(engine, request);
    const { id } = request.params as { id: string };
    const model = await engine.models.require(app, id);
    const versions = await engine.models.versions(app, id, EVERYTHING);
    return {
      status: OK,
      model: {
        ...(await toWireModel(engine, app, model)),
        versions: versions.map(toWireVersion),
      },
    };
  });

  scope.post(`${OWN_PREFIX}/training`, async (request) => {
    const app = await appOf(engine, request);
    const given = parseGiven(trainingSchema, request.body);
    const named = await requireConcept(engine, app, given.concept);
    const { id } = await modelOf(engine, app, named);
    const version = await engine.models.train(app, id, {
      ...(given.labelled_only !== undefined && { isClosed: given.labelled_only }),
    });
    return { status: OK, model_id: id, version: toWireVersion(version) };
  });

  scope.get(`${OWN_PREFIX}/training/examples`, async (request) => {
    const app = await appOf(engine, request);
    const { side, page, per_page, ...given } = parseGiven(examplesSchema, request.query);
    const named = await engine.concepts.find(app, given.concept);
    if (named === undefined) return { status: OK, ids: [], total: 0 };
    const asked = { isPresent: side === "present", offset: page * per_page, limit: per_page };
    return { status: OK, ...(await engine.models.labelledIds(app, named, asked)) };
  });
}

// One model for each concept: training one again leaves the others alone, and takes no longer for their number.
async function modelOf(engine: Engine, app: App, { id, name }: AppConcept): Promise<Model> {
  const known = await engine.models.ofConcept(app, id);
  return known ?? engine.models.create(app, { name, concepts: [{ id }] });
}

async function requireConcept(engine: Engine, app: App, given: string): Promise<AppConcept> {
  const found = await engine.concepts.find(app, given);
  if (found !== undefined) return found;
  throw noSuchId(given, "a concept of the app");
}
