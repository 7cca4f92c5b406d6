// A name for a new concept, or another one for a concept that is there.
import { Button, Modal, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import type { Concept } from "../../../src/client/concepts.ts";
import { concepts as text } from "../messages/concepts.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";

const NAME_MAX = 256;

type ConceptNameDialogProps = {
  /** Absent: a new one. */
  readonly concept?: Concept;
  readonly onClose: () => void;
};

export function ConceptNameDialog({ concept, onClose }: ConceptNameDialogProps) {
  const { client, queryClient } = usePortal();
  const [name, setName] = useState(concept?.name ?? "");
  const trimmed = name.trim();
  const { mutate, error, isPending } = useMutation({
    mutationFn: async () => {
      if (concept) await client.renameConcept(concept.id, trimmed);
      else await client.createConcept(trimmed);
    },
    onSuccess: () => {
      // Labels, filters, models and searches show names, too.
      void queryClient.invalidateQueries();
      onClose();
    },
  });

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    mutate();
  }

  return (
    <Modal
      opened
      centered
      title={concept ? text.rename : text.create}
      closeButtonProps={{ "aria-label": messages.close }}
      onClose={onClose}
    >
      <form onSubmit={submit}>
        <TextInput
          data-autofocus
          label={text.name}
          description={concept ? undefined : text.nameHint}
          dir="auto"
          autoComplete="off"
          maxLength={NAME_MAX}
          value={name}
          error={error?.message}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button
          type="submit"
          mt="md"
          fullWidth
          loading={isPending}
          disabled={trimmed === "" || trimmed === concept?.name}
        >
          {concept ? text.save : text.create}
        </Button>
      </form>
    </Modal>
  );
}
