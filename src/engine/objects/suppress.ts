// Candidates -> one for each object: non-maximum suppression within a class. Neubeck and Van Gool 2006, ICPR.
import { type Candidate, overlapOf } from "./box.ts";

/** Candidates that are compared with each other; each costs a look at all that are kept. */
const COMPARED_MAX = 2000;

/** Highest confidence first, equals in the order given; none overlaps a better one of its class by more than
 *  `overlapMax` (intersection over union). At most `limit`. Cost: 2,000 x `limit` comparisons. */
export function suppress(
  candidates: readonly Candidate[],
  { overlapMax, limit }: { readonly overlapMax: number; readonly limit: number },
): readonly Candidate[] {
  const best = [...candidates].sort((a, b) => b.confidence - a.confidence).slice(0, COMPARED_MAX);
  const kept: Candidate[] = [];
  for (const candidate of best) {
    if (kept.length === limit) break;
    const isCovered = kept.some(
      ({ classId, box }) =>
        classId === candidate.classId && overlapOf(box, candidate.box) > overlapMax,
    );
    if (!isCovered) kept.push(candidate);
  }
  return kept;
}
