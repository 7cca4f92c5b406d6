// Precision and recall as big figures, each with a sentence that says what it means.
import type { ConceptMetrics } from "../../../src/client/models.ts";
import { models as text } from "../messages/models.ts";
import { toPercentText } from "./percent-text.ts";
import classes from "./train-dialog.module.css";
import { toPercent } from "./verdict.ts";

type FiguresProps = {
  readonly metrics: ConceptMetrics;
  /** Those of the version before. */
  readonly before?: ConceptMetrics | undefined;
};

export function Figures({ metrics, before }: FiguresProps) {
  const { precision, recall, hasSupposedNegatives } = metrics;
  const words = hasSupposedNegatives ? text.dialog.precisionAtLeast : text.dialog.precisionWords;
  return (
    <dl className={classes.figures}>
      <div data-testid="precision">
        <dt>{text.precision}</dt>
        <dd>
          <strong>{toPrecisionText(metrics)}</strong>
          {before && <small>{text.dialog.before(toPrecisionText(before))}</small>}
          <span>{words(toPercent(precision))}</span>
        </dd>
      </div>
      <div data-testid="recall">
        <dt>{text.recall}</dt>
        <dd>
          <strong>{toPercentText(recall)}</strong>
          {before && <small>{text.dialog.before(toPercentText(before.recall))}</small>}
          <span>{text.dialog.recallWords(toPercent(recall))}</span>
        </dd>
      </div>
    </dl>
  );
}

function toPrecisionText({ precision, hasSupposedNegatives }: ConceptMetrics): string {
  const figure = toPercentText(precision);
  return hasSupposedNegatives ? text.atLeast(figure) : figure;
}
