// Asks before something happens that cannot be taken back.
import { Button, Modal } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { messages } from "../messages.ts";
import classes from "./confirm-dialog.module.css";

type ConfirmDialogProps = {
  readonly title: string;
  /** What will happen. */
  readonly children: ReactNode;
  /** What the button says. */
  readonly action: string;
  /** Nothing is lost. */
  readonly isSafe?: boolean;
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
};

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, action, isSafe = false, onConfirm, onClose } = props;
  const { mutate, error, isPending } = useMutation({ mutationFn: onConfirm, onSuccess: onClose });
  return (
    <Modal
      opened
      centered
      title={title}
      classNames={{ title: classes.title }}
      closeButtonProps={{ "aria-label": messages.close }}
      onClose={onClose}
    >
      <div className={classes.words}>{children}</div>
      {error && (
        <p className={classes.failure} role="alert">
          {error.message}
        </p>
      )}
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          {messages.cancel}
        </Button>
        <Button
          data-autofocus
          {...(!isSafe && { color: "red" })}
          loading={isPending}
          onClick={() => mutate()}
        >
          {action}
        </Button>
      </div>
    </Modal>
  );
}
