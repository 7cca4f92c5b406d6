// Searches: Clarifai's Search -> the engine's search -> hits. Four doors, one way through.
import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampDate } from "@bufbuild/protobuf/wkt";
import { type Query, type Search, SearchSchema } from "#proto/api/resources_pb";
import type { MultiSearchResponseSchema, Pagination } from "#proto/api/service_pb";
import type { App, Engine } from "../../engine/engine.ts";
import type { Filter, Hit, Rank, SearchRequest, SearchResult } from "../../engine/query.ts";
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";
import { isObject } from "../json.ts";
import { readDataUrls } from "../retired-fields.ts";
import { OK } from "../status.ts";
import { resolveApp } from "./app.ts";
import { requireLanguage } from "./concepts.ts";
import { toFilter } from "./filters.ts";
import type { Call, Handlers } from "./handlers.ts";
import { toModernQuery } from "./legacy-query.ts";
import { toWindow } from "./pagination.ts";
import { toRanks } from "./ranks.ts";
import { type HitsAre, savedSearch, saveSearch } from "./saved-searches.ts";
import { toAnnotation } from "./to-annotation.ts";
import { toInputs } from "./to-input.ts";
import { requireSupported } from "./unsupported.ts";

type Response = MessageInitShape<typeof MultiSearchResponseSchema>;

// What only matters to saved searches is kept with them. Scores do not depend on metric and algorithm: the scan
// is exact and vectors have length 1, so both metrics give the same order.
const SUPPORTED = new Set([
  "query",
  "id",
  "application_id",
  "name",
  "as_of",
  "git_hash",
  "created_at",
  "modified_at",
  "algorithm",
  "save",
  "min_value",
  "visibility",
  "metric",
]);

export function searchHandlers(engine: Engine): Handlers {
  return {
    async postInputsSearches(request, call) {
      const app = await resolveApp(engine, request.userAppId);
      const search = onlySearch(request.searches);
      const asked = { search, pagination: request.pagination, isCount: request.onlyCount };
      return run(engine, app, { ...asked, hitsAre: "inputs" }, call);
    },

    async postAnnotationsSearches(request, call) {
      const app = await resolveApp(engine, request.userAppId);
      const asked = { search: onlySearch(request.searches), pagination: request.pagination };
      return run(engine, app, { ...asked, hitsAre: "annotations" }, call);
    },

    async postSearches(request, call) {
      const app = await resolveApp(engine, request.userAppId);
      const search = onlySearch(request.searches);
      const query = search?.query ?? request.query;
      readDataUrls(query, jsonQuery(call.json));
      const asked = { search, query, pagination: request.pagination };
      return run(engine, app, { ...asked, hitsAre: "inputs" }, call);
    },

    async postSearchesByID(request, call) {
      const app = await resolveApp(engine, request.userAppId);
      const { search, hitsAre } = await savedSearch(engine, app, request.id);
      const asked = { search: { ...search, save: false }, pagination: request.pagination };
      return run(engine, app, { ...asked, hitsAre }, call);
    },
  };
}

// As `query` of the message: the search's own, or that beside it.
function jsonQuery(json: unknown): unknown {
  if (!isObject(json)) return undefined;
  const [search] = Array.isArray(json.searches) ? json.searches.filter((one) => one !== null) : [];
  return (isObject(search) ? search.query : undefined) ?? json.query;
}

function onlySearch(searches: readonly Search[]): Search | undefined {
  if (searches.length <= 1) return searches[0];
  throw new AppError(
    "invalid_search",
    `Expected one search in searches but received ${searches.length}.`,
  );
}

type Asked = {
  readonly search: Search | undefined;
  /** Where it does not stand in the search. */
  readonly query?: Query | undefined;
  readonly pagination: Pagination | undefined;
  readonly hitsAre: HitsAre;
  /** Only the number of hits is wanted. */
  readonly isCount?: boolean;
};

async function run(engine: Engine, app: App, asked: Asked, call: Call): Promise<Response> {
  const request = toRequest(asked, engine.model.dim);
  if (asked.search?.save) {
    const { id } = await saveSearch(engine, app, asked.search, asked.hitsAre);
    return { status: OK, id, hits: [] };
  }
  const window = asked.isCount ? { offset: 0, limit: 1 } : {};
  const { hits, total }: SearchResult = await engine.search(
    app,
    { ...request, ...window },
    call.signal,
  );
  return {
    status: OK,
    id: call.id,
    hits: asked.isCount ? [] : await toHits(engine, app, hits, call),
    hitCounts: [{ estimatedTotal: BigInt(total) }],
  };
}

/** Ids of all that a search finds. @throws AppError "invalid_search" naming the field */
export async function foundIds(
  engine: Engine,
  app: App,
  search: Search,
  call: Call,
): Promise<readonly string[]> {
  const request = toRequest({ search, pagination: undefined, hitsAre: "inputs" }, engine.model.dim);
  const window = { offset: 0, limit: LIMITS.windowMax };
  return engine.searchIds(app, { ...request, ...window }, call.signal);
}

function toRequest(asked: Asked, dim: number): SearchRequest {
  const { search, query = search?.query, hitsAre } = asked;
  if (search !== undefined) {
    requireSupported(SearchSchema, search, "searches[0]", SUPPORTED, "invalid_search");
  }
  requireLanguage(query?.language ?? "", "query.language", query);
  const terms = toModernQuery(query);
  const ranks = terms.ranks.flatMap((rank, i) => toRanks(rank, `query.ranks[${i}]`, dim));
  const filters = [
    ...terms.filters.flatMap((filter, i) => toFilter(filter, `query.filters[${i}]`) ?? []),
    ...asOf(search),
  ];
  requireFewTerms(ranks, filters);
  return {
    ...toWindow(asked.pagination, "invalid_search"),
    ranks,
    filters,
    hitsAre,
    minScore: checkedMinScore(search?.minValue ?? 0),
  };
}

// Annotations as they were: those that changed later are left out.
function asOf(search: Search | undefined): Filter[] {
  if (search?.asOf === undefined) return [];
  return [{ anyOf: [], annotation: { modified: { to: timestampDate(search.asOf) } } }];
}

function requireFewTerms(ranks: readonly Rank[], filters: readonly Filter[]): void {
  const count =
    ranks.length + filters.reduce((sum, { anyOf }) => sum + Math.max(1, anyOf.length), 0);
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

async function toHits(
  engine: Engine,
  app: App,
  hits: readonly Hit[],
  call: Call,
): Promise<NonNullable<Response["hits"]>> {
  const inputs = await toInputs(
    engine,
    app,
    hits.map(({ input }) => input),
    call.baseUrl,
  );
  return hits.map(({ score, annotation }, i) => ({
    score,
    input: inputs[i]!,
    ...(annotation && { annotation: toAnnotation(app, annotation) }),
    userId: app.userId,
    appId: app.id,
  }));
}
