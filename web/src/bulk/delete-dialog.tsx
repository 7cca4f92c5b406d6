// Deleting all that a search finds is asked twice: most of it is not on the screen.
import { Button, Modal } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { toSearchName } from "../grid/search-page.ts";
import { bulk as text } from "../messages/bulk.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import classes from "./bulk-dialog.module.css";
import { countOf } from "./target.ts";
import type { BulkDialogProps } from "./use-bulk-dialog.tsx";
import { showOutcome, startChange } from "./use-change.ts";

export function DeleteDialog({ target, onClose }: BulkDialogProps) {
  const { client, deletions, selection } = usePortal();
  const queryClient = useQueryClient();
  const count = countOf(target);

  function deleteAll(): void {
    if ("ids" in target) deletions.request(target.ids);
    else {
      const { query, excluded } = target.all;
      deletions.requestSweep({ search: toSearchName(query), excluded, count }, async () => {
        const started = await startChange(client, queryClient, target, { kind: "delete" });
        await showOutcome(client, queryClient, started);
      });
    }
    selection.clear();
    onClose();
  }

  return (
    <Modal
      opened
      centered
      title={text.deleteTitle(count)}
      closeButtonProps={{ "aria-label": messages.close }}
      onClose={onClose}
    >
      <div className={classes.form} data-testid="delete-dialog">
        <p className={classes.target}>{text.deleteHint}</p>
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose} data-autofocus>
            {messages.cancel}
          </Button>
          <Button color="red" onClick={deleteAll}>
            {text.delete(count)}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
