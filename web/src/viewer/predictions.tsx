// Predicted concepts with their values as bars; each one is a search.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { toScoreText } from "../quantities.ts";
import classes from "./predictions.module.css";

type PredictionsProps = {
  /** Of the input. */
  readonly id: string;
  readonly onChoose: (name: string) => void;
};

export function Predictions({ id, onChoose }: PredictionsProps) {
  const { client } = usePortal();
  const text = messages.input;
  const { data: concepts = [], isSuccess } = useQuery({
    queryKey: ["predictions", id],
    queryFn: ({ signal }) => client.predictions(id, { signal }),
    placeholderData: keepPreviousData, // the list must not jump while one moves through images
  });
  return (
    <section>
      <h2 className={classes.title}>{text.concepts}</h2>
      {isSuccess && concepts.length === 0 && <p className={classes.none}>{text.noConcepts}</p>}
      <ul className={classes.list}>
        {concepts.map(({ id: conceptId, name, value }) => (
          <li key={conceptId}>
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
