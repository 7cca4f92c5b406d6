// Ranked inputs -> ranked annotations: each input stands for those of its annotations that pass, oldest first.

import type { Neighbour } from "../nearest.ts";
import type { AnnotationVectors } from "./matches.ts";

/** One page of the annotations that these inputs stand for, as rows with the score of their input. Walks all inputs
 *  up to the end of the page. */
export function expand(
  neighbours: readonly Neighbour[],
  { vectors, annotations }: AnnotationVectors,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Neighbour[] {
  const page: Neighbour[] = [];
  let skip = offset;
  for (const { row, scoreCosine } of neighbours) {
    const start = firstFrom(vectors, row);
    const end = firstFrom(vectors, row + 1);
    for (let i = start + skip; i < end && page.length < limit; i++) {
      page.push({ row: annotations[i]!, scoreCosine });
    }
    if (page.length === limit) break;
    skip = Math.max(0, skip - (end - start));
  }
  return page;
}

/** How many annotations these inputs stand for. */
export function countExpanded(
  neighbours: readonly Neighbour[],
  { vectors }: AnnotationVectors,
): number {
  return neighbours.reduce(
    (sum, { row }) => sum + firstFrom(vectors, row + 1) - firstFrom(vectors, row),
    0,
  );
}

// The index of the first vector row that is not below `row`; they ascend.
function firstFrom(vectors: Float64Array, row: number): number {
  let [low, high] = [0, vectors.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (vectors[middle]! < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
