// How far a download or a change of the model is, and the way to stop it.
import { Button } from "@mantine/core";
import { toProgressText } from "../activities/activity-text.ts";
import type { PacedActivity } from "../activities/pace.ts";
import { encoders as text } from "../messages/encoders.ts";
import classes from "./encoder-progress.module.css";
import { useEncoderActions } from "./use-encoders.ts";

type EncoderProgressProps = {
  readonly work: PacedActivity;
  readonly title: string;
  /** Title of the one that answers searches. */
  readonly inUse: string | undefined;
};

export function EncoderProgress({ work, title, inUse }: EncoderProgressProps) {
  const { cancel } = useEncoderActions();
  const { kind, done, total } = work;
  const isOther = inUse !== undefined && inUse !== title;
  const step = kind === "encoder-download" ? text.downloading : text.preparing;
  // Without a total the bar moves to and fro.
  const known = total > 0 ? { value: done, max: total } : {};
  return (
    <div className={classes.progress} data-testid="encoder-progress">
      <div className={classes.line}>
        <strong>{isOther ? step : text.keepingUp}</strong>
        <span>{toProgressText(work)}</span>
      </div>
      <progress aria-label={text.progress(title)} {...known} />
      <div className={classes.line}>
        <span>{isOther && text.meanwhile(inUse)}</span>
        <Button
          size="xs"
          variant="default"
          loading={cancel.isPending}
          onClick={() => cancel.mutate(work.id)}
        >
          {text.cancel}
        </Button>
      </div>
      {cancel.error && <p role="alert">{cancel.error.message}</p>}
    </div>
  );
}
