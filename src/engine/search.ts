// A search request -> hits: ranks to one vector, filters to rows, one scan, one page of inputs or annotations.
import { AppError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { Cache } from "./cache.ts";
import type { Calibration } from "./calibration.ts";
import type { App, Input } from "./engine.ts";
import { Evidence } from "./evidence.ts";
import { countExpanded, expand } from "./filter/expansion.ts";
import type { AnnotationVectors } from "./filter/matches.ts";
import type { Indexes } from "./indexes.ts";
import type { ExactIndex, Neighbour } from "./nearest.ts";
import { ObjectSearch } from "./objects/object-search.ts";
import { type Allowed, type Listed, PassingRows, toListOrder } from "./passing-rows.ts";
import type { Filter, Hit, Rank, SearchRequest, SearchResult } from "./query.ts";
import { centred, combine, combineLifts, type Means, needsCentring, scorer } from "./rank.ts";
import { countAbove, type Ranked, type Ranking, Rankings } from "./rankings.ts";
import { queryKind } from "./relevance.ts";
import { type TermParts, Terms } from "./terms.ts";

const CACHED_COUNTS = 256;
/** Inputs whose words changed just now are read at most so many before a search; the rest follows in the background. */
const CAUGHT_UP = 200;

type Parts = TermParts & {
  readonly indexes: Pick<Indexes, "of">;
  readonly objectIndexes: Pick<Indexes, "of">;
  readonly calibration: Calibration;
};

/** A ranked search, ready to be cut into pages. */
type Prepared = {
  readonly asked: Ranked;
  readonly allowed: Allowed;
  readonly ranking: Ranking;
  /** Of hits. */
  readonly total: number;
};

export class Search {
  readonly #parts: Parts;
  readonly #terms: Terms;
  readonly #passing: PassingRows;
  readonly #rankings: Rankings;
  readonly #objects: ObjectSearch;
  /** Undefined until it is there. */
  #vocabulary: Awaited<Parts["concepts"]> | undefined;
  readonly #counts = new Cache<number>(CACHED_COUNTS);

  constructor(parts: Parts) {
    const { matches } = parts.store;
    this.#parts = parts;
    this.#terms = new Terms(parts);
    this.#objects = new ObjectSearch({
      ...parts,
      indexes: parts.objectIndexes,
      terms: this.#terms,
    });
    this.#passing = new PassingRows(matches, parts.space);
    // A hub model takes minutes to embed the vocabulary at its first start: searches do not wait for it.
    parts.concepts.then(
      (concepts) => {
        this.#vocabulary = concepts;
      },
      () => undefined,
    );
    const describe = (rows: readonly number[]) => {
      const predicted = parts.store.vectors.predictionsOf(rows, parts.space);
      return predicted.map((values) => this.#vocabulary?.describing(values));
    };
    const evidence = new Evidence(parts.calibration, describe, () => this.#vocabulary?.some);
    const dates = (rows: readonly number[], of: "added" | "taken") => matches.dates(rows, of);
    this.#rankings = new Rankings(parts.calibration, dates, evidence);
  }

  /** @throws AppError "invalid_search", "not_indexed", image and URL errors of an example image */
  async search(app: App, request: SearchRequest, signal?: AbortSignal): Promise<SearchResult> {
    checkSize(request);
    await this.#catchUp(request);
    if (request.ranks.length === 0) {
      return request.hitsAre === "annotations"
        ? this.#listAnnotations(app, request)
        : this.#list(app, request);
    }
    if (isOfObjects(app, request)) return this.#objects.search(app, request, signal);
    const prepared = await this.#prepare(app, request, signal);
    const { annotations } = prepared.allowed;
    return annotations
      ? this.#pageOfAnnotations(app, prepared, annotations, request)
      : this.#page(prepared, request);
  }

  /** Ids of the inputs that a search finds, in its order, without their rows; near-duplicates that it does not show
   *  follow the one that it shows. @throws as `search` */
  async ids(app: App, request: SearchRequest, signal?: AbortSignal): Promise<readonly string[]> {
    const asked = { ...request, hitsAre: "inputs" } as const;
    checkSize(asked);
    await this.#catchUp(asked);
    const { matches } = this.#parts.store;
    if (asked.ranks.length === 0) {
      const { rows, copies } = await this.#passing.listed(app, asked);
      return matches.ids(withCopies(cut(rows, asked), copies), "inputs");
    }
    if (isOfObjects(app, asked)) return this.#objects.ids(app, asked, signal);
    const { ranking, total, allowed } = await this.#prepare(app, asked, signal);
    const shown = Float64Array.from(cut(ranking.neighbours, asked, total), ({ row }) => row);
    return matches.ids(withCopies(shown, allowed.copies), "vectors");
  }

  // What somebody has just written is found.
  async #catchUp({ ranks, filters }: SearchRequest): Promise<void> {
    const asksForWords =
      ranks.some(({ kind }) => kind === "text") ||
      filters.some(({ anyOf }) => anyOf.some(({ kind }) => kind === "words"));
    if (asksForWords) await this.#parts.store.words.catchUp(CAUGHT_UP);
  }

  async #prepare(
    app: App,
    request: SearchRequest,
    signal: AbortSignal | undefined,
  ): Promise<Prepared> {
    const { ranks, offset, limit, minScore = 0, order = "relevance" } = request;
    checkWorkflow(app, ranks);
    const index = await this.#parts.indexes.of(app);
    const given = await Promise.all(ranks.map((rank) => this.#terms.of(app, rank, signal)));
    signal?.throwIfAborted();
    const means = needsCentring(given) ? this.#means(index) : undefined;
    const terms = means ? centred(given, means) : given;
    const allowed = await this.#passing.allowed(app, request);
    const lift = combineLifts(terms);
    const asked: Ranked = {
      query: combine(terms),
      kind: queryKind(ranks, terms),
      score: scorer(terms),
      allowed,
      lift,
      liftKey: lift ? String(await this.#parts.store.matches.revision()) : "",
      end: offset + limit,
      minScore,
      order: request.hitsAre === "annotations" ? "relevance" : order,
    };
    const ranking = await this.#rankings.of(index, asked);
    return { asked, allowed, ranking, total: countHits(ranking, asked, request) };
  }

  #means(index: ExactIndex): Means | undefined {
    const words = this.#vocabulary?.mean;
    return words && { words, picture: this.#rankings.meanOf(index) };
  }

  async #page({ ranking, asked, allowed, total }: Prepared, request: SearchRequest) {
    const page = cut(ranking.neighbours, request, total);
    const inputs = await this.#parts.store.vectors.inputsOf(page.map(({ row }) => row));
    const hits = page.flatMap(({ row, scoreCosine }): Hit[] => {
      const input = inputs.get(row); // undefined: deleted since the scan
      return input ? [{ input, score: asked.score(scoreCosine), ...copiesOf(row, allowed) }] : [];
    });
    return { hits, total, relevant: Math.min(ranking.relevant, total) };
  }

  async #pageOfAnnotations(
    app: App,
    { ranking: { neighbours }, asked }: Prepared,
    annotations: AnnotationVectors,
    request: SearchRequest,
  ): Promise<SearchResult> {
    const good = neighbours.slice(0, countAbove(neighbours, asked));
    const page = expand(good, annotations, request);
    const hits = await this.#toHits(
      app,
      page.map(({ row, scoreCosine }) => ({ row, score: asked.score(scoreCosine) })),
    );
    const isCut = asked.minScore > 0;
    const total = isCut ? countExpanded(good, annotations) : annotations.vectors.length;
    return { hits, total };
  }

  // Without ranks every score is 1, as in Clarifai's filter-only searches. A list of the whole app needs no set of rows.
  async #list(app: App, request: SearchRequest): Promise<SearchResult> {
    const { filters, isCollapsed } = request;
    const order = toListOrder(request);
    const { matches } = this.#parts.store;
    if (filters.length === 0 && !isCollapsed && order !== "taken") {
      const inputs = await matches.inputs(app, filters, request, order);
      const total = await this.#count(app, filters, "inputs");
      return { hits: inputs.map((input) => ({ input, score: 1 })), total };
    }
    const listed = await this.#passing.listed(app, request);
    const page = [...cut(listed.rows, request)];
    const inputs = await matches.inputsAt(page);
    const hits = page.flatMap((row): Hit[] => {
      const input = inputs.get(row);
      return input ? [{ input, score: 1, ...copiesOf(row, listed) }] : [];
    });
    return { hits, total: listed.rows.length };
  }

  async #listAnnotations(app: App, request: SearchRequest): Promise<SearchResult> {
    const total = await this.#count(app, request.filters, "annotations");
    const rows = await this.#parts.store.matches.annotations(app, request.filters, request);
    const hits = await this.#toHits(
      app,
      rows.map((row) => ({ row, score: 1 })),
    );
    return { hits, total };
  }

  async #count(
    app: App,
    filters: SearchRequest["filters"],
    of: "inputs" | "annotations",
  ): Promise<number> {
    const { matches } = this.#parts.store;
    const key = JSON.stringify([app.row, await matches.revision(), of, filters]);
    return this.#counts.get(key) ?? this.#counts.set(key, await matches.count(app, filters, of));
  }

  // Annotations that were deleted meanwhile are left out.
  async #toHits(
    app: App,
    ranked: readonly { readonly row: number; readonly score: number }[],
  ): Promise<readonly Hit[]> {
    const { store } = this.#parts;
    const annotations = await store.annotations.at(
      app,
      ranked.map(({ row }) => row),
    );
    const ids = [...new Set([...annotations.values()].map(({ inputId }) => inputId))];
    const found = await store.inputs(app, { ids, offset: 0, limit: ids.length });
    const inputs = new Map<string, Input>(found.map((input) => [input.id, input]));
    return ranked.flatMap(({ row, score }): Hit[] => {
      const annotation = annotations.get(row);
      const input = annotation && inputs.get(annotation.inputId);
      return input ? [{ input, score, annotation }] : [];
    });
  }
}

