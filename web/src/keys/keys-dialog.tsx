// "?": all keyboard shortcuts.
import { Modal } from "@mantine/core";
import { messages } from "../messages.ts";
import classes from "./keys-dialog.module.css";

export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={messages.keys.title}
      centered
      closeButtonProps={{ "aria-label": messages.close }}
    >
      <dl className={classes.list}>
        {messages.keys.list.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
