// The frame of a dialog about many inputs: for how many, its fields, why it did not work, the button that does it.
import { Button, Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { FormEvent, ReactNode } from "react";
import type { BulkChange } from "../../../src/client/bulk.ts";
import { bulk as text } from "../messages/bulk.ts";
import { messages } from "../messages.ts";
import classes from "./bulk-dialog.module.css";
import { countOf, type Target } from "./target.ts";
import { useChange } from "./use-change.ts";

type BulkDialogFrameProps = {
  readonly title: string;
  readonly target: Target;
  /** Undefined while there is nothing to change. */
  readonly change: BulkChange | undefined;
  /** Done before the change itself: making what it names. */
  readonly prepare?: () => Promise<void>;
  /** What is wrong with what was typed; "" if nothing is. */
  readonly problem?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

export function BulkDialog(props: BulkDialogFrameProps) {
  const { title, target, change, prepare, problem = "", onClose, children } = props;
  const isPhone = useMediaQuery("(max-width: 640px)", false, { getInitialValueInEffect: false });
  const { mutate, isPending, error } = useChange(prepare);
  const canApply = change !== undefined && problem === "" && !isPending;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (canApply) mutate({ target, change }, { onSuccess: onClose });
  };
  const failure = problem || error?.message;
  return (
    <Modal
      opened
      centered
      fullScreen={isPhone}
      size="md"
      title={title}
      closeButtonProps={{ "aria-label": messages.close }}
      onClose={onClose}
    >
      <form className={classes.form} onSubmit={onSubmit} data-testid="bulk-dialog">
        <p className={classes.target}>{toTargetText(target)}</p>
        {children}
        <p className={classes.failure} role="alert">
          {failure}
        </p>
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {messages.cancel}
          </Button>
          <Button type="submit" disabled={!canApply} loading={isPending}>
            {text.apply(countOf(target))}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function toTargetText(target: Target): string {
  const count = countOf(target);
  return "all" in target ? text.allResults(count) : text.selected(count);
}
