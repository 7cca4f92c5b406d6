// How far long work is, with a way to stop it.
import { Button } from "@mantine/core";
import { messages } from "../messages.ts";
import classes from "./progress.module.css";

type ProgressProps = {
  readonly text: string;
  /** 0..1; undefined until it is known. */
  readonly share: number | undefined;
  readonly onCancel: () => void;
};

export function Progress({ text, share, onCancel }: ProgressProps) {
  return (
    <div className={classes.progress} data-testid="exploring">
      <span role="status">{text}</span>
      <progress aria-label={text} max={1} {...(share !== undefined && { value: share })} />
      <Button variant="default" size="xs" onClick={onCancel}>
        {messages.cancel}
      </Button>
    </div>
  );
}
