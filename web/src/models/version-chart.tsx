// Precision, recall and F1 of the trained versions, oldest first, as lines.
import type { ModelVersion } from "../../../src/client/models.ts";
import { models as text } from "../messages/models.ts";
import { toChart } from "./chart.ts";
import classes from "./model-page.module.css";
import { toPercentText } from "./percent-text.ts";
import { toSummary } from "./verdict.ts";

const WIDTH_PX = 560;
const HEIGHT_PX = 160;
const LINES = ["precision", "recall", "f1"] as const;
const TICKS = [0, 0.5, 1];
const VERSIONS_MAX = 20;

export function VersionChart({ versions }: { readonly versions: readonly ModelVersion[] }) {
  const measured = versions
    .map(({ id, concepts }, index) => ({
      id,
      number: versions.length - index,
      figures: toSummary(concepts),
    }))
    .flatMap(({ figures, ...rest }) => (figures ? [{ ...rest, figures }] : []))
    .slice(0, VERSIONS_MAX)
    .reverse();
  if (measured.length < 2) return null;
  const { x, y, toPath } = toChart(measured.length, WIDTH_PX, HEIGHT_PX);
  return (
    <section aria-label={text.quality}>
      <h2>{text.quality}</h2>
      <p className={classes.note}>{text.qualityHint}</p>
      <figure className={classes.chart}>
        <svg viewBox={`0 0 ${WIDTH_PX} ${HEIGHT_PX}`} role="img" aria-label={text.quality}>
          {TICKS.map((tick) => (
            <g key={tick} className={classes.tick}>
              <line x1={x(0)} x2={x(measured.length - 1)} y1={y(tick)} y2={y(tick)} />
              <text x={0} y={y(tick) + 4}>
                {toPercentText(tick)}
              </text>
            </g>
          ))}
          {measured.map(({ id, number }, index) => (
            <text key={id} className={classes.number} x={x(index)} y={HEIGHT_PX - 2}>
              {number}
            </text>
          ))}
          {LINES.map((line) => (
            <g key={line} data-line={line}>
              <path d={toPath(measured.map(({ figures }) => figures[line]))} />
              {measured.map(({ id, number, figures }, index) => (
                <circle key={id} cx={x(index)} cy={y(figures[line])} r={4}>
                  <title>{`${text.version(number)}: ${text[line]} ${toPercentText(figures[line])}`}</title>
                </circle>
              ))}
            </g>
          ))}
        </svg>
        <figcaption>
          {LINES.map((line) => (
            <span key={line} data-line={line}>
              <b>{text[line]}</b>
            </span>
          ))}
        </figcaption>
      </figure>
    </section>
  );
}
