// Filters of a search -> the objects that may be found, with the inputs that they are in. Read once for the reader who
// scrolls on; any write to the store makes them read again.
import { Cache } from "../cache.ts";
import type { App } from "../engine.ts";
import type { Neighbour } from "../nearest.ts";
import type { SearchRequest } from "../query.ts";
import { type RowFilter, toRowFilter } from "../row-filter.ts";
import type { Store } from "../store.ts";

/** 16 bytes for each object that passes. */
const CACHED_SETS = 8;

export type PassingObjects = {
  /** Differs whenever the rest may. */
  readonly key: string;
  readonly rows: RowFilter;
  /** Ascending. */
  readonly objects: Float64Array;
  /** By place in `objects`. */
  readonly inputs: Float64Array;
  /** Of near-duplicates, where they are one hit: by input. */
  readonly leaders: ReadonlyMap<number, number>;
  /** All inputs of a group of near-duplicates, by leader. */
  readonly groups: ReadonlyMap<number, readonly number[]>;
  /** Hits, if all of them were. */
  readonly total: number;
};

/** An object with the input that it is in, by row. */
export type BestObject = Neighbour & { readonly input: number };

/** Of each input, or each group of near-duplicates, the first of these neighbours; those that do not pass are left out. */
export function firstOfEach(
  neighbours: readonly Neighbour[],
  passing: Pick<PassingObjects, "objects" | "inputs" | "leaders">,
): readonly BestObject[] {
  const seen = new Set<number>();
  return neighbours.flatMap((neighbour) => {
    const place = placeOf(passing.objects, neighbour.row);
    const input = place === undefined ? undefined : passing.inputs[place]!;
    if (input === undefined) return [];
    const group = passing.leaders.get(input) ?? input;
    if (seen.has(group)) return [];
    seen.add(group);
    return { ...neighbour, input };
  });
}

/** The other inputs of a group of near-duplicates that pass, too. */
export function copiesOf(
  input: number,
  { leaders, groups }: Pick<PassingObjects, "leaders" | "groups">,
): readonly number[] {
  const leader = leaders.get(input);
  const group = leader === undefined ? [] : (groups.get(leader) ?? []);
  return group.filter((other) => other !== input);
}

type Asked = Pick<SearchRequest, "filters" | "isCollapsed">;

export class PassingObjectSets {
  readonly #matches: Store["matches"];
  readonly #space: number;
  readonly #sets = new Cache<PassingObjects>(CACHED_SETS);

  constructor(matches: Store["matches"], space: number) {
    this.#matches = matches;
    this.#space = space;
  }

  async of(app: App, { filters, isCollapsed = false }: Asked): Promise<PassingObjects> {
    const revision = await this.#matches.revision();
    const key = JSON.stringify([app.row, revision, isCollapsed, filters]);
    const known = this.#sets.get(key);
    if (known) return known;
    const { objects, inputs } = await this.#matches.inputObjects(app, filters, this.#space);
    const leaders = isCollapsed ? await this.#matches.leaders(app) : new Map<number, number>();
    const distinct = new Set(inputs);
    const groups = new Map<number, number[]>();
    for (const input of distinct) {
      const leader = leaders.get(input);
      if (leader !== undefined) groups.set(leader, [...(groups.get(leader) ?? []), input]);
    }
    const hidden = [...groups.values()].reduce((sum, group) => sum + group.length - 1, 0);
    const total = distinct.size - hidden;
    const rows = toRowFilter(objects);
    return this.#sets.set(key, { key, rows, objects, inputs, leaders, groups, total });
  }
}

// Binary search.
function placeOf(objects: Float64Array, row: number): number | undefined {
  let [low, high] = [0, objects.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (objects[middle]! < row) low = middle + 1;
    else high = middle;
  }
  return objects[low] === row ? low : undefined;
}
