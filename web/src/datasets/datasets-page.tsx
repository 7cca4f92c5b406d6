// Datasets as cards: what is in them, how much; make, rename, delete them.
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Dataset } from "../../../src/client/datasets.ts";
import { toDatasetId } from "../bulk/dataset-id.ts";
import { NameDialog } from "../controls/name-dialog.tsx";
import { FACETS_KEY } from "../filters/use-facets.ts";
import { DATASETS_KEY, useDatasets } from "../filters/use-names.ts";
import { Notice } from "../frame/notice.tsx";
import { Page } from "../frame/page.tsx";
import { SEARCH_KEY } from "../grid/search-page.ts";
import { Icon } from "../icon.tsx";
import { datasets as text } from "../messages/datasets.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { DatasetCard } from "./dataset-card.tsx";
import classes from "./datasets-page.module.css";
import { DeleteDialog } from "./delete-dialog.tsx";

const NONE: readonly Dataset[] = [];

type Open =
  | { readonly kind: "create" }
  | { readonly kind: "rename" | "delete"; readonly dataset: Dataset };

export function DatasetsPage() {
  const { data: datasets = NONE, error, isSuccess, refetch } = useDatasets();
  const [open, setOpen] = useState<Open>();
  const create = (
    <Button
      leftSection={<Icon name="add" sizePx={18} />}
      onClick={() => setOpen({ kind: "create" })}
    >
      {text.create}
    </Button>
  );
  return (
    <Page
      title={text.title}
      hint={datasets.length > 0 && text.hint(datasets.length)}
      actions={datasets.length > 0 && create}
    >
      {error && datasets.length === 0 && (
        <Notice icon="alert" title={text.errorTitle} hint={error.message}>
          <Button onClick={() => void refetch()}>{messages.retry}</Button>
        </Notice>
      )}
      {isSuccess && datasets.length === 0 && (
        <Notice icon="dataset" title={text.none} hint={text.noneHint}>
          {create}
        </Notice>
      )}
      <ul className={classes.cards} aria-label={text.list}>
        {datasets.map((dataset) => (
          <DatasetCard
            key={dataset.id}
            dataset={dataset}
            onRename={() => setOpen({ kind: "rename", dataset })}
            onDelete={() => setOpen({ kind: "delete", dataset })}
          />
        ))}
      </ul>
      {open && <Dialogs open={open} datasets={datasets} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}

type DialogsProps = {
  readonly open: Open;
  readonly datasets: readonly Dataset[];
  readonly onClose: () => void;
};

function Dialogs({ open, datasets, onClose }: DialogsProps) {
  const { client } = usePortal();
  const refresh = useRefresh();
  const check = (name: string) =>
    datasets.some((one) => isSameName(one.name, name)) ? text.taken(name) : undefined;
  if (open.kind === "create") {
    return (
      <NameDialog
        title={text.create}
        label={text.name}
        hint={text.createHint}
        button={text.createButton}
        check={check}
        onName={(name) => client.createDataset(toDatasetId(name, datasets), name).then(refresh)}
        onClose={onClose}
      />
    );
  }
  const { kind, dataset } = open;
  if (kind === "delete") {
    return (
      <DeleteDialog
        dataset={dataset}
        onDelete={() => client.deleteDataset(dataset.id).then(refresh)}
        onClose={onClose}
      />
    );
  }
  return (
    <NameDialog
      title={text.renameTitle(dataset.name)}
      label={text.name}
      button={text.save}
      name={dataset.name}
      check={(name) => (isSameName(name, dataset.name) ? undefined : check(name))}
      onName={(name) => client.renameDataset(dataset.id, name).then(refresh)}
      onClose={onClose}
    />
  );
}

/** Names that only differ in case would be confused. */
function isSameName(a: string, b: string): boolean {
  return a.toLocaleLowerCase() === b.toLocaleLowerCase();
}

function useRefresh() {
  const queryClient = useQueryClient();
  return async () => {
    void queryClient.invalidateQueries({ queryKey: SEARCH_KEY });
    void queryClient.invalidateQueries({ queryKey: FACETS_KEY });
    await queryClient.invalidateQueries({ queryKey: DATASETS_KEY });
  };
}
