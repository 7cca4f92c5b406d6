// What to learn: a name, the images that show it, and what counts as not showing it.
import { Button, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { useOwnConcepts } from "../concepts/use-own-concepts.ts";
import { models as modelsText } from "../messages/models.ts";
import { ExamplePicker } from "./example-picker.tsx";
import { NegativesChoice } from "./negatives-choice.tsx";
import type { TrainingOrder } from "./train.ts";
import classes from "./train-dialog.module.css";

const text = modelsText.dialog;
const NAME_MAX = 256;
const KNOWN_SHOWN = 8;
/** Positives below which nothing but the name is known. */
const FEW = 3;

type TrainFormProps = {
  readonly ids: readonly string[];
  readonly name: string;
  readonly onTrain: (order: TrainingOrder) => void;
};

export function TrainForm({ ids, name: given, onTrain }: TrainFormProps) {
  const [name, setName] = useState(given);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [isLabelledOnly, setIsLabelledOnly] = useState(false);
  const trimmed = name.trim();
  const known = useOwnConcepts({ prefix: trimmed, order: "count", perPage: KNOWN_SHOWN });
  const same = known?.find((concept) => isSameName(concept.name, trimmed));
  const chosen = ids.filter((id) => !left.has(id));
  const examples = chosen.length + (same?.positives ?? 0);

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    onTrain({ name: same?.name ?? trimmed, ids: chosen, isLabelledOnly });
  }

  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        data-autofocus
        label={ids.length > 0 ? text.name : text.nameOnly}
        placeholder={text.placeholder}
        dir="auto"
        maxLength={NAME_MAX}
        autoComplete="off"
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Known names={(known ?? []).map((one) => one.name)} chosen={same?.name} onChoose={setName} />
      {ids.length > 0 && <ExamplePicker ids={ids} left={left} onChange={setLeft} />}
      <NegativesChoice isLabelledOnly={isLabelledOnly} onChange={setIsLabelledOnly} />
      {examples < FEW && trimmed !== "" && <p className={classes.hint}>{text.few}</p>}
      <Button type="submit" fullWidth disabled={trimmed === "" || examples === 0}>
        {text.train}
      </Button>
    </form>
  );
}

type KnownProps = {
  readonly names: readonly string[];
  readonly chosen: string | undefined;
  readonly onChoose: (name: string) => void;
};

function Known({ names, chosen, onChoose }: KnownProps) {
  if (names.length === 0) return null;
  return (
    <fieldset className={classes.known}>
      <legend>{text.known}</legend>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          dir="auto"
          aria-pressed={name === chosen}
          onClick={() => onChoose(name)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}

// As the server sees it: upper and lower case are the same.
function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
