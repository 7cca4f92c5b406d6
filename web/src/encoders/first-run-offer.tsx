// On the page of an app without pictures: a better model, and how far its download is.
import { encoders as text } from "../messages/encoders.ts";
import { type EncoderChoice, isInUse, toOffer } from "./encoder-choice.ts";
import { EncoderFailure } from "./encoder-failure.tsx";
import classes from "./encoder-offer.module.css";
import { EncoderProgress } from "./encoder-progress.tsx";
import { OfferWords } from "./offer-words.tsx";
import { useEncoderActions } from "./use-encoders.ts";
import { useOfferAnswer } from "./use-offer.ts";

export function FirstRunOffer({ choices }: { readonly choices: readonly EncoderChoice[] }) {
  const { isAnswered } = useOfferAnswer();
  const { start } = useEncoderActions();
  const recommended = choices.find(({ encoder }) => encoder.recommended);
  const offer = toOffer(choices);
  const isAsking = offer !== undefined && !isAnswered;
  if (!recommended || !(isAsking || recommended.work || recommended.failure)) return null;
  const { work, failure, encoder } = recommended;
  const inUse = choices.find(isInUse);
  return (
    <section className={classes.wide} aria-label={text.offerTitle} data-testid="encoder-offer">
      {work ? (
        <>
          <h2>{encoder.title}</h2>
          <EncoderProgress work={work} title={encoder.title} inUse={inUse} />
        </>
      ) : failure ? (
        <>
          <h2>{encoder.title}</h2>
          <EncoderFailure
            failure={failure}
            isTrying={start.isPending}
            onTryAgain={() => start.mutate(recommended)}
          />
        </>
      ) : (
        <OfferWords offer={recommended} isQuiet />
      )}
    </section>
  );
}
