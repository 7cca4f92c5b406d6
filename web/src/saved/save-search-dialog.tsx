// A name for the search that is open, to come back to it.
import { Button, Modal, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { toSearchString } from "../address.ts";
import { saveSearch as text } from "../messages/save-search.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { type Query, subjectOf } from "../query.ts";
import classes from "./save-search-dialog.module.css";
import { SAVED_KEY } from "./use-saved-searches.ts";

const NAME_LENGTH_MAX = 256;

type SaveSearchDialogProps = {
  readonly query: Query;
  /** The input whose picture stands for the search. */
  readonly thumbnailId?: string | undefined;
  readonly onClose: () => void;
};

export function SaveSearchDialog({ query, thumbnailId, onClose }: SaveSearchDialogProps) {
  const { client } = usePortal();
  const queryClient = useQueryClient();
  const [name, setName] = useState(() => nameOf(query));
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      client.saveSearch({
        name: name.trim(),
        address: toSearchString({ query }).slice(1),
        thumbnailId,
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: SAVED_KEY });
      onClose();
    },
  });
  const canSave = name.trim() !== "" && !isPending;
  return (
    <Modal
      opened
      centered
      title={text.title}
      closeButtonProps={{ "aria-label": messages.close }}
      onClose={onClose}
    >
      <form
        className={classes.form}
        data-testid="save-search-dialog"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (canSave) mutate();
        }}
      >
        <TextInput
          label={text.name}
          description={text.hint}
          value={name}
          maxLength={NAME_LENGTH_MAX}
          error={error?.message}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          data-autofocus
        />
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {messages.cancel}
          </Button>
          <Button type="submit" disabled={!canSave} loading={isPending}>
            {text.save}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

// What people would call it: the words of the search.
function nameOf({ terms, caption }: Query): string {
  const words = terms.flatMap((term) =>
    term.kind === "concept" || term.kind === "text"
      ? `${term.weight < 0 ? "−" : ""}${subjectOf(term)}`
      : [],
  );
  return [...words, caption].filter(Boolean).join(" ").slice(0, NAME_LENGTH_MAX);
}
