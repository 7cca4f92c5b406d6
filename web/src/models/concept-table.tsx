// The concepts of a model: examples, precision and recall, and how many images reach a value.
import type { ConceptExamples, Model, VersionConcept } from "../../../src/client/models.ts";
import { InputsLink } from "../concepts/inputs-link.tsx";
import { toCountText } from "../messages/count-text.ts";
import { models as text } from "../messages/models.ts";
import { ofConcept } from "../query.ts";
import classes from "./concept-table.module.css";
import { toPercentText } from "./percent-text.ts";
import { Threshold } from "./threshold.tsx";

/** Concepts whose passing images are counted without being asked for. */
const EAGER_MAX = 10;

export function ConceptTable({ model: { examples, current } }: { readonly model: Model }) {
  const concepts = current?.concepts ?? [];
  const hasSupposed = concepts.some(({ metrics }) => metrics?.hasSupposedNegatives);
  return (
    <section aria-label={text.perConcept}>
      <h2>{text.perConcept}</h2>
      <div className={classes.wide}>
        <table>
          <thead>
            <tr className={classes.heading}>
              <th scope="col">{text.concept}</th>
              <th scope="col">{text.shows}</th>
              <th scope="col">{text.lacks}</th>
              <th scope="col" title={text.precisionHint}>
                {text.precision}
              </th>
              <th scope="col" title={text.recallHint}>
                {text.recall}
              </th>
              <th scope="col" title={text.f1Hint}>
                {text.f1}
              </th>
              {current && <th scope="col">{text.threshold}</th>}
            </tr>
          </thead>
          <tbody>
            {examples.map((one) => (
              <ConceptRow
                key={one.id}
                examples={one}
                concept={concepts.find(({ id }) => id === one.id)}
                isTrained={current !== undefined}
                isEager={examples.length <= EAGER_MAX}
              />
            ))}
          </tbody>
        </table>
      </div>
      {hasSupposed && <p className={classes.note}>{text.supposed}</p>}
    </section>
  );
}

type ConceptRowProps = {
  readonly examples: ConceptExamples;
  readonly concept: VersionConcept | undefined;
  readonly isTrained: boolean;
  readonly isEager: boolean;
};

function ConceptRow({ examples, concept, isTrained, isEager }: ConceptRowProps) {
  const metrics = concept?.metrics;
  const bound = (share: number) =>
    metrics?.hasSupposedNegatives ? text.atLeast(toPercentText(share)) : toPercentText(share);
  return (
    <tr data-testid="model-concept">
      <th scope="row" dir="auto" className={classes.name}>
        <InputsLink query={ofConcept(examples.name)} title={text.search}>
          {examples.name}
        </InputsLink>
      </th>
      <td>{toCountText(examples.positives)}</td>
      <td>{toCountText(examples.negatives)}</td>
      <td>{metrics ? bound(metrics.precision) : text.noFigure}</td>
      <td>{metrics ? toPercentText(metrics.recall) : text.noFigure}</td>
      <td>{metrics ? bound(metrics.f1) : text.noFigure}</td>
      {isTrained && (
        <td>
          <Threshold name={examples.name} isEager={isEager} />
        </td>
      )}
    </tr>
  );
}
