// One concept beside the list, on a phone over it: its examples on both sides, and what can be done with it.
import { useFocusReturn, useWindowEvent } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import type { OwnConcept } from "../../../src/client/concepts.ts";
import { IconButton } from "../controls/icon-button.tsx";
import { isPlainKey } from "../keys/plain-key.ts";
import { concepts as text } from "../messages/concepts.ts";
import { Suggestions } from "../models/suggestions.tsx";
import { toAgeText } from "../quantities.ts";
import { ofConcept } from "../query.ts";
import { AutomaticLabels } from "./automatic-labels.tsx";
import { ConceptDot } from "./concept-dot.tsx";
import { ConceptExamples } from "./concept-examples.tsx";
import classes from "./concept-panel.module.css";
import { InputsLink, labelledWith } from "./inputs-link.tsx";
import type { ConceptTask } from "./own-concepts.tsx";

type ConceptPanelProps = {
  readonly concept: OwnConcept;
  readonly onTask: (task: ConceptTask, concept: OwnConcept) => void;
  readonly onClose: () => void;
};

export function ConceptPanel({ concept, onTask, onClose }: ConceptPanelProps) {
  const { name, isTrained, createdAt } = concept;
  const panel = useRef<HTMLElement>(null);
  const [round, setRound] = useState(0);
  const [answers, setAnswers] = useState(0);
  const giveBackFocus = useFocusReturn({ opened: true, shouldReturnFocus: false });
  useEffect(() => panel.current?.focus(), []);
  useWindowEvent("keydown", (event) => {
    if (event.key !== "Escape" || !isPlainKey(event)) return;
    close();
  });

  function close(): void {
    onClose();
    giveBackFocus();
  }

  return (
    <aside
      ref={panel}
      tabIndex={-1}
      className={classes.panel}
      aria-label={text.panel.label(name)}
      data-testid="concept-panel"
    >
      <header>
        <ConceptDot isTrained={isTrained} />
        <h2 dir="auto">{name}</h2>
        <IconButton icon="close" label={text.panel.close} onClick={close} />
      </header>
      <p>
        {text[isTrained ? "trained" : "untrained"]} ·{" "}
        {text.panel.created(toAgeText(createdAt, Date.now()))}
      </p>
      <div className={classes.actions}>
        <InputsLink query={ofConcept(name)}>{text.search}</InputsLink>
        <InputsLink query={labelledWith(name)}>{text.examples}</InputsLink>
        <button type="button" onClick={() => onTask("train", concept)}>
          {text.train}
        </button>
        <button type="button" onClick={() => onTask("rename", concept)}>
          {text.rename}
        </button>
        <button type="button" onClick={() => onTask("delete", concept)}>
          {text.delete}
        </button>
      </div>
      <Suggestions key={round} name={name} versionId={`round ${round}`} onAnswers={setAnswers} />
      {answers > 0 && (
        <button type="button" className={classes.more} onClick={() => setRound(round + 1)}>
          {text.panel.moreSuggestions}
        </button>
      )}
      <AutomaticLabels concept={concept} />
      <ConceptExamples concept={concept} side="present" />
      <ConceptExamples concept={concept} side="absent" />
    </aside>
  );
}
