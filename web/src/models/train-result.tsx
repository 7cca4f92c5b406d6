// How good a concept has become, in words and figures; images to say yes or no to; and what can be done next.
import { Button, Loader } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { VersionConcept } from "../../../src/client/models.ts";
import { Icon } from "../icon.tsx";
import { models as modelsText } from "../messages/models.ts";
import { usePortal } from "../portal.ts";
import { EVERYTHING, ofConcept } from "../query.ts";
import { Figures } from "./figures.tsx";
import { Suggestions } from "./suggestions.tsx";
import type { Trained, TrainingStep } from "./train.ts";
import classes from "./train-dialog.module.css";
import { type Advice, toVerdict } from "./verdict.ts";

const text = modelsText.dialog;

type TrainResultProps = {
  readonly name: string;
  readonly trained: Trained;
  /** As the version before knew it. */
  readonly before: VersionConcept | undefined;
  /** Set while it is trained again. */
  readonly step: TrainingStep | undefined;
  readonly onRetrain: () => void;
  readonly onClose: () => void;
};

export function TrainResult(props: TrainResultProps) {
  const { name, trained, before, step, onRetrain, onClose } = props;
  const { appId } = usePortal();
  const { version, modelId } = trained;
  const [answers, setAnswers] = useState(0);
  const concept = version.concepts[0];
  if (!concept) return null;
  const verdict = toVerdict(concept);

  return (
    <div className={classes.result} data-testid="train-result" data-version={version.id}>
      <div role="status">
        <h2 dir="auto">{text.done(name)}</h2>
        <p>
          {text.qualities[verdict.quality]} {text.learned(concept.positives, concept.negatives)}
        </p>
      </div>
      {concept.metrics && <Figures metrics={concept.metrics} before={before?.metrics} />}
      {verdict.isRough && <p className={classes.hint}>{text.rough}</p>}
      <ul className={classes.advice}>
        {verdict.advice.map((advice) => (
          <li key={advice.kind}>
            <Icon name={advice.kind === "done" ? "check" : "info"} sizePx={18} />
            {toAdviceText(advice)}
          </li>
        ))}
      </ul>
      <Suggestions key={version.id} name={name} versionId={version.id} onAnswers={setAnswers} />
      <div className={classes.actions}>
        {step && (
          <span role="status">
            <Loader size="xs" /> {text[step]}
          </span>
        )}
        {answers > 0 && !step && <Button onClick={onRetrain}>{text.retrain(answers)}</Button>}
        <Link
          to="/apps/$appId/inputs"
          params={{ appId }}
          search={{ query: ofConcept(name) }}
          data-primary={answers === 0 || undefined}
          onClick={onClose}
        >
          {text.search}
        </Link>
        <Link
          to="/apps/$appId/models/$modelId"
          params={{ appId, modelId }}
          search={{ query: EVERYTHING }}
          onClick={onClose}
        >
          {text.details}
        </Link>
      </div>
    </div>
  );
}

function toAdviceText(advice: Advice): string {
  switch (advice.kind) {
    case "more":
      return text.advice.more(advice.count);
    case "check":
      return text.advice.check(advice.count);
    default:
      return text.advice[advice.kind];
  }
}
