// One model: what it is good at, what it costs, and the button that searches with it.
import { Button } from "@mantine/core";
import { Icon } from "../icon.tsx";
import { encoders as text } from "../messages/encoders.ts";
import classes from "./encoder-card.module.css";
import { type EncoderChoice, isInstalled } from "./encoder-choice.ts";
import { EncoderFailure } from "./encoder-failure.tsx";
import { EncoderMenu } from "./encoder-menu.tsx";
import { EncoderProgress } from "./encoder-progress.tsx";
import { toModelSizeText } from "./size-text.ts";
import { useEncoderActions } from "./use-encoders.ts";

type EncoderCardProps = {
  readonly choice: EncoderChoice;
  /** The one that answers searches. */
  readonly inUse: EncoderChoice | undefined;
  /** Another one is on its way. */
  readonly isWaiting: boolean;
};

export function EncoderCard({ choice, inUse, isWaiting }: EncoderCardProps) {
  const { start } = useEncoderActions();
  const { encoder, work } = choice;
  const { id, title, use, description } = encoder;
  const failure = start.error?.message ?? choice.failure;
  const isStartable = use !== "in use" && !work && !failure;
  return (
    <li className={classes.card} data-use={use} data-testid={`encoder-${id}`}>
      <div className={classes.head}>
        <div className={classes.words}>
          <div className={classes.title}>
            <h3 dir="auto">{title}</h3>
            <Badges choice={choice} />
          </div>
          <p>{description}</p>
        </div>
        {isStartable && (
          <Button
            size="xs"
            variant={encoder.recommended ? "filled" : "default"}
            loading={start.isPending}
            disabled={isWaiting}
            onClick={() => start.mutate(choice)}
          >
            {toStartText(choice)}
          </Button>
        )}
        <EncoderMenu choice={choice} />
      </div>
      <Facts choice={choice} />
      <Kept choice={choice} />
      {work && <EncoderProgress work={work} title={title} inUse={inUse} />}
      {failure && (
        <EncoderFailure
          failure={failure}
          isTrying={start.isPending}
          onTryAgain={() => start.mutate(choice)}
        />
      )}
    </li>
  );
}

function Badges({ choice: { encoder } }: { readonly choice: EncoderChoice }) {
  const { use, recommended, state } = encoder;
  return (
    <>
      {use === "in use" && (
        <span className={classes.badge} data-kind="accent">
          <Icon name="check" sizePx={14} />
          {text.inUse}
        </span>
      )}
      {recommended && use !== "in use" && (
        <span className={classes.badge} data-kind="pill">
          {text.recommended}
        </span>
      )}
      {state === "installed" && use !== "in use" && (
        <span className={classes.badge}>{text.onDisk}</span>
      )}
    </>
  );
}

function Facts({ choice }: { readonly choice: EncoderChoice }) {
  const { encoder } = choice;
  const { title, languages, licence, dim, url, quality, use } = encoder;
  // Before the download its button says so.
  const isSized = encoder.size_bytes !== null && isInstalled(choice);
  return (
    <>
      <ul className={classes.facts}>
        {isSized && <li>{toModelSizeText(encoder)}</li>}
        {languages && <li>{text.languages(languages)}</li>}
        {licence && <li>{text.licence(licence)}</li>}
        {dim !== null && use === "in use" && <li>{text.dim(dim)}</li>}
        {url && (
          <li>
            <a href={url} target="_blank" rel="noreferrer" aria-label={text.pageOf(title)}>
              {text.page}
            </a>
          </li>
        )}
      </ul>
      {quality.length > 0 && (
        <ul className={classes.figures}>
          {quality.map(({ measure, percent, source }) => (
            <li key={measure}>
              <strong>{text.percent(percent)}</strong>
              <a href={source} target="_blank" rel="noreferrer">
                {measure}
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Kept({ choice }: { readonly choice: EncoderChoice }) {
  const { kept, lacking, work } = choice;
  if (!kept || work || !isInstalled(choice)) return null;
  const { vectors } = kept;
  return (
    <p className={classes.kept}>
      {lacking > 0 ? text.keptPart(vectors, lacking) : text.kept(vectors)}
    </p>
  );
}

function toStartText(choice: EncoderChoice): string {
  const { encoder, kept, lacking } = choice;
  if (isInstalled(choice)) return kept && lacking === 0 ? text.back : text.use;
  const size = toModelSizeText(encoder);
  return encoder.state === "incomplete" ? text.resume(size) : text.download(size);
}
