// How far a download or a change of the model is, and the way to stop it.
import { Button } from "@mantine/core";
import { BUILT_IN_ENCODER } from "../../../src/client/encoders.ts";
import { toProgressText } from "../activities/activity-text.ts";
import type { PacedActivity } from "../activities/pace.ts";
import { ProgressBar } from "../controls/progress-bar.tsx";
import { encoders as text } from "../messages/encoders.ts";
import type { EncoderChoice } from "./encoder-choice.ts";
import classes from "./encoder-progress.module.css";
import { useEncoderActions } from "./use-encoders.ts";

type EncoderProgressProps = {
  readonly work: PacedActivity;
  readonly title: string;
  /** The one that answers searches. */
  readonly inUse: EncoderChoice | undefined;
};

export function EncoderProgress({ work, title, inUse }: EncoderProgressProps) {
  const { cancel } = useEncoderActions();
  return (
    <div className={classes.progress} data-testid="encoder-progress">
      <div className={classes.line}>
        <strong>{toStepText(work, inUse)}</strong>
        <span>{toProgressText(work)}</span>
      </div>
      <ProgressBar label={text.progress(title)} done={work.done} total={work.total} />
      <div className={classes.line}>
        <span>{inUse && toMeanwhileText(work, inUse)}</span>
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

function toStepText({ kind, about }: PacedActivity, inUse: EncoderChoice | undefined): string {
  if (kind === "encoder-download") return text.downloading;
  return about === inUse?.encoder.id ? text.keepingUp : text.preparing;
}

function toMeanwhileText({ about }: PacedActivity, { encoder }: EncoderChoice): string {
  if (about === encoder.id) return "";
  return text.meanwhile(encoder.id === BUILT_IN_ENCODER ? text.theBuiltIn : encoder.title);
}
