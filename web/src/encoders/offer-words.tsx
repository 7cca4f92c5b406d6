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

export function OfferWords({ offer }: { readonly offer: EncoderChoice }) {
  const { appId } = usePortal();
  const { answer } = useOfferAnswer();
  const { start } = useEncoderActions();
  const { encoder } = offer;
  const size = toModelSizeText(encoder);
  const licence = encoder.licence ? text.licence(encoder.licence) : "";
  return (
    <>
      <div className={classes.words}>
        <h2>{text.offerTitle}</h2>
        <p>{text.offer(encoder.title)}</p>
        <p>
          {text.offerFacts(size, licence)}{" "}
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
          size="xs"
          loading={start.isPending}
          onClick={() => start.mutate(offer, { onSuccess: answer })}
        >
          {text.download(size)}
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={answer}>
          {text.notNow}
        </Button>
      </div>
    </>
  );
}
