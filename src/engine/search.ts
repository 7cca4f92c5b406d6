// A search request -> hits: ranks to one vector, filters to rows, one scan, one page of inputs or annotations.
import { AppError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { Cache } from "./cache.ts";
import type { App, Input } from "./engine.ts";
import { countExpanded, expand } from "./filter/expansion.ts";
import type { AnnotationVectors } from "./filter/matches.ts";
import type { Indexes } from "./indexes.ts";
import type { ExactIndex, Neighbour } from "./nearest.ts";
import type { Hit, Rank, SearchRequest, SearchResult } from "./query.ts";
import { combine, scorer } from "./rank.ts";
import { type RowFilter, toRowFilter } from "./row-filter.ts";
import { type TermParts, Terms } from "./terms.ts";

/** Ranked neighbours to fetch at least: the next pages of a scrolling reader come from the cache. */
const FIRST_WINDOW = 256;
/** Of one index. */
const CACHED_RANKINGS = 32;
/** 8 to 24 bytes for each input or annotation that passes. */
const CACHED_FILTERS = 8;
const CACHED_COUNTS = 256;

type Parts = TermParts & { readonly indexes: Pick<Indexes, "of"> };

type Score = (cosine: number) => number;
type Ranking = { readonly neighbours: readonly Neighbour[]; readonly matched: number };

/** What may be a hit of a ranked search; without `rows`, everything in the index. */
type Allowed = {
  /** Differs whenever the rest may. */
  readonly key: string;
  readonly rows?: RowFilter;
  /** Where hits are annotations. */
  readonly annotations?: AnnotationVectors;
};

export class Search {
  readonly #parts: Parts;
  readonly #terms: Terms;
  readonly #allowed = new Cache<Allowed>(CACHED_FILTERS);
  readonly #counts = new Cache<number>(CACHED_COUNTS);
  readonly #rankings = new WeakMap<ExactIndex, Cache<Ranking>>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#terms = new Terms(parts);
  }

  /** @throws AppError "invalid_search", "not_indexed", image and URL errors of an example image */
  async search(app: App, request: SearchRequest, signal?: AbortSignal): Promise<SearchResult> {
    checkSize(request);
    if (request.ranks.length === 0) return this.#list(app, request);
    const { ranking, allowed, score } = await this.#ranked(app, request, signal);
    return allowed.annotations
      ? this.#pageOfAnnotations(app, ranking, allowed.annotations, request, score)
      : this.#page(ranking, request, score);
  }

  /** Ids of the inputs that a search finds, in its order, without their rows. @throws as `search` */
  async ids(app: App, request: SearchRequest, signal?: AbortSignal): Promise<readonly string[]> {
    const asked = { ...request, hitsAre: "inputs" } as const;
    checkSize(asked);
    const { matches } = this.#parts.store;
    if (asked.ranks.length === 0) {
      return matches.ids(await matches.inputRows(app, asked.filters, asked), "inputs");
    }
    const { ranking, score } = await this.#ranked(app, asked, signal);
    const { neighbours } = pageOf(ranking, asked, score);
    return matches.ids(
      Float64Array.from(neighbours, ({ row }) => row),
      "vectors",
    );
  }

  async #ranked(app: App, request: SearchRequest, signal: AbortSignal | undefined) {
    checkWorkflow(app, request.ranks);
    const terms = await Promise.all(request.ranks.map((rank) => this.#terms.of(app, rank, signal)));
    signal?.throwIfAborted();
    const score = scorer(terms);
    const index = await this.#parts.indexes.of(app);
    const allowed = await this.#allow(app, request);
    const ranking = await this.#rank(index, combine(terms), allowed, request, score);
    return { ranking, allowed, score };
  }

  // What passes is read once for the reader who scrolls on; any write to the store makes it read again.
  async #allow(app: App, { filters, hitsAre = "inputs" }: SearchRequest): Promise<Allowed> {
    if (filters.length === 0 && hitsAre === "inputs") return { key: "" };
    const { matches } = this.#parts.store;
    const key = [app.row, await matches.revision(), hitsAre, JSON.stringify(filters)].join("|");
    const known = this.#allowed.get(key);
    if (known) return known;
    const { space } = this.#parts;
    if (hitsAre === "inputs") {
      const vectors = await matches.inputVectors(app, filters, space);
      return this.#allowed.set(key, { key, rows: toRowFilter(vectors) });
    }
    const annotations = await matches.annotationVectors(app, filters, space);
    return this.#allowed.set(key, { key, rows: toRowFilter(annotations.vectors), annotations });
  }

  // Rankings are kept for the reader who scrolls on; any change of the index makes a new one.
  async #rank(
    index: ExactIndex,
    query: Float32Array,
    { key: allowedKey, rows }: Allowed,
    request: SearchRequest,
    score: Score,
  ): Promise<Ranking> {
    const rankings = this.#rankings.get(index) ?? new Cache<Ranking>(CACHED_RANKINGS);
    this.#rankings.set(index, rankings);
    const key = [index.version, Buffer.from(query.buffer).toString("base64"), allowedKey].join("|");
    const end = request.offset + request.limit;
    const { minScore = 0 } = request;
    const reachesMinimum = ({ neighbours, matched }: Ranking) => {
      const last = neighbours.at(-1);
      return neighbours.length >= matched || (last && score(last.scoreCosine) < minScore);
    };
    // Every input that passes stands for one annotation at least.
    const isEnough = (ranking: Ranking) =>
      reachesMinimum(ranking) || (minScore === 0 && ranking.neighbours.length >= end);
    const cached = rankings.get(key);
    if (cached && isEnough(cached)) return cached;
    let k = Math.max(FIRST_WINDOW, 2 ** Math.ceil(Math.log2(end)));
    for (;;) {
      const ranking = await index.nearest(query, k, rows ? { filter: rows } : {});
      if (isEnough(ranking)) return rankings.set(key, ranking);
      k *= 8; // only to count what min_value leaves
    }
  }

  async #page(ranking: Ranking, request: SearchRequest, score: Score): Promise<SearchResult> {
    const { neighbours: page, total } = pageOf(ranking, request, score);
    const inputs = await this.#parts.store.vectors.inputsOf(page.map(({ row }) => row));
    const hits = page.flatMap(({ row, scoreCosine }): Hit[] => {
      const input = inputs.get(row); // undefined: deleted since the scan
      return input ? [{ input, score: score(scoreCosine) }] : [];
    });
    return { hits, total };
  }

  async #pageOfAnnotations(
    app: App,
    { neighbours }: Ranking,
    annotations: AnnotationVectors,
    request: SearchRequest,
    score: Score,
  ): Promise<SearchResult> {
    const { minScore = 0 } = request;
    const good =
      minScore > 0 ? neighbours.slice(0, countAbove(neighbours, minScore, score)) : neighbours;
    const page = expand(good, annotations, request);
    const hits = await this.#toHits(
      app,
      page.map(({ row, scoreCosine }) => ({ row, score: score(scoreCosine) })),
    );
    const total = minScore > 0 ? countExpanded(good, annotations) : annotations.vectors.length;
    return { hits, total };
  }

  // Without ranks: newest first, score 1, as Clarifai's filter-only searches.
  async #list(app: App, request: SearchRequest): Promise<SearchResult> {
    const { filters, hitsAre = "inputs" } = request;
    const { matches } = this.#parts.store;
    const key = [app.row, await matches.revision(), hitsAre, JSON.stringify(filters)].join("|");
    const total =
      this.#counts.get(key) ?? this.#counts.set(key, await matches.count(app, filters, hitsAre));
    if (hitsAre === "inputs") {
      const inputs = await matches.inputs(app, filters, request);
      return { hits: inputs.map((input) => ({ input, score: 1 })), total };
    }
    const rows = await matches.annotations(app, filters, request);
    const hits = await this.#toHits(
      app,
      rows.map((row) => ({ row, score: 1 })),
    );
    return { hits, total };
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
  const conditions = filters.reduce((sum, { anyOf }) => sum + anyOf.length, 0);
  checkAtMost(offset + limit, LIMITS.windowMax, "page * perPage");
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

function pageOf(ranking: Ranking, { minScore = 0, offset, limit }: SearchRequest, score: Score) {
  const { neighbours, matched } = ranking;
  const total = minScore > 0 ? countAbove(neighbours, minScore, score) : matched;
  return { neighbours: neighbours.slice(offset, Math.min(offset + limit, total)), total };
}

// Scores fall along the ranking: binary search.
function countAbove(neighbours: readonly Neighbour[], minScore: number, score: Score): number {
  let [low, high] = [0, neighbours.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (score(neighbours[middle]!.scoreCosine) >= minScore) low = middle + 1;
    else high = middle;
  }
  return low;
}
