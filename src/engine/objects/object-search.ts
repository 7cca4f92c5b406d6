// Object Mode: ranks are compared with the objects in pictures, not with whole pictures. One scan over the vectors of objects
// -> inputs, each once, with the object that is nearest.
import type { Calibration } from "../calibration.ts";
import type { App } from "../engine.ts";
import { Evidence } from "../evidence.ts";
import type { Indexes } from "../indexes.ts";
import type { Neighbour } from "../nearest.ts";
import type { Hit, SearchRequest, SearchResult } from "../query.ts";
import { combine, scorer } from "../rank.ts";
import { countAbove, type Ranked, type Ranking, Rankings } from "../rankings.ts";
import { queryKind } from "../relevance.ts";
import type { Store } from "../store.ts";
import type { Terms } from "../terms.ts";
import {
  type BestObject,
  copiesOf,
  firstOfEach,
  PassingObjectSets,
  type PassingObjects,
} from "./passing-objects.ts";

/** Good matches up to which the inputs that they are in are counted; beyond, they are estimated from these: to read them all takes
 *  0.4 s where there are 5,000. */
const COUNTED = 1024;

type Parts = {
  readonly store: Pick<Store, "matches" | "objects">;
  /** Of objects. */
  readonly indexes: Pick<Indexes, "of">;
  readonly space: number;
  readonly calibration: Calibration;
  readonly terms: Terms;
};

type Found = {
  readonly asked: Ranked;
  readonly passing: PassingObjects;
  /** The page's inputs. */
  readonly page: readonly BestObject[];
  /** Of hits. */
  readonly total: number;
  readonly relevant: number;
};

export class ObjectSearch {
  readonly #parts: Parts;
  readonly #passing: PassingObjectSets;
  readonly #rankings: Rankings;

  constructor(parts: Parts) {
    const { store, calibration, space } = parts;
    this.#parts = parts;
    this.#passing = new PassingObjectSets(store.matches, space);
    this.#rankings = new Rankings(
      calibration,
      (rows, of) => store.objects.dates(rows, of),
      // Nothing is predicted of objects.
      new Evidence(
        calibration,
        (rows) => rows.map(() => undefined),
        () => undefined,
      ),
    );
  }

  /** @throws as Search */
  async search(app: App, request: SearchRequest, signal?: AbortSignal): Promise<SearchResult> {
    const { asked, passing, page, total, relevant } = await this.#find(app, request, signal);
    const { matches, objects } = this.#parts.store;
    const [inputs, found] = await Promise.all([
      matches.inputsAt(page.map(({ input }) => input)),
      objects.at(page.map(({ row }) => row)),
    ]);
    const hits = page.flatMap(({ row, input: inputRow, scoreCosine }): Hit[] => {
      const [input, object] = [inputs.get(inputRow), found.get(row)];
      if (!input || !object) return []; // deleted since the scan
      const copies = request.isCollapsed ? { copies: copiesOf(inputRow, passing).length } : {};
      return [{ input, score: asked.score(scoreCosine), object, ...copies }];
    });
    return { hits, total, relevant: Math.min(relevant, total) };
  }

  /** @throws as Search */
  async ids(app: App, request: SearchRequest, signal?: AbortSignal): Promise<readonly string[]> {
    const { page, passing } = await this.#find(app, request, signal);
    const rows = page.flatMap(({ input }) => [input, ...copiesOf(input, passing)]);
    return this.#parts.store.matches.ids(Float64Array.from(rows), "inputs");
  }

  async #find(app: App, request: SearchRequest, signal?: AbortSignal): Promise<Found> {
    const { ranks, offset, limit, minScore = 0, order = "relevance" } = request;
    const index = await this.#parts.indexes.of(app);
    const terms = await Promise.all(ranks.map((rank) => this.#parts.terms.of(app, rank, signal)));
    signal?.throwIfAborted();
    const passing = await this.#passing.of(app, request);
    const end = offset + limit;
    const asked: Ranked = {
      query: combine(terms),
      kind: queryKind(ranks, terms),
      score: scorer(terms),
      allowed: { key: passing.key, rows: passing.rows },
      ...{ lift: undefined, liftKey: "" }, // words are about whole pictures
      ...{ end, minScore, order },
    };
    if (passing.total === 0) return { asked, passing, page: [], total: 0, relevant: 0 };
    const { best, isAll, relevant } = await this.#best(index, asked, passing);
    const matched = isAll ? best.length : passing.total;
    const total = request.isRelevantOnly ? Math.min(matched, relevant) : matched;
    return { asked, passing, page: best.slice(offset, Math.min(end, total)), total, relevant };
  }

  // An input may have many objects: looks further until there are as many inputs as are asked for.
  async #best(
    index: Awaited<ReturnType<Indexes["of"]>>,
    asked: Ranked,
    passing: PassingObjects,
  ): Promise<{ best: readonly BestObject[]; isAll: boolean; relevant: number }> {
    for (let end = asked.end; ; ) {
      const ranking = await this.#rankings.of(index, { ...asked, end });
      const good = ranking.neighbours.slice(0, countAbove(ranking.neighbours, asked));
      const best = firstOfEach(good, passing);
      const isAll =
        isWhole(ranking) || end >= index.size || good.length < ranking.neighbours.length;
      const hasRelevant = isAll || good.length >= Math.min(ranking.relevant, COUNTED);
      if (hasRelevant && (isAll || best.length >= asked.end))
        return { best, isAll, relevant: countRelevant(good, ranking.relevant, passing) };
      end = Math.max(4 * end, Math.min(ranking.relevant, COUNTED));
    }
  }
}

// Whatever page is asked for, the answer is the same.
function countRelevant(
  good: readonly Neighbour[],
  relevant: number,
  passing: PassingObjects,
): number {
  const counted = good.slice(0, Math.min(relevant, COUNTED));
  const inputs = firstOfEach(counted, passing).length;
  return relevant > COUNTED ? Math.round((inputs / COUNTED) * relevant) : inputs;
}

function isWhole({ neighbours, matched }: Ranking): boolean {
  return neighbours.length >= matched;
}
