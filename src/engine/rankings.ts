// One query vector over one index -> the ranking that pages are cut from. Rankings are kept for the reader who scrolls
// on; any change of the index makes new ones.
import { Cache } from "./cache.ts";
import type { Calibration } from "./calibration.ts";
import type { Evidence } from "./evidence.ts";
import type { ListOrder } from "./filter/matches.ts";
import type { Lift } from "./lift.ts";
import type { ExactIndex, Neighbour } from "./nearest.ts";
import type { Allowed } from "./passing-rows.ts";
import type { Order } from "./query.ts";
import { type Raised, raise } from "./raise.ts";
import {
  BACKGROUND_SIZE,
  type Background,
  leastPresent,
  leastRelevant,
  type QueryKind,
  readBackground,
} from "./relevance.ts";
import { type RowFilter, toRowFilter } from "./row-filter.ts";

/** Ranked neighbours to fetch at least: the next pages of a scrolling reader come from the cache. */
const FIRST_WINDOW = 256;
/** Of one index. */
const CACHED_RANKINGS = 32;
/** Multiplies a row to a number that looks random, modulo 2^32 (Knuth, The Art of Computer Programming 6.4). */
const KNUTH = 2_654_435_761;

export type Ranking = {
  /** Best first, as many as were asked for, at least. */
  readonly neighbours: readonly Neighbour[];
  /** How many there are in all. */
  readonly matched: number;
  /** How many of them are good matches. Up to 256 it is exact, further on a few off: int8 scores count them. */
  readonly relevant: number;
};

export type Ranked = {
  /** [dim] f32, unit length. */
  readonly query: Float32Array;
  readonly kind: QueryKind;
  /** Rises with the cosine. */
  readonly score: (cosine: number) => number;
  readonly allowed: Allowed;
  /** What raises some rows above their cosines. */
  readonly lift: Lift | undefined;
  /** Differs whenever the lift may raise others. */
  readonly liftKey: string;
  /** The last rank that is looked at. */
  readonly end: number;
  readonly minScore: number;
  readonly order: Order;
};

type Dates = (
  rows: readonly number[],
  of: "added" | "taken",
) => Promise<ReadonlyMap<number, number>>;
type Kept = {
  readonly rankings: Cache<Ranking>;
  readonly ordered: Cache<readonly Neighbour[]>;
  sample: { readonly version: number; readonly rows: RowFilter } | undefined;
  mean: { readonly version: number; readonly vector: Float32Array } | undefined;
};

export class Rankings {
  readonly #calibration: Calibration;
  readonly #dates: Dates;
  readonly #evidence: Evidence;
  readonly #kept = new WeakMap<ExactIndex, Kept>();

  /** `dates`: of the inputs of vectors, by vector row. */
  constructor(calibration: Calibration, dates: Dates, evidence: Evidence) {
    this.#calibration = calibration;
    this.#dates = dates;
    this.#evidence = evidence;
  }

