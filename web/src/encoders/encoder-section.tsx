// For the settings: which model searches are made with, and the other ones that there are.
import { encoders as text } from "../messages/encoders.ts";
import { Problem } from "../settings/problem.tsx";
import section from "../settings/section.module.css";
import { EncoderCard } from "./encoder-card.tsx";
import { type EncoderChoice, isInUse, splitChoices } from "./encoder-choice.ts";
import classes from "./encoder-section.module.css";
import { useEncoders } from "./use-encoders.ts";

export function EncoderSection() {
  const { choices, spaces, error, refetch } = useEncoders();
  const seen = spaces?.find(({ state }) => state === "current")?.vectors ?? 0;
  return (
    <div className={section.stack}>
      <p className={section.dim}>
        {text.intro} {seen > 0 ? text.changing(seen) : text.changingNone}
      </p>
      <Problem error={error} onRetry={refetch} />
      {choices && <Choices choices={choices} />}
    </div>
  );
}

function Choices({ choices }: { readonly choices: readonly EncoderChoice[] }) {
  const { near, far } = splitChoices(choices);
  const inUse = choices.find(isInUse);
  const working = choices.find(({ work }) => work)?.encoder.id;
  const toCard = (choice: EncoderChoice) => {
    const { id } = choice.encoder;
    const isWaiting = working !== undefined && working !== id;
    return <EncoderCard key={id} choice={choice} inUse={inUse} isWaiting={isWaiting} />;
  };
  return (
    <>
      <ul className={classes.cards} aria-label={text.list}>
        {near.map(toCard)}
      </ul>
      {far.length > 0 && (
        <details className={classes.more}>
          <summary>{text.more(far.length)}</summary>
          <ul className={classes.cards}>{far.map(toCard)}</ul>
        </details>
      )}
      <p className={classes.published}>{text.published}</p>
    </>
  );
}