function checkSize({ offset, limit, ranks, filters }: SearchRequest): void {
  checkAtMost(offset + limit, LIMITS.windowMax, "page * perPage");
  checkFilters(filters, ranks);
}

/** @throws AppError "invalid_search" for more of them than one query may have */
export function checkFilters(filters: readonly Filter[], ranks: readonly Rank[] = []): void {
  const conditions = filters.reduce((sum, { anyOf }) => sum + anyOf.length, 0);
  checkAtMost(ranks.length + filters.length, LIMITS.queryTerms, "ranks and filters");
  checkAtMost(conditions, LIMITS.queryConditions, "conditions in the filters");
}

function checkAtMost(count: number, most: number, what: string): void {
  if (count <= most) return;
  throw new AppError(
    "invalid_search",
    `Expected at most ${most} for ${what} but received ${count}.`,
  );
}

function checkWorkflow({ id, baseWorkflow }: App, ranks: readonly Rank[]): void {
  const isCaption = ranks.some(({ kind }) => kind === "text");
  if (baseWorkflow !== "Empty" && !(baseWorkflow === "General" && isCaption)) return;
  const ability = baseWorkflow === "Empty" ? "can rank" : "understands captions";
  throw new AppError(
    "invalid_search",
    `Expected a base workflow that ${ability} for app ${id} but received ${baseWorkflow}. ` +
      "Change the app's base workflow to Universal.",
    { details: { baseWorkflow } },
  );
}

