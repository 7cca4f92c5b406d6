// What is known about an input, as a list of terms and values.
import type { ReactNode } from "react";
import type { Input } from "../../../src/client/input.ts";
import { messages } from "../messages.ts";
import { toAgeText, toCameraDateText, toDateText, toScoreText, toSizeText } from "../quantities.ts";
import { toCameraFacts } from "./camera-facts.ts";
import classes from "./input-facts.module.css";

const text = messages.input;

type InputFactsProps = {
  readonly input: Input;
  /** Its score in the search that is shown. */
  readonly score?: number | undefined;
};

export function InputFacts({ input, score }: InputFactsProps) {
  const { name, id, widthPx, heightPx, format, status, failure, takenAt, sizeBytes } = input;
  return (
    <dl className={classes.facts} aria-label={text.facts}>
      {score !== undefined && <Fact name={text.score}>{toScoreText(score)}</Fact>}
      <Fact name={text.name}>
        <span dir="auto">{name}</span>
      </Fact>
      {takenAt && (
        <Fact name={text.taken}>
          <time dateTime={takenAt.toISOString()}>{toCameraDateText(takenAt)}</time>
        </Fact>
      )}
      {widthPx > 0 && <Fact name={text.dimensions}>{toDimensions(widthPx, heightPx)}</Fact>}
      {format !== "" && (
        <Fact name={text.format}>
          {sizeBytes > 0 ? `${format}, ${toSizeText(sizeBytes)}` : format}
        </Fact>
      )}
      {toCameraFacts(input.exif).map(([term, value]) => (
        <Fact key={term} name={term}>
          <span dir="auto">{value}</span>
        </Fact>
      ))}
      <DateFact name={text.created} date={input.createdAt} />
      {isChanged(input) && <DateFact name={text.modified} date={input.modifiedAt} />}
      {status !== "processed" && (
        <Fact name={text.status}>
          {text.statuses[status]}
          {failure !== "" && <div className={classes.failure}>{failure}</div>}
        </Fact>
      )}
      <Fact name={text.id}>
        <code>{id}</code>
      </Fact>
    </dl>
  );
}

function toDimensions(widthPx: number, heightPx: number): string {
  const megapixels = (widthPx * heightPx) / 1e6;
  const size = `${widthPx} × ${heightPx}`;
  return megapixels < 0.1 ? size : `${size} (${text.megapixels(megapixels)})`;
}

// Indexing is a change, too: only one that came later is worth a line.
function isChanged({ createdAt, modifiedAt }: Input): boolean {
  return (modifiedAt?.getTime() ?? 0) - (createdAt?.getTime() ?? 0) > 60_000;
}

function DateFact({ name, date }: { readonly name: string; readonly date: Date | undefined }) {
  if (!date) return null;
  return (
    <Fact name={name}>
      <time dateTime={date.toISOString()} title={toDateText(date)}>
        {toAgeText(date, Date.now())}
      </time>
    </Fact>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
