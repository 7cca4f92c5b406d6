// One model: what it knows, how well, since when, and whether there is something new to learn.
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Model } from "../../../src/client/models.ts";
import { models as text } from "../messages/models.ts";
import { usePortal } from "../portal.ts";
import { toAgeText, toDateText } from "../quantities.ts";
import { EVERYTHING } from "../query.ts";
import { ModelMenu } from "./model-menu.tsx";
import { ModelState } from "./model-state.tsx";
import classes from "./models-page.module.css";
import { toPercentText } from "./percent-text.ts";
import { isBusy } from "./use-models.ts";
import { useRetrain } from "./use-retrain.ts";
import { toSummary } from "./verdict.ts";

const CONCEPTS_SHOWN = 4;

export function ModelCard({ model }: { readonly model: Model }) {
  const { appId } = usePortal();
  const retrain = useRetrain(model.id);
  const { id, name, examples, current, latest } = model;
  const positives = examples.reduce((sum, one) => sum + one.positives + one.negatives, 0);
  const changes = examples.reduce((sum, one) => sum + one.changes, 0);
  const names = examples.map((one) => one.name);
  const trainedAt = current?.completedAt;
  return (
    <li className={classes.card} data-testid="model" data-state={latest?.state}>
      <div className={classes.head}>
        <Link
          to="/apps/$appId/models/$modelId"
          params={{ appId, modelId: id }}
          search={{ query: EVERYTHING }}
          dir="auto"
        >
          {name}
        </Link>
        <ModelMenu model={model} />
      </div>
      {names.length > 1 && (
        <p dir="auto" title={names.join(", ")}>
          {names.slice(0, CONCEPTS_SHOWN).join(", ")}{" "}
          {names.length > CONCEPTS_SHOWN && text.more(names.length - CONCEPTS_SHOWN)}
        </p>
      )}
      <p>
        {latest && latest.state !== "trained" && (
          <>
            <ModelState version={latest} />
            {" · "}
          </>
        )}
        {text.examples(positives)}
        {trainedAt && (
          <time dateTime={trainedAt.toISOString()} title={toDateText(trainedAt)}>
            {" · "}
            {text.trainedAgo(toAgeText(trainedAt, Date.now()))}
          </time>
        )}
      </p>
      <CardFigures model={model} />
      {changes > 0 && !isBusy(model) && (
        <div className={classes.outdated}>
          <span>{text.changes(changes)}</span>
          <Button size="compact-sm" variant="light" onClick={() => retrain.mutate()}>
            {text.retrain}
          </Button>
        </div>
      )}
    </li>
  );
}

function CardFigures({ model: { current } }: { readonly model: Model }) {
  const summary = current && toSummary(current.concepts);
  if (!summary) return current ? <p>{text.unmeasured}</p> : null;
  const { precision, recall, f1, hasSupposedNegatives } = summary;
  const bound = (figure: string) => (hasSupposedNegatives ? text.atLeast(figure) : figure);
  const hint = hasSupposedNegatives ? ` ${text.supposed}` : "";
  return (
    <dl className={classes.figures}>
      <div title={text.precisionHint + hint}>
        <dt>{text.precision}</dt>
        <dd>{bound(toPercentText(precision))}</dd>
      </div>
      <div title={text.recallHint}>
        <dt>{text.recall}</dt>
        <dd>{toPercentText(recall)}</dd>
      </div>
      <div title={text.f1Hint + hint}>
        <dt>{text.f1}</dt>
        <dd>{bound(toPercentText(f1))}</dd>
      </div>
    </dl>
  );
}
