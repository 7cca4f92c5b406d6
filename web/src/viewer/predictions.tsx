// Predicted concepts with their values as bars; each one is a search.
import type { Prediction } from "../../../src/client/input.ts";
import { messages } from "../messages.ts";
import { toScoreText } from "../quantities.ts";
import classes from "./predictions.module.css";

type PredictionsProps = {
  readonly concepts: readonly Prediction[];
  readonly onChoose: (name: string) => void;
};

export function Predictions({ concepts, onChoose }: PredictionsProps) {
  const text = messages.input;
  return (
    <section>
      <h2 className={classes.title}>{text.concepts}</h2>
      {concepts.length === 0 && <p className={classes.none}>{text.noConcepts}</p>}
      <ul className={classes.list}>
        {concepts.map(({ id, name, value }) => (
          <li key={id}>
            <button
              type="button"
              className={classes.concept}
              title={messages.viewer.searchConcept(name)}
              data-testid="prediction"
              onClick={() => onChoose(name)}
            >
              <span className={classes.name}>{name}</span>
              <span>{toScoreText(value)}</span>
              <meter className={classes.bar} value={value} aria-label={name} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
