// Several of the app's concepts, chosen from a list that can be searched.
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { ConceptCounts } from "../concepts/concept-counts.tsx";
import { useOwnConcepts } from "../concepts/use-own-concepts.ts";
import { models as text } from "../messages/models.ts";
import classes from "./concept-picker.module.css";

const SHOWN_MAX = 200;

type ConceptPickerProps = {
  /** Ids. */
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
};

export function ConceptPicker({ chosen, onChange }: ConceptPickerProps) {
  const [typed, setTyped] = useState("");
  const prefix = typed.trim();
  const concepts = useOwnConcepts({ prefix, order: "count", perPage: SHOWN_MAX });

  function toggle(id: string): void {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChange(next);
  }

  return (
    <fieldset className={classes.picker}>
      <legend>
        {text.conceptsLabel} {chosen.size > 0 && <span>{text.concepts(chosen.size)}</span>}
      </legend>
      <TextInput
        type="search"
        aria-label={text.findConcept}
        placeholder={text.findConcept}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      {concepts?.length === 0 && prefix === "" && <p>{text.noConcepts}</p>}
      <ul>
        {concepts?.map(({ id, name, positives, negatives }) => (
          <li key={id}>
            <label>
              <input type="checkbox" checked={chosen.has(id)} onChange={() => toggle(id)} />
              <span dir="auto">{name}</span>
              <ConceptCounts positives={positives} negatives={negatives} />
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
