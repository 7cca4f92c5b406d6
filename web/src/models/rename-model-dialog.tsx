// Another name for a model; its id stays.
import { Button, Modal, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import type { Model } from "../../../src/client/models.ts";
import { models as text } from "../messages/models.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { MODELS_KEY } from "./use-models.ts";

const NAME_MAX = 256;

type RenameModelDialogProps = { readonly model: Model; readonly onClose: () => void };

export function RenameModelDialog({ model, onClose }: RenameModelDialogProps) {
  const { client, queryClient } = usePortal();
  const [name, setName] = useState(model.name);
  const trimmed = name.trim();
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => client.renameModel(model.id, trimmed),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: MODELS_KEY });
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
      title={text.rename}
      closeButtonProps={{ "aria-label": messages.close }}
      onClose={onClose}
    >
      <form onSubmit={submit}>
        <TextInput
          data-autofocus
          label={text.name}
          dir="auto"
          autoComplete="off"
          maxLength={NAME_MAX}
          value={name}
          error={error?.message}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button type="submit" mt="md" fullWidth loading={isPending} disabled={trimmed === ""}>
          {text.save}
        </Button>
      </form>
    </Modal>
  );
}
