// The drop-down under the search bar: concepts that match what stands after "#".
import { useEffect, useRef } from "react";
import type { Concept } from "../../../src/client/concepts.ts";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import classes from "./concept-list.module.css";

const text = messages.search;

type ConceptListProps = {
  readonly id: string;
  readonly concepts: readonly Concept[];
  readonly prefix: string;
  readonly activeIndex: number | undefined;
  readonly hasFailed: boolean;
  readonly onChoose: (concept: Concept) => void;
};

export function ConceptList(props: ConceptListProps) {
  const { id, concepts, prefix, activeIndex, hasFailed, onChoose } = props;
  return (
    // A press on the list must not take the focus from the search bar.
    <div className={classes.panel} onMouseDown={(event) => event.preventDefault()} role="none">
      <div id={id} role="listbox" aria-label={text.concepts} className={classes.list}>
        {concepts.map((concept, index) => (
          <ConceptOption
            key={concept.id}
            id={`${id}-${index}`}
            concept={concept}
            prefix={prefix}
            isActive={index === activeIndex}
            onChoose={onChoose}
          />
        ))}
      </div>
      {concepts.length === 0 && (
        <div className={classes.none} role="status">
          {hasFailed ? text.conceptsFailed : text.noConcept(prefix)} {text.asCaption}
        </div>
      )}
    </div>
  );
}

function ConceptOption({
  id,
  concept,
  prefix,
  isActive,
  onChoose,
}: {
  readonly id: string;
  readonly concept: Concept;
  readonly prefix: string;
  readonly isActive: boolean;
  readonly onChoose: (concept: Concept) => void;
}) {
  const option = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) option.current?.scrollIntoView({ block: "nearest" });
  }, [isActive]);
  const typed = concept.name.slice(0, prefix.length);
  const isTyped = typed.toLowerCase() === prefix.toLowerCase();
  return (
    // Options are never focused: the search bar keeps the focus and its keys (ARIA combobox).
    <div
      ref={option}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className={classes.option}
      data-testid="concept-option"
      onClick={() => onChoose(concept)}
      onKeyDown={undefined}
    >
      <Icon name="hash" sizePx={16} />
      <span>
        {isTyped ? <b>{typed}</b> : typed}
        {concept.name.slice(prefix.length)}
      </span>
    </div>
  );
}
