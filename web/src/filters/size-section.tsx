// How large a picture is and which way it lies.
import { useState } from "react";
import { PICTURE_SHAPES } from "../../../src/client/search.ts";
import { toCountText } from "../messages/count-text.ts";
import { messages } from "../messages.ts";
import { Field, FieldError } from "./field.tsx";
import panel from "./filter-panel.module.css";
import { NO_NAMES, toFilterText } from "./filter-text.ts";
import classes from "./size-section.module.css";
import type { Filters } from "./use-filters.ts";
import { type Choice, ValueRow } from "./value-list.tsx";
import type { SectionProps } from "./value-sections.tsx";

const text = messages.filters;

export function SizeSection({ facets, filters }: SectionProps) {
  const counts = new Map(facets?.shapes.map(({ shape, count }) => [shape, count]));
  return (
    <>
      <div className={classes.shapes}>
        {PICTURE_SHAPES.map((shape) => {
          const count = counts.get(shape) ?? 0;
          const name = text.shapes[shape];
          return (
            <button
              key={shape}
              type="button"
              className={classes.shape}
              aria-pressed={filters.find({ kind: "shape", shape }) !== undefined}
              aria-label={facets ? text.count(name, count) : name}
              title={name}
              onClick={() => filters.toggle({ kind: "shape", shape })}
            >
              <span className={classes.picture} data-shape={shape} />
              <span>{name}</span>
              <span className={classes.count}>{facets && toCountText(count)}</span>
            </button>
          );
        })}
      </div>
      <Megapixels filters={filters} />
      <Chosen filters={filters} />
    </>
  );
}

// Where they can be turned into their opposite.
function Chosen({ filters }: { readonly filters: Filters }) {
  const choices = filters.of("shape", "size").map(({ isNegated: _, ...value }): Choice => {
    return { value, name: toFilterText({ ...value, isNegated: false }, NO_NAMES) };
  });
  return (
    <ul className={panel.chosen}>
      {choices.map((choice) => (
        <ValueRow key={JSON.stringify(choice.value)} choice={choice} filters={filters} />
      ))}
    </ul>
  );
}

function Megapixels({ filters }: { readonly filters: Filters }) {
  const chosen = filters.of("size").find((filter) => filter.kind === "size");
  const [bad, setBad] = useState<{ least: number | undefined; most: number | undefined }>();
  const { least, most } = bad ?? chosen ?? { least: undefined, most: undefined };
  const take = (next: { least: number | undefined; most: number | undefined }): void => {
    const isBad = next.least !== undefined && next.most !== undefined && next.least > next.most;
    setBad(isBad ? next : undefined);
    if (isBad) return;
    const isNone = next.least === undefined && next.most === undefined;
    filters.draft(["size"], isNone ? undefined : { kind: "size", ...next });
  };
  return (
    <fieldset className={classes.size}>
      <legend>{text.megapixels}</legend>
      <SizeField label={text.least} size={least} onTyped={(size) => take({ least: size, most })} />
      <SizeField label={text.most} size={most} onTyped={(size) => take({ least, most: size })} />
      {bad && <FieldError>{text.badSize}</FieldError>}
    </fieldset>
  );
}

type SizeFieldProps = {
  readonly label: string;
  readonly size: number | undefined;
  readonly onTyped: (size: number | undefined) => void;
};

function SizeField({ label, size, onTyped }: SizeFieldProps) {
  return (
    <Field
      type="number"
      inputMode="decimal"
      min={0}
      step="any"
      label={label}
      value={toText(size)}
      onTyped={(typed) => {
        const next = typed === "" || !(Number(typed) >= 0) ? undefined : Number(typed);
        onTyped(next);
        return toText(next);
      }}
    />
  );
}

function toText(size: number | undefined): string {
  return size === undefined ? "" : String(size);
}
