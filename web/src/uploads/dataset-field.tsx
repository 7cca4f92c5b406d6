// The dataset that uploads go into: one of those that exist, or a new one, made at once.
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { toDatasetId } from "../bulk/dataset-id.ts";
import { DATASETS_KEY, useDatasets } from "../filters/use-names.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import classes from "./upload-dialog.module.css";

const text = messages.uploads;
/** No id: they have no spaces. */
const NEW = "new dataset";

type DatasetFieldProps = {
  /** Its id; "" for none. */
  readonly dataset: string;
  readonly onChange: (dataset: string) => void;
};

export function DatasetField({ dataset, onChange }: DatasetFieldProps) {
  const { data: datasets } = useDatasets();
  const [isNew, setIsNew] = useState(false);
  const isGone = datasets !== undefined && !datasets.some(({ id }) => id === dataset);
  // One that was deleted since it was remembered would refuse every upload.
  useEffect(() => {
    if (isGone && dataset !== "") onChange("");
  }, [isGone, dataset, onChange]);
  const names = (datasets ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <NativeSelect
        label={text.dataset}
        value={isNew ? NEW : dataset}
        data={[
          { value: "", label: text.noDataset },
          ...names,
          { value: NEW, label: text.newDataset },
        ]}
        data-testid="upload-dataset"
        onChange={({ currentTarget: { value } }) => {
          setIsNew(value === NEW);
          if (value !== NEW) onChange(value);
        }}
      />
      {isNew && (
        <NewDataset
          onCreated={(id) => {
            setIsNew(false);
            onChange(id);
          }}
        />
      )}
    </>
  );
}

function NewDataset({ onCreated }: { readonly onCreated: (id: string) => void }) {
  const { client } = usePortal();
  const queryClient = useQueryClient();
  const { data: datasets = [] } = useDatasets();
  const [name, setName] = useState("");
  const { mutate, error, isPending } = useMutation({
    mutationFn: async () => {
      const known = datasets.find((one) => one.name === name.trim());
      if (known) return known.id;
      const id = toDatasetId(name, datasets);
      await client.createDataset(id, name.trim());
      await queryClient.invalidateQueries({ queryKey: DATASETS_KEY });
      return id;
    },
    onSuccess: onCreated,
  });
  return (
    <div className={classes.newDataset}>
      <TextInput
        aria-label={text.datasetName}
        placeholder={text.datasetName}
        maxLength={128}
        value={name}
        error={error?.message}
        autoFocus
        data-testid="new-upload-dataset"
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && name.trim() !== "" && mutate()}
      />
      <Button
        variant="default"
        loading={isPending}
        disabled={name.trim() === ""}
        onClick={() => mutate()}
      >
        {text.createDataset}
      </Button>
    </div>
  );
}
