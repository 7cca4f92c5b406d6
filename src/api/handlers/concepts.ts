// Concepts: the app's own and those of the base workflow; list, find by name with wildcards, make, rename, count.
import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { Concept, ConceptSchema, Query, UserAppIDSet } from "#proto/api/resources_pb";
import { ConceptQuerySchema } from "#proto/api/resources_pb";
import { LANGUAGES, toLanguage } from "../../engine/concept-names.ts";
import type { App, Engine, Json } from "../../engine/engine.ts";
import type { AppConcept } from "../../engine/library/app-concepts.ts";
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";
import { OK, toBatchStatus, toStatus } from "../status.ts";
import { resolveApp } from "./app.ts";
import { requireBatch } from "./batch.ts";
import type { Handlers } from "./handlers.ts";
import { toWindow, type Window } from "./pagination.ts";
import { toConcept } from "./to-concept.ts";
import { requireSupported } from "./unsupported.ts";

type Message = MessageInitShape<typeof ConceptSchema>;

const QUERY_FIELDS = new Set([
  "name",
  "language",
  // There is one base workflow and its concepts are always among the answer.
  "workflow_id",
  "workflow",
  "use_cases",
]);

export function conceptHandlers(engine: Engine): Handlers {
  return {
    async listConcepts(request) {
      const app = await resolveApp(engine, request.userAppId);
      if (request.id !== "") return { status: OK, concepts: [await get(engine, app, request.id)] };
      const concepts = await engine.concepts.list(app, toWindow(request));
      return { status: OK, concepts: concepts.map((concept) => toOwn(app, concept)) };
    },

    async getConcept(request) {
      const app = await resolveApp(engine, request.userAppId);
      return { status: OK, concept: await get(engine, app, request.conceptId) };
    },

    async postConceptsSearches(request) {
      const query = request.conceptQuery;
      if (query !== undefined) {
        requireSupported(
          ConceptQuerySchema,
          query,
          "concept_query",
          QUERY_FIELDS,
          "invalid_request",
        );
      }
      const language = requireLanguage(query?.language ?? "", "concept_query.language");
      const pattern = query?.name || "*";
      return find(engine, request.userAppId, { pattern, language }, toWindow(request.pagination));
    },

    async postConcepts(request) {
      requireBatch("concepts", request.concepts.length);
      const app = await resolveApp(engine, request.userAppId);
      const given = request.concepts.map(toNew);
      return toAnswer(app, request.concepts, await engine.concepts.create(app, given));
    },

    async patchConcepts(request) {
      requireBatch("concepts", request.concepts.length);
      requireOverwrite(request.action);
      const app = await resolveApp(engine, request.userAppId);
      const given = request.concepts.map(toNew);
      return toAnswer(app, request.concepts, await engine.concepts.update(app, given));
    },

    async getConceptCounts(request) {
      const app = await resolveApp(engine, request.userAppId);
      const concepts = await engine.concepts.list(app, toWindow(request));
      const counts = await engine.concepts.counts(
        app,
        concepts.map(({ id }) => id),
      );
      return {
        status: OK,
        conceptCounts: concepts.map(({ id, name }) => ({
          id,
          name,
          conceptTypeCount: counts.get(id) ?? { positive: 0, negative: 0 },
        })),
      };
    },
  };
}

/** The language that concepts have names in; another one must not be answered as if it were. A query that asks for no
 *  predicted concept has no language. `at` names the field. @throws AppError "invalid_request" */
export function requireLanguage(asked: string, at: string, query?: Query): string {
  const language = toLanguage(asked);
  if (language !== undefined) return language;
  if (query !== undefined && !ranksByConcept(query)) return "en";
  throw new AppError(
    "invalid_request",
    `Expected one of en, ${LANGUAGES.join(", ")} for ${at} but received ${JSON.stringify(asked)}.`,
  );
}

function ranksByConcept({ ranks, ands }: Query): boolean {
  return (
    ranks.some(({ annotation }) => (annotation?.data?.concepts.length ?? 0) > 0) ||
    ands.some(({ output }) => (output?.data?.concepts.length ?? 0) > 0)
  );
}

async function get(engine: Engine, app: App, id: string): Promise<Message> {
  const own = await engine.concepts.find(app, id);
  if (own?.id === id) return toOwn(app, own);
  const known = await engine.baseConcept(id);
  if (known !== undefined) return toConcept(known);
  throw new AppError("not_found", `Expected a concept that exists but received id ${id}.`, {
    details: { id },
  });
}

function toOwn(app: App, concept: AppConcept): Message {
  return {
    ...(concept.details as Message),
    id: concept.id,
    name: concept.name,
    value: 1,
    appId: app.id,
    userId: app.userId,
    createdAt: timestampFromDate(concept.createdAt),
  };
}

function toNew({ id, name, definition, metadata }: Concept) {
  const details: Json = {
    ...(definition !== "" && { definition }),
    ...(metadata && { metadata }),
  };
  return { id, ...(name !== "" && { name }), ...(Object.keys(details).length > 0 && { details }) };
}

function requireOverwrite(action: string): void {
  if (action === "" || action === "overwrite" || action === "merge") return;
  throw new AppError(
    "invalid_request",
    `Expected overwrite or merge for action but received ${JSON.stringify(action)}.`,
  );
}

function toAnswer(app: App, given: readonly Concept[], results: readonly (AppConcept | Error)[]) {
  const failed = results.filter((result) => result instanceof Error);
  // A Concept message has no status of its own, so the first reason must stand in that of the whole.
  const status = toBatchStatus(failed.length, results.length, "concepts");
  const [first] = failed;
  if (first !== undefined && results.length === 1)
    return { status: toStatus(AppError.from(first)) };
  return {
    status: first ? { ...status, details: `${status.details} ${first.message}` } : status,
    concepts: results.map((result, i) =>
      result instanceof Error ? { id: given[i]!.id, name: given[i]!.name } : toOwn(app, result),
    ),
  };
}

// The engine counts from the best match on, so a later page asks for all before it, too.
async function find(
  engine: Engine,
  named: UserAppIDSet | undefined,
  { pattern, language }: { readonly pattern: string; readonly language: string },
  { offset, limit }: Window,
) {
  if (pattern.length > LIMITS.patternLength) {
    throw new AppError(
      "invalid_request",
      `Expected at most ${LIMITS.patternLength} characters for the concept name but received ${pattern.length}.`,
    );
  }
  const app = await resolveApp(engine, named);
  const concepts = await engine.findConcepts(app, pattern, offset + limit, language);
  return {
    status: OK,
    concepts: concepts
      .slice(offset)
      .map((concept) =>
        concept.source === "vocabulary"
          ? toConcept(concept)
          : { ...toConcept(concept), appId: app.id, userId: app.userId },
      ),
  };
}
