// Why a download or a change of the model failed, and another try.
import { Button } from "@mantine/core";
import { Icon } from "../icon.tsx";
import { encoders as text } from "../messages/encoders.ts";
import classes from "./encoder-failure.module.css";

type EncoderFailureProps = {
  readonly failure: string;
  readonly isTrying: boolean;
  readonly onTryAgain: () => void;
};

export function EncoderFailure({ failure, isTrying, onTryAgain }: EncoderFailureProps) {
  return (
    <div className={classes.failure} role="alert" data-testid="encoder-failure">
      <Icon name="alert" sizePx={18} />
      <p className={classes.reason}>
        <strong>{text.failed}</strong> {failure}
      </p>
      <Button size="xs" variant="default" loading={isTrying} onClick={onTryAgain}>
        {text.tryAgain}
      </Button>
    </div>
  );
}
