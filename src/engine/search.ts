// A search request -> hits: terms to one vector, filters to a bitmap, one scan, one page of inputs.
import { AppError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { Cache } from "./cache.ts";
import type { Concepts } from "./concepts.ts";
import { decode } from "./decode.ts";
import type { Encoder } from "./encode.ts";
import type { App, Filter, Hit, InputStatus, Rank, SearchRequest, SearchResult } from "./engine.ts";
import type { Indexes } from "./indexes.ts";
import type { ExactIndex, Neighbour } from "./nearest.ts";
import { combine, scorer, type Term } from "./rank.ts";
import type { Store } from "./store.ts";
import type { Thread } from "./thread.ts";

/** Ranked neighbours to fetch at least: the next pages of a scrolling reader come from the cache. */
const FIRST_WINDOW = 256;
const CACHED_RANKINGS = 32;
const CACHED_TEXTS = 1000;

type Ranking = { readonly neighbours: readonly Neighbour[]; readonly matched: number };

type Parts = {
  readonly store: Store;
  readonly encoder: Encoder;
  readonly codecs: Thread;
  readonly concepts: Promise<Concepts>;
  readonly indexes: Indexes;
  readonly space: number;
};

export class Search {
  readonly #parts: Parts;
  readonly #texts = new Cache<Float32Array>(CACHED_TEXTS);
  readonly #rankings = new Cache<Ranking>(CACHED_RANKINGS);

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @throws AppError "invalid_search", "not_indexed", image errors of an example image */
  async search(app: App, request: SearchRequest, signal?: AbortSignal): Promise<SearchResult> {
    checkWindow(request);
    if (request.ranks.length === 0) return this.#list(app, request);
    if (!allowedStatuses(request.filters).includes("processed")) return { hits: [], total: 0 };
    // A hub model takes minutes to embed the vocabulary at its first start: only #concepts wait for it.
    const needsConcepts = request.ranks.some(({ kind }) => kind === "concept");
    const concepts = needsConcepts ? await this.#parts.concepts : undefined;
    const terms = await Promise.all(request.ranks.map((rank) => this.#toTerm(app, rank, concepts)));
    signal?.throwIfAborted();
    const score = scorer(terms, concepts);
    const index = await this.#parts.indexes.of(app);
    const ids = allowedIds(request.filters);
    const rows = ids && (await this.#parts.store.vectors.rowsOf(app, this.#parts.space, ids));
    const ranking = await this.#rank(app, index, combine(terms), rows, request, score);
    return this.#page(ranking, request, score);
  }

  async #toTerm(app: App, rank: Rank, concepts: Concepts | undefined): Promise<Term> {
    const { weight } = rank;
    if (rank.kind === "concept") {
      const concept = concepts?.find(rank.concept);
      if (!concepts || concept === undefined) throw unknownConcept(rank.concept);
      return { weight, isConcept: true, vector: concepts.embedding(concept) };
    }
    return { weight, isConcept: false, vector: await this.#toVector(app, rank) };
  }

  async #toVector(app: App, rank: Exclude<Rank, { kind: "concept" }>): Promise<Float32Array> {
    const { encoder, codecs } = this.#parts;
    switch (rank.kind) {
      case "text":
        return this.#encodeText(rank.text);
      case "image":
        return encoder.encodeImages([await decode(rank.bytes, codecs)]);
      case "input":
        return this.#vectorOf(app, rank.inputId);
      case "vector":
        return toUnit(rank.vector, encoder.dim);
    }
  }

  async #encodeText(text: string): Promise<Float32Array> {
    if (text.length > LIMITS.textLength) {
      throw new AppError(
        "invalid_search",
        `Expected at most ${LIMITS.textLength} characters for the caption but received ${text.length}.`,
      );
    }
    const key = text.trim().replace(/\s+/g, " ");
    if (key === "")
      throw new AppError(
        "invalid_search",
        "Expected words for the caption but received an empty text.",
      );
    return (
      this.#texts.get(key) ?? this.#texts.set(key, await this.#parts.encoder.encodeTexts([key]))
    );
  }

  async #vectorOf(app: App, id: string): Promise<Float32Array> {
    const { store, space } = this.#parts;
    const input = await store.input(app, id);
    const vector = input && (await store.vectors.of(input, space));
    if (vector) return vector;
    throw new AppError(
      "not_indexed",
      `Expected a fully indexed input for input_id but received ${id}, which ${input ? `is ${input.status}` : "does not exist"}.`,
      { details: { id } },
    );
  }

  // Rankings are kept for the reader who scrolls on; any change of the index makes a new one.
  async #rank(
    app: App,
    index: ExactIndex,
    query: Float32Array,
    rows: readonly number[] | undefined,
    request: SearchRequest,
    score: (cosine: number) => number,
  ): Promise<Ranking> {
    const key = [
      app.row,
      index.matrix.version,
      Buffer.from(query.buffer).toString("base64"),
      rows?.join(",") ?? "",
    ].join("|");
    const cached = this.#rankings.get(key);
    const end = request.offset + request.limit;
    const { minScore = 0 } = request;
    const reachesMinimum = (ranking: Ranking) => {
      const last = ranking.neighbours.at(-1);
      return (
        ranking.neighbours.length >= ranking.matched || (last && score(last.scoreCosine) < minScore)
      );
    };
    const isEnough = (ranking: Ranking) =>
      reachesMinimum(ranking) || (minScore === 0 && ranking.neighbours.length >= end);
    if (cached && isEnough(cached)) return cached;
    const filter = rows && index.filterOf(rows);
    let k = Math.max(FIRST_WINDOW, 2 ** Math.ceil(Math.log2(end)));
    for (;;) {
      const ranking = await index.nearest(query, k, filter ? { filter } : {});
      if (isEnough(ranking)) return this.#rankings.set(key, ranking);
      k *= 8; // only to count what min_value leaves
    }
  }

  async #page(
    ranking: Ranking,
    request: SearchRequest,
    score: (cosine: number) => number,
  ): Promise<SearchResult> {
    const { minScore = 0, offset, limit } = request;
    const total = minScore > 0 ? countAbove(ranking.neighbours, minScore, score) : ranking.matched;
    const page = ranking.neighbours.slice(offset, Math.min(offset + limit, total));
    const inputs = await this.#parts.store.vectors.inputsOf(page.map(({ row }) => row));
    const hits = page.flatMap(({ row, scoreCosine }): Hit[] => {
      const input = inputs.get(row); // undefined: deleted since the scan
      return input ? [{ input, score: score(scoreCosine) }] : [];
    });
    return { hits, total };
  }

  // Without ranks: newest first, score 1, as Clarifai's filter-only searches.
  async #list(app: App, { filters, offset, limit }: SearchRequest): Promise<SearchResult> {
    const where = { ids: allowedIds(filters), statuses: allowedStatuses(filters) };
    const { store } = this.#parts;
    const [inputs, total] = await Promise.all([
      store.inputs(app, { ...where, offset, limit, newestFirst: true }),
      store.countMatching(app, where),
    ]);
    return { hits: inputs.map((input) => ({ input, score: 1 })), total };
  }
}

