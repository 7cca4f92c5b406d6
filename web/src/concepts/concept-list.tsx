// The rows of the concepts that are in sight; ten thousand of them scroll like ten.
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { OwnConcept } from "../../../src/client/concepts.ts";
import { concepts as conceptsText } from "../messages/concepts.ts";
import classes from "./concept-list.module.css";
import { ConceptRow } from "./concept-row.tsx";
import type { ConceptTask } from "./own-concepts.tsx";

const ROW_PX = 72;
/** Below the last row, so that the bar of the selection covers none. */
const END_PX = 80;

type ConceptListProps = {
  readonly total: number;
  /** Undefined until it is loaded. */
  readonly at: (index: number) => OwnConcept | undefined;
  readonly chosen: ReadonlyMap<string, OwnConcept>;
  readonly openId: string | undefined;
  /** Told which places are in sight. */
  readonly onRange: (from: number, to: number) => void;
  readonly onToggle: (concept: OwnConcept) => void;
  readonly onOpen: (concept: OwnConcept) => void;
  readonly onTask: (task: ConceptTask, concept: OwnConcept) => void;
};

export function ConceptList(props: ConceptListProps) {
  const { total, at, chosen, openId, onRange, onToggle, onOpen, onTask } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 6,
    paddingEnd: END_PX,
  });
  const rows = virtualizer.getVirtualItems();
  const [from, to] = [rows[0]?.index ?? 0, rows.at(-1)?.index ?? 0];
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is in sight matters.
  useEffect(() => onRange(from, to), [from, to]);
  return (
    <div ref={scroller} className={classes.scroller}>
      <ul
        className={classes.list}
        aria-label={conceptsText.list}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {rows.map(({ index, start }) => {
          const concept = at(index);
          return (
            <li
              key={concept?.id ?? index}
              className={classes.row}
              data-open={(concept && concept.id === openId) || undefined}
              data-testid={concept && "concept"}
              style={{ top: start, height: ROW_PX }}
            >
              {concept && (
                <ConceptRow
                  concept={concept}
                  isChosen={chosen.has(concept.id)}
                  isOpen={concept.id === openId}
                  onToggle={() => onToggle(concept)}
                  onOpen={() => onOpen(concept)}
                  onTask={(task) => onTask(task, concept)}
                />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
