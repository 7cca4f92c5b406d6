// Concepts for the Portal: offered while one is typed, listed with counts and examples, made, merged, deleted. Clarifai's
// API renames them.
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { acceptedLanguages } from "../../engine/concept-names.ts";
import type { App, Engine } from "../../engine/engine.ts";
import { LIMITS } from "../../limits.ts";
import { OK } from "../status.ts";
import { appOf, OWN_PREFIX, parseGiven } from "./own-call.ts";

const PATH = `${OWN_PREFIX}/concepts`;

const id = z.string().min(1).max(LIMITS.idLength);
const ids = z.array(id).max(LIMITS.bulkIds);
const prefix = z.string().max(LIMITS.patternLength).default("");

const suggestSchema = z.object({
  prefix,
  limit: z.coerce.number().int().min(1).max(LIMITS.suggestionsMax).default(20),
});
const pageSchema = z.object({
  prefix,
  order: z.enum(["name", "count", "newest"]).default("name"),
  /** From 0. */
  page: z.coerce.number().int().min(0).max(LIMITS.windowMax).default(0),
  per_page: z.coerce.number().int().min(1).max(LIMITS.pageSizeMax).default(100),
});
const newSchema = z.object({ name: id });
const mergeSchema = z.object({ from: ids.min(1), into: id });
const deleteSchema = z.object({ ids });

export function registerConcepts(scope: FastifyInstance, engine: Engine): void {
  scope.get(PATH, async (request) => {
    const app = await appOf(engine, request);
    const asked = parseGiven(suggestSchema, request.query, "the query");
    const languages = acceptedLanguages(request.headers["accept-language"]);
    const concepts = await engine.suggestConcepts(app, asked.prefix, asked.limit, languages);
    return { status: OK, concepts };
  });

  scope.get(`${PATH}/all`, async (request) => {
    const app = await appOf(engine, request);
    const asked = parseGiven(pageSchema, request.query, "the query");
    return { status: OK, ...(await listConcepts(engine, app, asked)) };
  });

  scope.post(PATH, async (request) => {
    const app = await appOf(engine, request);
    const { name } = parseGiven(newSchema, request.body);
    const concept = await engine.concepts.named(app, name);
    return { status: OK, concept: { id: concept.id, name: concept.name } };
  });

  scope.post(`${PATH}/merge`, async (request) => {
    const app = await appOf(engine, request);
    const { from, into } = parseGiven(mergeSchema, request.body);
    return { status: OK, ...(await engine.concepts.merge(app, from, into)) };
  });

  scope.delete(PATH, async (request) => {
    const app = await appOf(engine, request);
    const { ids: given } = parseGiven(deleteSchema, request.body);
    return { status: OK, deleted: await engine.concepts.delete(app, given) };
  });
}

async function listConcepts(
  engine: Engine,
  app: App,
  { page, per_page: limit, ...asked }: z.output<typeof pageSchema>,
) {
  const { concepts, total } = await engine.concepts.page(app, {
    ...asked,
    offset: page * limit,
    limit,
  });
  const counts = await engine.concepts.counts(
    app,
    concepts.map((concept) => concept.id),
  );
  const trained = new Set((await engine.models.trained(app)).map((concept) => concept.id));
  return {
    concepts: concepts.map(({ createdAt, ...concept }) => ({
      ...concept,
      positives: counts.get(concept.id)?.positive ?? 0,
      negatives: counts.get(concept.id)?.negative ?? 0,
      created_at: createdAt.toISOString(),
      is_trained: trained.has(concept.id),
    })),
    total,
  };
}
