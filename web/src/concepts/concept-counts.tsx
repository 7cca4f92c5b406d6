// "✓ 200 ✗ 12": inputs that are labelled with a concept, and as without it.

import { toCountText } from "../messages/count-text.ts";
import { messages } from "../messages.ts";
import classes from "./concept-list.module.css";

const text = messages.concepts;

type ConceptCountsProps = { readonly positives: number; readonly negatives: number };

export function ConceptCounts({ positives, negatives }: ConceptCountsProps) {
  return (
    <span className={classes.counts}>
      <span title={text.positives(positives)}>✓ {toCountText(positives)}</span>
      {negatives > 0 && <span title={text.negatives(negatives)}>✗ {toCountText(negatives)}</span>}
    </span>
  );
}
