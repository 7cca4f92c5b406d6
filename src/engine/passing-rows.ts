// Filters of a search -> the rows that may be hits, in the order of a list or as the vectors that a scan may return.
// Sets are read once for the reader who scrolls on; any write to the store makes them read again.
import { Cache } from "./cache.ts";
import type { App } from "./engine.ts";
import { collapse } from "./filter/collapse.ts";
import type { AnnotationVectors, ListOrder } from "./filter/matches.ts";
import type { SearchRequest } from "./query.ts";
import { type RowFilter, toRowFilter } from "./row-filter.ts";
import type { Store } from "./store.ts";

/** 8 to 24 bytes for each input or annotation that passes. */
const CACHED_SETS = 8;

type Copies = ReadonlyMap<number, readonly number[]>;

/** What may be a hit of a ranked search; without `rows`, everything in the index. */
export type Allowed = {
  /** Differs whenever the rest may. */
  readonly key: string;
  readonly rows?: RowFilter;
  /** Where hits are annotations. */
  readonly annotations?: AnnotationVectors;
  /** Where near-duplicates are one hit: those that are not shown, by the one that is. Rows of vectors. */
  readonly copies?: Copies;
};

/** Rows of inputs, in order; copies as in `Allowed`. */
export type Listed = { readonly rows: Float64Array; readonly copies?: Copies };

type Asked = Pick<SearchRequest, "filters" | "hitsAre" | "isCollapsed" | "order">;

export class PassingRows {
  readonly #matches: Store["matches"];
  readonly #space: number;
  readonly #allowed = new Cache<Allowed>(CACHED_SETS);
  readonly #listed = new Cache<Listed>(CACHED_SETS);
  readonly #leaders = new Cache<ReadonlyMap<number, number>>(CACHED_SETS);

  constructor(matches: Store["matches"], space: number) {
    this.#matches = matches;
    this.#space = space;
  }

  async allowed(app: App, asked: Asked): Promise<Allowed> {
    const { filters, hitsAre = "inputs", isCollapsed = false } = asked;
    if (filters.length === 0 && hitsAre === "inputs" && !isCollapsed) return { key: "" };
    const key = await this.#key(app, [hitsAre, isCollapsed, filters]);
    return (
      this.#allowed.get(key) ?? this.#allowed.set(key, await this.#readAllowed(app, asked, key))
    );
  }

  async listed(app: App, asked: Asked): Promise<Listed> {
    const { filters, isCollapsed = false } = asked;
    const order = toListOrder(asked);
    const key = await this.#key(app, [order, isCollapsed, filters]);
    const known = this.#listed.get(key);
    if (known) return known;
    const rows = await this.#matches.inputRows(app, filters, order);
    const listed = isCollapsed ? collapse(rows, rows, await this.#leadersOf(app)) : { rows };
    return this.#listed.set(key, listed);
  }

  async #readAllowed(app: App, asked: Asked, key: string): Promise<Allowed> {
    const { filters, hitsAre, isCollapsed } = asked;
    if (hitsAre === "annotations") {
      const annotations = await this.#matches.annotationVectors(app, filters, this.#space);
      return { key, rows: toRowFilter(annotations.vectors), annotations };
    }
    const { vectors, inputs } = await this.#matches.inputVectors(app, filters, this.#space);
    if (!isCollapsed) return { key, rows: toRowFilter(vectors) };
    const { rows, copies } = collapse(vectors, inputs, await this.#leadersOf(app));
    return { key, rows: toRowFilter(rows), copies };
  }

  async #leadersOf(app: App): Promise<ReadonlyMap<number, number>> {
    const key = await this.#key(app, []);
    return this.#leaders.get(key) ?? this.#leaders.set(key, await this.#matches.leaders(app));
  }

  async #key(app: App, parts: readonly unknown[]): Promise<string> {
    return JSON.stringify([app.row, await this.#matches.revision(), ...parts]);
  }
}

/** Without ranks nothing is more relevant than what is newest. */
export function toListOrder({ order = "newest" }: Pick<SearchRequest, "order">): ListOrder {
  return order === "relevance" ? "newest" : order;
}
