// A link to copy by hand, where the browser lets the page not do it.
import { Modal, TextInput } from "@mantine/core";
import { saved as text } from "../messages/saved.ts";
import { messages } from "../messages.ts";

type LinkDialogProps = { readonly link: string; readonly onClose: () => void };

export function LinkDialog({ link, onClose }: LinkDialogProps) {
  return (
    <Modal
      opened
      centered
      title={text.copyTitle}
      closeButtonProps={{ "aria-label": messages.close }}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        readOnly
        label={text.link}
        description={text.copyHint}
        value={link}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
    </Modal>
  );
}