// Ranks there are. @throws as checkWorkflow
function isOfObjects(app: App, { ranks, isOfObjects = false, hitsAre }: SearchRequest): boolean {
  if (!isOfObjects || hitsAre === "annotations") return false;
  checkWorkflow(app, ranks);
  return true;
}

function countHits(
  ranking: Ranking,
  asked: Ranked,
  { isRelevantOnly = false }: SearchRequest,
): number {
  const { neighbours, matched, relevant } = ranking;
  const above = asked.minScore > 0 ? countAbove(neighbours, asked) : matched;
  return isRelevantOnly ? Math.min(above, relevant) : above;
}

function cut<Rows extends Float64Array | readonly Neighbour[]>(
  rows: Rows,
  { offset, limit }: SearchRequest,
  total: number = rows.length,
): Rows {
  return rows.slice(offset, Math.min(offset + limit, total)) as Rows;
}

function copiesOf(row: number, { copies }: Pick<Listed, "copies">): Pick<Hit, "copies"> {
  return copies ? { copies: copies.get(row)?.length ?? 0 } : {};
}

function withCopies(rows: Float64Array, copies: Listed["copies"]): Float64Array {
  return copies
    ? Float64Array.from([...rows].flatMap((row) => [row, ...(copies.get(row) ?? [])]))
    : rows;
}