  /** Reaches `end`, and what `minScore` leaves, if there are so many; in another order than by relevance, the good
   *  matches all come first, in that order. */
  async of(index: ExactIndex, asked: Ranked): Promise<Ranking> {
    const kept = this.#keptOf(index);
    const { version } = index;
    const query = Buffer.from(asked.query.buffer).toString("base64");
    const key = [version, asked.kind, query, asked.allowed.key, asked.liftKey].join("|");
    const cached = kept.rankings.get(key);
    const ranking =
      cached && isEnough(cached, asked)
        ? cached
        : kept.rankings.set(key, await this.#rank(index, asked));
    if (asked.order === "relevance") return ranking;
    const head = Math.min(ranking.relevant, countAbove(ranking.neighbours, asked));
    const orderKey = [asked.order, head, key].join("|");
    const first =
      kept.ordered.get(orderKey) ??
      kept.ordered.set(
        orderKey,
        await this.#byDate(ranking.neighbours.slice(0, head), asked.order),
      );
    return { ...ranking, neighbours: [...first, ...ranking.neighbours.slice(head)] };
  }

  async #rank(index: ExactIndex, asked: Ranked): Promise<Ranking> {
    const { query, kind, lift } = asked;
    const background = readBackground(await index.cosines(query, this.#sampleOf(index)));
    const filter = asked.allowed.rows;
    const leastOf = await this.#leastRelevant(index, asked, background);
    let least: number | undefined;
    const countFrom = (neighbours: readonly Neighbour[]) => {
      least ??= leastOf(neighbours);
      return least;
    };
    let k = Math.max(FIRST_WINDOW, lift?.window ?? 0, 2 ** Math.ceil(Math.log2(asked.end)));
    for (;;) {
      const found = await index.nearest(query, k, { filter, countFrom });
      const from = countFrom(found.neighbours);
      const lifted =
        lift?.of(found.neighbours, { spread: background.spread, size: index.size }) ?? new Map();
      const raised = raise(index, query, found, lifted, { least: from, filter });
      const { neighbours, matched } = raised;
      const ranking = { neighbours, matched, relevant: countRelevant(raised, from, kind) };
      if (isEnough(ranking, asked)) return ranking;
      k = Math.max(k * 8, isByDate(asked) ? ranking.relevant : 0);
    }
  }

  // Filters leave out good matches, they do not make others good: where there is one, what is near in the whole app is asked for.
  async #leastRelevant(
    index: ExactIndex,
    { kind, query, score, allowed }: Ranked,
    background: Background,
  ): Promise<(found: readonly Neighbour[]) => number> {
    if (kind === "concept") return () => leastPresent(score);
    if (kind === "mixed") return () => leastRelevant(kind, background, [], this.#calibration);
    const near = allowed.rows && (await this.#evidence.nearest(index, query));
    const usual = kind === "image" ? undefined : await this.#evidence.usual(index);
    const describes = kind !== "image";
    return (found) => {
      const nearest = near ?? this.#evidence.described(found, describes);
      return leastRelevant(kind, background, nearest, this.#calibration, usual);
    };
  }

  /** The mean of the vectors of a sample. [dim] f32. */
  meanOf(index: ExactIndex): Float32Array {
    const kept = this.#keptOf(index);
    if (kept.mean?.version === index.version) return kept.mean.vector;
    const sample = this.#sampleOf(index);
    const vector = index.mean(sample.kind === "rows" ? [...sample.rows] : []);
    kept.mean = { version: index.version, vector };
    return vector;
  }

  // The same rows for every query and filter, and mostly the same ones after a change.
  #sampleOf(index: ExactIndex): RowFilter {
    const kept = this.#keptOf(index);
    if (kept.sample?.version === index.version) return kept.sample.rows;
    const bound = (BACKGROUND_SIZE / Math.max(index.size, BACKGROUND_SIZE)) * 2 ** 32;
    const rows = toRowFilter(index.rows().filter((row) => Math.imul(row, KNUTH) >>> 0 < bound));
    kept.sample = { version: index.version, rows };
    return rows;
  }

  async #byDate(
    neighbours: readonly Neighbour[],
    order: Exclude<Order, "relevance">,
  ): Promise<readonly Neighbour[]> {
    const rows = neighbours.map(({ row }) => row);
    const dates = await this.#dates(rows, order === "taken" ? "taken" : "added");
    return neighbours.toSorted(byDate(dates, order));
  }

  #keptOf(index: ExactIndex): Kept {
    const known = this.#kept.get(index);
    if (known) return known;
    const rankings = new Cache<Ranking>(CACHED_RANKINGS);
    const ordered = new Cache<readonly Neighbour[]>(CACHED_RANKINGS);
    const kept: Kept = { rankings, ordered, sample: undefined, mean: undefined };
    this.#kept.set(index, kept);
    return kept;
  }
}

/** How many of these neighbours `minScore` leaves. Scores fall along the ranking: binary search. */
export function countAbove(
  neighbours: readonly Neighbour[],
  { minScore, score }: Pick<Ranked, "minScore" | "score">,
): number {
  return minScore > 0
    ? countFrom(neighbours, (cosine) => score(cosine) >= minScore)
    : neighbours.length;
}

function countFrom(neighbours: readonly Neighbour[], isGood: (cosine: number) => boolean): number {
  let [low, high] = [0, neighbours.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isGood(neighbours[middle]!.scoreCosine)) low = middle + 1;
    else high = middle;
  }
  return low;
}

// Whatever k was asked for, the answer is the same: it looks at the first window alone.
function countRelevant(
  { neighbours, matched, counted = 0, risen }: Raised,
  least: number,
  kind: QueryKind,
): number {
  const inWindow = countFrom(neighbours.slice(0, FIRST_WINDOW), (cosine) => cosine >= least);
  const isAll = inWindow < FIRST_WINDOW;
  const count = isAll ? inWindow : Math.min(matched, Math.max(FIRST_WINDOW, counted + risen));
  // Somebody who shows a picture wants the nearest one.
  return kind === "image" ? Math.max(count, Math.min(matched, 1)) : count;
}

// Without a least score a page is enough: every input that passes stands for one annotation at least.
function isEnough(ranking: Ranking, asked: Ranked): boolean {
  const { neighbours, matched, relevant } = ranking;
  if (neighbours.length >= matched) return true;
  const last = neighbours.at(-1);
  if (asked.minScore > 0)
    return last !== undefined && asked.score(last.scoreCosine) < asked.minScore;
  return neighbours.length >= Math.max(asked.end, isByDate(asked) ? relevant : 0);
}

function isByDate({ order }: Pick<Ranked, "order">): boolean {
  return order !== "relevance";
}

function byDate(dates: ReadonlyMap<number, number>, order: ListOrder) {
  const sign = order === "oldest" ? -1 : 1;
  // -Infinity minus itself is NaN, which is as equal as 0.
  return (a: Neighbour, b: Neighbour) =>
    sign * ((dates.get(b.row) ?? 0) - (dates.get(a.row) ?? 0)) || 0;
}
