// Before a dataset goes: what happens to its inputs.
import { Button, Modal } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { Dataset } from "../../../src/client/datasets.ts";
import { SEARCH_KEY } from "../grid/search-page.ts";
import { datasets as text } from "../messages/datasets.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { toSearch } from "../query.ts";
import { inDataset } from "./dataset-card.tsx";
import classes from "./datasets-page.module.css";

type DeleteDialogProps = {
  readonly dataset: Dataset;
  readonly onDelete: () => Promise<void>;
  readonly onClose: () => void;
};

export function DeleteDialog({ dataset, onDelete, onClose }: DeleteDialogProps) {
  const { client } = usePortal();
  const { data: found } = useQuery({
    queryKey: [...SEARCH_KEY, "dataset", dataset.id],
    queryFn: ({ signal }) =>
      client.search({ ...toSearch(inDataset(dataset.id)), per_page: 1 }, { signal }),
  });
  const { mutate, error, isPending } = useMutation({ mutationFn: onDelete, onSuccess: onClose });
  return (
    <Modal
      opened
      centered
      title={text.deleteTitle(dataset.name)}
      closeButtonProps={{ "aria-label": messages.close }}
      onClose={onClose}
    >
      <p className={classes.hint}>{found ? text.deleteHint(found.total) : text.deleteHintAny}</p>
      {error && (
        <p className={classes.error} role="alert">
          {error.message}
        </p>
      )}
      <div className={classes.buttons}>
        <Button variant="default" data-autofocus onClick={onClose}>
          {messages.cancel}
        </Button>
        <Button color="red" loading={isPending} onClick={() => mutate()}>
          {text.delete}
        </Button>
      </div>
    </Modal>
  );
}
