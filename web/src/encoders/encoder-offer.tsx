// "This one finds captions better": floats over the pictures and moves none of them.
import { encoders as text } from "../messages/encoders.ts";
import { toOffer } from "./encoder-choice.ts";
import classes from "./encoder-offer.module.css";
import { OfferWords } from "./offer-words.tsx";
import { useEncoders } from "./use-encoders.ts";

export function EncoderOffer() {
  const { choices } = useEncoders();
  const offer = choices && toOffer(choices);
  if (!offer || offer.work) return null;
  return (
    <section className={classes.card} aria-label={text.offerTitle} data-testid="encoder-offer">
      <OfferWords offer={offer} />
    </section>
  );
}