function checkWindow({ offset, limit, ranks, filters }: SearchRequest): void {
  if (offset + limit > LIMITS.windowMax) {
    throw new AppError(
      "invalid_search",
      `Expected page * perPage of at most ${LIMITS.windowMax} but received ${offset + limit}.`,
    );
  }
  if (ranks.length + filters.length > LIMITS.queryTerms) {
    throw new AppError(
      "invalid_search",
      `Expected at most ${LIMITS.queryTerms} ranks and filters but received ${ranks.length + filters.length}.`,
    );
  }
}

// Filters are ANDed: the ids that all of them allow.
function allowedIds(filters: readonly Filter[]): readonly string[] | undefined {
  return intersect(filters.flatMap((filter) => (filter.kind === "ids" ? [filter.ids] : [])));
}

// Ranked searches find processed inputs only; lists show those too unless a filter says otherwise.
function allowedStatuses(filters: readonly Filter[]): readonly InputStatus[] {
  return (
    intersect(filters.flatMap((filter) => (filter.kind === "status" ? [filter.statuses] : []))) ?? [
      "processed",
    ]
  );
}

function intersect<T>(lists: readonly (readonly T[])[]): readonly T[] | undefined {
  if (lists.length === 0) return undefined;
  return lists.reduce((left, right) => left.filter((value) => right.includes(value)));
}

function toUnit(vector: Float32Array, dim: number): Float32Array {
  const length = Math.hypot(...vector);
  if (vector.length === dim && length > 0 && Number.isFinite(length))
    return vector.map((value) => value / length);
  throw new AppError(
    "invalid_search",
    `Expected ${dim} finite numbers that are not all 0 for the embedding but received ${vector.length}.`,
  );
}

function unknownConcept(concept: string): AppError {
  return new AppError(
    "invalid_search",
    `Expected a known concept for #${concept} but there is none. Search the concepts for one, or search by caption.`,
    {
      details: { concept },
    },
  );
}

// Scores fall along the ranking: binary search.
function countAbove(
  neighbours: readonly Neighbour[],
  minScore: number,
  score: (cosine: number) => number,
): number {
  let [low, high] = [0, neighbours.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (score(neighbours[middle]!.scoreCosine) >= minScore) low = middle + 1;
    else high = middle;
  }
  return low;
}
