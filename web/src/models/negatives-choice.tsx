// What counts as not showing a concept.
import { useId } from "react";
import { models as text } from "../messages/models.ts";
import classes from "./train-dialog.module.css";

type NegativesChoiceProps = {
  readonly isLabelledOnly: boolean;
  readonly onChange: (isLabelledOnly: boolean) => void;
};

export function NegativesChoice({ isLabelledOnly, onChange }: NegativesChoiceProps) {
  const name = useId();
  const choices = [
    { isLabelled: false, label: text.automatic, hint: text.automaticHint },
    { isLabelled: true, label: text.labelled, hint: text.labelledHint },
  ];
  return (
    <fieldset className={classes.choice}>
      <legend>{text.negatives}</legend>
      {choices.map(({ isLabelled, label, hint }) => (
        <label key={label}>
          <input
            type="radio"
            name={name}
            checked={isLabelled === isLabelledOnly}
            onChange={() => onChange(isLabelled)}
          />
          <span>
            {label}
            <small>{hint}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
