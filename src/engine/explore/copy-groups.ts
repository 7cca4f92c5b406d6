// Pairs of near-duplicates -> groups: one input that is best kept, and all that are near to it. Every member is near
// to the leader itself, not only to another member, so that deleting the others never loses a different picture.

export type NearPair = { readonly a: number; readonly b: number; readonly similarity: number };

/** What says which copy is best kept; `row`: of the input. */
export type Quality = {
  readonly row: number;
  readonly pixels: number;
  readonly sizeBytes: number;
};

export type CopyGroup = {
  /** Rows of inputs, the leader first, then the nearest to it. */
  readonly members: readonly number[];
  /** Of each member to the leader; 1 for itself. */
  readonly similarities: readonly number[];
  /** What deleting all but the leader would free. */
  readonly winBytes: number;
};

/** Groups of two or more, the greatest gain first. Each input is in one at most. */
export function toGroups(
  pairs: readonly NearPair[],
  qualities: ReadonlyMap<number, Quality>,
): readonly CopyGroup[] {
  const near = neighboursOf(pairs, qualities);
  const grouped = new Set<number>();
  const groups: CopyGroup[] = [];
  const best = [...near.keys()].map((row) => qualities.get(row)!).sort(byQuality);
  for (const leader of best) {
    if (grouped.has(leader.row)) continue;
    const others = (near.get(leader.row) ?? [])
      .filter(({ row }) => !grouped.has(row))
      .sort((a, b) => b.similarity - a.similarity || a.row - b.row);
    if (others.length === 0) continue;
    const members = [{ row: leader.row, similarity: 1 }, ...others];
    for (const { row } of members) grouped.add(row);
    groups.push({
      members: members.map(({ row }) => row),
      similarities: members.map(({ similarity }) => similarity),
      winBytes: others.reduce((sum, { row }) => sum + (qualities.get(row)?.sizeBytes ?? 0), 0),
    });
  }
  return groups.sort((a, b) => b.winBytes - a.winBytes || a.members[0]! - b.members[0]!);
}

/** Best kept first: most pixels, then the largest file, then the oldest. */
function byQuality(a: Quality, b: Quality): number {
  return b.pixels - a.pixels || b.sizeBytes - a.sizeBytes || a.row - b.row;
}

type Near = { readonly row: number; readonly similarity: number };

function neighboursOf(
  pairs: readonly NearPair[],
  known: ReadonlyMap<number, Quality>,
): ReadonlyMap<number, Near[]> {
  const near = new Map<number, Near[]>();
  const add = (row: number, neighbour: Near) => {
    const list = near.get(row);
    if (list) list.push(neighbour);
    else near.set(row, [neighbour]);
  };
  for (const { a, b, similarity } of pairs) {
    if (!known.has(a) || !known.has(b)) continue; // deleted meanwhile
    add(a, { row: b, similarity });
    add(b, { row: a, similarity });
  }
  return near;
}
