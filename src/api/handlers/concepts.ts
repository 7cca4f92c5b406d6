// Concepts: list them, and find them by name with wildcards.

import type { UserAppIDSet } from "#proto/api/resources_pb";
import { ConceptQuerySchema } from "#proto/api/resources_pb";
import type { Engine } from "../../engine/engine.ts";
import { AppError } from "../../errors.ts";
import { OK } from "../status.ts";
import { resolveApp } from "./app.ts";
import type { Handlers } from "./handlers.ts";
import { toWindow, type Window } from "./pagination.ts";
import { toConcept } from "./to-concept.ts";
import { requireSupported } from "./unsupported.ts";

const QUERY_FIELDS = new Set(["name", "language"]);

export function conceptHandlers(engine: Engine): Handlers {
  return {
    async listConcepts(request) {
      if (request.id !== "") {
        throw new AppError(
          "unimplemented",
          "Expected no id but received one: search by name instead.",
        );
      }
      return find(engine, request.userAppId, "*", toWindow(request));
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
        requireEnglish(query.language, "concept_query.language");
      }
      return find(engine, request.userAppId, query?.name || "*", toWindow(request.pagination));
    },
  };
}

/** The vocabulary is English; another language must not be answered as if it were. `at` names the field.
 *  @throws AppError "invalid_request" */
export function requireEnglish(language: string, at: string): void {
  if (language === "" || /^en\b/i.test(language)) return;
  throw new AppError(
    "invalid_request",
    `Expected "en" for ${at} but received ${JSON.stringify(language)}.`,
  );
}

// The engine counts from the best match on, so a later page asks for all before it, too.
async function find(
  engine: Engine,
  named: UserAppIDSet | undefined,
  pattern: string,
  { offset, limit }: Window,
) {
  const app = await resolveApp(engine, named);
  const concepts = await engine.findConcepts(app, pattern, offset + limit);
  return { status: OK, concepts: concepts.slice(offset).map((concept) => toConcept(concept)) };
}
