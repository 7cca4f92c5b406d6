// Rows that a lift raises, put into the ranking of a scan where they belong now.
import type { Lifted } from "./lift.ts";
import type { ExactIndex, Nearest, Neighbour } from "./nearest.ts";
import type { RowFilter } from "./row-filter.ts";

export type Raised = Nearest & {
  /** Of the rows that were raised, how many came from below `least` to it or above. */
  readonly risen: number;
};

/** `found`: the nearest of `query`. Exact as far as it reaches: below its last row others may be hidden, so nothing is put there. */
export function raise(
  index: ExactIndex,
  query: Float32Array,
  found: Nearest,
  lifted: Lifted,
  { least, filter }: { readonly least: number; readonly filter: RowFilter | undefined },
): Raised {
  if (lifted.size === 0) return { ...found, risen: 0 };
  const { neighbours, matched } = found;
  const near = new Map(neighbours.map((one) => [one.row, one]));
  const others = index.scored(
    query,
    [...lifted.keys()].filter((row) => !near.has(row)),
    filter,
  );
  const own = [...near.values()].filter(({ row }) => lifted.has(row));
  const base = [...own, ...others];
  const higher = base.map(({ row, scoreCosine }) => ({
    row,
    scoreCosine: scoreCosine + lifted.get(row)!,
  }));
  const rest = neighbours.filter(({ row }) => !lifted.has(row));
  const end = neighbours.length < matched ? (neighbours.at(-1)?.scoreCosine ?? 1) : -1;
  const merged = [...rest, ...higher.filter(({ scoreCosine }) => scoreCosine >= end)];
  const risen = base.filter(
    ({ scoreCosine }, i) => scoreCosine < least && higher[i]!.scoreCosine >= least,
  );
  return { ...found, neighbours: merged.sort(byScoreThenRow), risen: risen.length };
}

function byScoreThenRow(a: Neighbour, b: Neighbour): number {
  return b.scoreCosine - a.scoreCosine || a.row - b.row;
}
