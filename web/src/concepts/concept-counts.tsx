// "✓ 200 ✗ 12": inputs that are labelled with a concept, and as without it.

import { concepts as text } from "../messages/concepts.ts";
import { toCountText } from "../messages/count-text.ts";
import classes from "./concept-list.module.css";

type ConceptCountsProps = { readonly positives: number; readonly negatives: number };

export function ConceptCounts({ positives, negatives }: ConceptCountsProps) {
  return (
    <span className={classes.counts}>
      <span title={text.positives(positives)}>✓ {toCountText(positives)}</span>
      {negatives > 0 && <span title={text.negatives(negatives)}>✗ {toCountText(negatives)}</span>}
    </span>
  );
}
