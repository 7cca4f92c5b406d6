// "Dataset...": into which datasets the inputs go, and out of which.
import { TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { BulkChange } from "../../../src/client/bulk.ts";
import { DATASETS_KEY, useDatasets } from "../filters/use-names.ts";
import { bulk as text } from "../messages/bulk.ts";
import { usePortal } from "../portal.ts";
import classes from "./bulk-dialog.module.css";
import { BulkDialog } from "./bulk-dialog.tsx";
import { toDatasetId } from "./dataset-id.ts";
import type { BulkDialogProps } from "./use-bulk-dialog.tsx";

type Choice = "add" | "remove";

export function DatasetDialog({ target, onClose }: BulkDialogProps) {
  const { client } = usePortal();
  const queryClient = useQueryClient();
  const { data: datasets = [], isSuccess } = useDatasets();
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(new Map());
  const [name, setName] = useState("");
  const known = datasets.find((one) => one.name === name.trim());
  const newId = name.trim() === "" ? undefined : (known?.id ?? toDatasetId(name, datasets));

  function choose(id: string, choice: Choice): void {
    const next = new Map(choices);
    if (next.get(id) === choice) next.delete(id);
    else next.set(id, choice);
    setChoices(next);
  }

  async function createNew(): Promise<void> {
    if (newId === undefined || known) return;
    await client.createDataset(newId, name.trim());
    await queryClient.invalidateQueries({ queryKey: DATASETS_KEY });
  }

  return (
    <BulkDialog
      title={text.datasets}
      target={target}
      change={toChange(choices, newId)}
      prepare={createNew}
      onClose={onClose}
    >
      {isSuccess && datasets.length === 0 && <p className={classes.target}>{text.noDatasets}</p>}
      <ul className={classes.datasets}>
        {datasets.map(({ id, name: shown }) => (
          <li key={id} data-testid="dataset-row">
            <span dir="auto" title={shown}>
              {shown}
            </span>
            {(["add", "remove"] as const).map((choice) => (
              <button
                key={choice}
                type="button"
                className={classes.choice}
                aria-label={text[choice === "add" ? "addTo" : "removeFrom"](shown)}
                aria-pressed={choices.get(id) === choice}
                onClick={() => choose(id, choice)}
              >
                {choice === "add" ? text.addShort : text.removeShort}
              </button>
            ))}
          </li>
        ))}
      </ul>
      <TextInput
        label={text.newDataset}
        placeholder={text.newDatasetHint}
        value={name}
        maxLength={128}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        data-autofocus
        data-testid="new-dataset"
      />
    </BulkDialog>
  );
}

function toChange(
  choices: ReadonlyMap<string, Choice>,
  newId: string | undefined,
): BulkChange | undefined {
  const idsOf = (wanted: Choice) =>
    [...choices].filter(([, choice]) => choice === wanted).map(([id]) => id);
  const add = [...idsOf("add"), ...(newId === undefined ? [] : [newId])];
  const remove = idsOf("remove");
  return add.length + remove.length === 0 ? undefined : { kind: "datasets", add, remove };
}
