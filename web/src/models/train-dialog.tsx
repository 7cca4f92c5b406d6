// Selected images and a name -> a trained concept: what to learn, how it goes, how good it has become.
import { Loader, Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { models as modelsText } from "../messages/models.ts";
import { messages } from "../messages.ts";
import type { TrainingStep } from "./train.ts";
import classes from "./train-dialog.module.css";
import { TrainForm } from "./train-form.tsx";
import { TrainResult } from "./train-result.tsx";
import { useTraining } from "./use-training.ts";

const text = modelsText.dialog;

export type TrainDialogProps = {
  readonly onClose: () => void;
  /** Inputs that show the concept. Without them it is trained on the labels that it has. */
  readonly ids?: readonly string[];
  /** The concept, where it is known. */
  readonly name?: string;
};

export function TrainDialog({ onClose, ids = [], name = "" }: TrainDialogProps) {
  const isPhone = useMediaQuery("(max-width: 640px)", false, { getInitialValueInEffect: false });
  const { start, step, results, error, isPending, order } = useTraining();
  return (
    <Modal
      opened
      centered
      size="lg"
      fullScreen={isPhone}
      title={text.title}
      closeButtonProps={{ "aria-label": messages.close }}
      onClose={onClose}
    >
      <div className={classes.body} data-testid="train-dialog">
        {error && <Failure message={error.message} />}
        {isPending && !results && <Progress step={step} />}
        {results && order ? (
          <TrainResult
            name={order.name}
            trained={results.trained}
            before={results.before?.version.concepts[0]}
            step={isPending ? step : undefined}
            onRetrain={() => start({ name: order.name, ids: [] })}
            onClose={onClose}
          />
        ) : (
          !isPending && <TrainForm ids={ids} name={order?.name ?? name} onTrain={start} />
        )}
      </div>
    </Modal>
  );
}

function Failure({ message }: { readonly message: string }) {
  return (
    <p className={classes.failure} role="alert">
      <strong>{text.failed}</strong> {message}
    </p>
  );
}

function Progress({ step }: { readonly step: TrainingStep }) {
  return (
    <div className={classes.progress} role="status">
      <Loader size="sm" />
      <strong>{text[step]}</strong>
      <p>{text.leave}</p>
    </div>
  );
}
