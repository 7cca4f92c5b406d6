// Searches: ranks and filters of Clarifai's Search -> the engine's search -> hits.
import type { MessageInitShape } from "@bufbuild/protobuf";
import { type Query, type Search, SearchSchema } from "#proto/api/resources_pb";
import type { MultiSearchResponseSchema, Pagination } from "#proto/api/service_pb";
import type { App, Engine, Filter, Rank, SearchResult } from "../../engine/engine.ts";
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";
import { OK } from "../status.ts";
import { resolveApp } from "./app.ts";
import { requireEnglish } from "./concepts.ts";
import { toRestriction } from "./filters.ts";
import type { Call, Handlers } from "./handlers.ts";
import { toModernQuery } from "./legacy-query.ts";
import { toWindow, type Window } from "./pagination.ts";
import { toRanks } from "./ranks.ts";
import { toInput } from "./to-input.ts";
import { requireSupported } from "./unsupported.ts";

// id, name and the like only matter to saved searches. Scores do not depend on metric and algorithm:
// the scan is exact and vectors have length 1, so both metrics give the same order.
const SUPPORTED = new Set(["query", "id", "name", "algorithm", "metric", "min_value"]);

const NOTHING: SearchResult = { hits: [], total: 0 };

export function searchHandlers(engine: Engine): Handlers {
  return {
    async postInputsSearches(request, call) {
      const app = await resolveApp(engine, request.userAppId);
      const asked = toAsked(onlySearch(request.searches), request.pagination, engine.model.dim);
      return search(engine, app, { ...asked, isCount: request.onlyCount }, call);
    },

    async postSearches(request, call) {
      const app = await resolveApp(engine, request.userAppId);
      const given = onlySearch(request.searches);
      const query = given?.query ?? request.query;
      const asked = toAsked(given, request.pagination, engine.model.dim, query);
      return search(engine, app, { ...asked, isCount: false }, call);
    },
  };
}

// What a request asks for, in the engine's words; filters is undefined where nothing can match.
type Asked = Window & {
  readonly ranks: readonly Rank[];
  readonly filters: readonly Filter[] | undefined;
  readonly minScore: number;
};

function onlySearch(searches: readonly Search[]): Search | undefined {
  if (searches.length <= 1) return searches[0];
  throw new AppError(
    "invalid_search",
    `Expected one search in searches but received ${searches.length}.`,
  );
}

function toAsked(
  given: Search | undefined,
  pagination: Pagination | undefined,
  dim: number,
  query: Query | undefined = given?.query,
): Asked {
  if (given !== undefined) {
    requireSupported(SearchSchema, given, "searches[0]", SUPPORTED, "invalid_search");
  }
  requireEnglish(query?.language ?? "", "query.language");
  const terms = toModernQuery(query);
  const ranks = terms.ranks.flatMap((rank, i) => toRanks(rank, `query.ranks[${i}]`, dim));
  const filters = toFilters(terms.filters);
  requireFewTerms(ranks.length + (filters?.length ?? 0));
  return {
    ...toWindow(pagination, "invalid_search"),
    ranks,
    filters,
    minScore: checkedMinScore(given?.minValue ?? 0),
  };
}

function toFilters(messages: readonly Parameters<typeof toRestriction>[0][]): Filter[] | undefined {
  const all = messages.map((message, i) => toRestriction(message, `query.filters[${i}]`));
  if (all.includes("none")) return undefined;
  return all.filter((restriction) => typeof restriction === "object");
}

function requireFewTerms(count: number): void {
  if (count <= LIMITS.queryTerms) return;
  throw new AppError(
    "invalid_search",
    `Expected at most ${LIMITS.queryTerms} ranks and filters in a query but received ${count}.`,
  );
}

function checkedMinScore(value: number): number {
  if (value >= 0 && value <= 1) return value;
  throw new AppError("invalid_search", `Expected 0 to 1 for min_value but received ${value}.`);
}

async function search(
  engine: Engine,
  app: App,
  { filters, isCount, ...asked }: Asked & { readonly isCount: boolean },
  call: Call,
): Promise<MessageInitShape<typeof MultiSearchResponseSchema>> {
  const window = isCount ? { offset: 0, limit: 1 } : {};
  const { hits, total } =
    filters === undefined
      ? NOTHING
      : await engine.search(app, { ...asked, filters, ...window }, call.signal);
  const shown = isCount ? [] : hits;
  return {
    status: OK,
    hits: shown.map(({ score, input }) => ({
      score,
      input: toInput(app, input, call.baseUrl),
      userId: app.userId,
      appId: app.id,
    })),
    hitCounts: [{ estimatedTotal: BigInt(total) }],
  };
}
