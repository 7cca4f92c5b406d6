// Predicted concepts with their values as bars; each one is a search.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { viewer as viewerText } from "../messages/viewer.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { toScoreText } from "../quantities.ts";
import classes from "./predictions.module.css";
import { Section, SectionLink } from "./section.tsx";

const text = messages.input;
/** More are of interest to few. */
const FIRST = 8;

type PredictionsProps = {
  /** Of the input. */
  readonly id: string;
  readonly onChoose: (name: string) => void;
};

export function Predictions({ id, onChoose }: PredictionsProps) {
  const { client } = usePortal();
  const [isAll, setIsAll] = useState(false);
  const { data: concepts = [], isSuccess } = useQuery({
    queryKey: ["predictions", id],
    queryFn: ({ signal }) => client.predictions(id, { signal }),
    placeholderData: keepPreviousData, // the list must not jump while one moves through images
  });
  const shown = isAll ? concepts : concepts.slice(0, FIRST);
  return (
    <Section title={text.concepts}>
      {isSuccess && concepts.length === 0 && <p className={classes.none}>{text.noConcepts}</p>}
      <ul className={classes.list}>
        {shown.map(({ id: conceptId, name, value }) => (
          <li key={conceptId}>
            <button
              type="button"
              className={classes.concept}
              title={viewerText.searchConcept(name)}
              data-testid="prediction"
              onClick={() => onChoose(name)}
            >
              <span className={classes.name} dir="auto">
                {name}
              </span>
              <span>{toScoreText(value)}</span>
              <meter className={classes.bar} value={value} aria-label={name} />
            </button>
          </li>
        ))}
      </ul>
      {concepts.length > FIRST && (
        <SectionLink onPress={() => setIsAll(!isAll)}>
          {isAll ? text.fewerConcepts : text.allConcepts(concepts.length)}
        </SectionLink>
      )}
    </Section>
  );
}
