// What the offered model does better and costs, and the two answers.
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { encoders as text } from "../messages/encoders.ts";
import { usePortal } from "../portal.ts";
import { EVERYTHING } from "../query.ts";
import type { EncoderChoice } from "./encoder-choice.ts";
import classes from "./encoder-offer.module.css";
import { toModelSizeText } from "./size-text.ts";
import { useEncoderActions } from "./use-encoders.ts";
import { useOfferAnswer } from "./use-offer.ts";

type OfferWordsProps = {
  readonly offer: EncoderChoice;
  /** Something else comes first here. */
  readonly isQuiet?: boolean;
};

export function OfferWords({ offer, isQuiet = false }: OfferWordsProps) {
  const { appId } = usePortal();
  const { answer } = useOfferAnswer();
  const { start } = useEncoderActions();
  const { title, licence } = offer.encoder;
  const size = isQuiet ? "sm" : "xs";
  const facts = [title, licence && text.licence(licence), text.here];
  return (
    <>
      <div className={classes.words}>
        <h2>{text.offerTitle}</h2>
        <p>{text.offer}</p>
        <p>
          {facts.filter(Boolean).join(" · ")} ·{" "}
          <Link
            to="/apps/$appId/settings"
            params={{ appId }}
            search={{ query: EVERYTHING }}
            hash="search-model"
          >
            {text.otherModels}
          </Link>
        </p>
        {start.error && <p role="alert">{start.error.message}</p>}
      </div>
      <div className={classes.buttons}>
        <Button
          size={size}
          variant={isQuiet ? "default" : "filled"}
          loading={start.isPending}
          onClick={() => start.mutate(offer, { onSuccess: answer })}
        >
          {text.download(toModelSizeText(offer.encoder))}
        </Button>
        <Button size={size} variant="subtle" color="gray" onClick={answer}>
          {text.notNow}
        </Button>
      </div>
    </>
  );
}
