// Asks for a name: of something new, or a better one.
import { Button, Modal, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { messages } from "../messages.ts";

/** Characters. */
const LONGEST = 128;

type NameDialogProps = {
  readonly title: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly button: string;
  /** Default: none yet. */
  readonly name?: string;
  /** Characters. Default 128. */
  readonly longest?: number;
  /** Why a name will not do. */
  readonly check?: (name: string) => string | undefined;
  readonly onName: (name: string) => Promise<void>;
  readonly onClose: () => void;
};

export function NameDialog(props: NameDialogProps) {
  const { title, label, hint, button, name: before = "", check, onName, onClose } = props;
  const [typed, setTyped] = useState(before);
  const name = typed.trim();
  const reason = name === before ? undefined : check?.(name);
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => onName(name),
    onSuccess: onClose,
  });

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (name === before) onClose();
    else if (name !== "" && reason === undefined) mutate();
  }

  return (
    <Modal
      opened
      centered
      title={title}
      closeButtonProps={{ "aria-label": messages.close }}
      onClose={onClose}
    >
      <form onSubmit={submit}>
        <TextInput
          data-autofocus
          dir="auto"
          autoComplete="off"
          label={label}
          description={hint}
          maxLength={props.longest ?? LONGEST}
          value={typed}
          error={reason ?? error?.message}
          onFocus={({ currentTarget }) => currentTarget.select()}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Button
          type="submit"
          mt="md"
          fullWidth
          loading={isPending}
          disabled={name === "" || reason !== undefined}
        >
          {button}
        </Button>
      </form>
    </Modal>
  );
}
