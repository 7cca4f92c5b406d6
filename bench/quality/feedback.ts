// Feedback: of the first twenty pictures of a concept up to two that are right and two that are not are marked, as the Portal does
// it; are the others that are right further up then?

import type { Rank } from "../../src/engine/query.ts";
import { EVERYTHING, toSearch, withFeedback } from "../../web/src/query.ts";
import type { Evaluated } from "./evaluated.ts";
import { mean, precisionOf } from "./ranking.ts";
import type { Report } from "./report.ts";

const LOOKED_AT = 20;
const MARKED = 2;
/** Pictures of a label, so that there is something left to find. */
const LABEL_MIN = 4;

export async function feedback(evaluated: Evaluated, report: Report): Promise<void> {
  const { labels, concepts } = evaluated;
  const collection = await evaluated.collection(() => ({ name: "" }));
  const [before, after]: [number[], number[]] = [[], []];
  for (const [index, good] of labels) {
    if (good.size < LABEL_MIN) continue;
    const { id } = concepts.at(index);
    const first = await collection.rank({ kind: "concept", concept: id, weight: 1 });
    const seen = first.order.slice(0, LOOKED_AT);
    const right = seen.filter((i) => good.has(i)).slice(0, MARKED);
    const wrong = seen.filter((i) => !good.has(i)).slice(0, MARKED);
    if (right.length === 0) continue;
    const second = await collection.rank(ranksWith(id, right, wrong));
    const marked = new Set([...right, ...wrong]);
    const left = new Set([...good].filter((i) => !marked.has(i)));
    const apOf = (order: readonly number[]) =>
      precisionOf(
        order.filter((i) => !marked.has(i)),
        left,
      );
    before.push(apOf(first.order));
    after.push(apOf(second.order));
  }
  if (before.length === 0) return;
  report.count("feedback", "concepts", before.length);
  report.share("feedback", "mean average precision of the others, before", mean(before));
  report.share("feedback", "mean average precision of the others, after", mean(after));
}

function ranksWith(concept: string, right: readonly number[], wrong: readonly number[]): Rank[] {
  const query = { ...EVERYTHING, terms: [{ kind: "concept", name: concept, weight: 1 }] } as const;
  const more = withFeedback(query, right.map(String), "more");
  const all = wrong.length > 0 ? withFeedback(more, wrong.map(String), "less") : more;
  return (toSearch(all).ranks ?? []).map((rank): Rank => {
    if (rank.kind === "input")
      return { kind: "input", inputId: rank.input_id, weight: rank.weight ?? 1 };
    return { kind: "concept", concept, weight: 1 };
  });
}
