// How far long work is, with a way to stop it.
import { Button } from "@mantine/core";
import { ProgressBar } from "../controls/progress-bar.tsx";
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
      <ProgressBar
        className={classes.bar}
        label={text}
        done={share ?? 0}
        total={share === undefined ? 0 : 1}
      />
      <Button variant="default" size="xs" onClick={onCancel}>
        {messages.cancel}
      </Button>
    </div>
  );
}
