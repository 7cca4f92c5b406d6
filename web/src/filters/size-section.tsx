// How large a picture is and which way it lies.
import { PICTURE_SHAPES } from "../../../src/client/search.ts";
import { toCountText } from "../messages/count-text.ts";
import { messages } from "../messages.ts";
import { Field, FieldError } from "./field.tsx";
import panel from "./filter-panel.module.css";
import { NO_NAMES, toFilterText } from "./filter-text.ts";
import classes from "./size-section.module.css";
import type { Filters } from "./use-filters.ts";
import { useTypedParts } from "./use-typed.ts";
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

type Sizes = { readonly least: number | undefined; readonly most: number | undefined };
const ANY: Sizes = { least: undefined, most: undefined };

function Megapixels({ filters }: { readonly filters: Filters }) {
  const sizes: Sizes = filters.of("size").find((filter) => filter.kind === "size") ?? ANY;
  const { parts, type } = useTypedParts(toTexts(sizes), (typed) => {
    const next = toSizes(typed);
    const isAny = next.least === undefined && next.most === undefined;
    if (!isBad(next)) filters.draft(["size"], isAny ? undefined : { kind: "size", ...next });
    return isBad(next) ? undefined : toTexts(next);
  });
  const [least = "", most = ""] = parts;
  const props = { type: "number", inputMode: "decimal", min: 0, step: "any" } as const;
  return (
    <fieldset className={classes.size}>
      <legend>{text.megapixels}</legend>
      <Field {...props} label={text.least} value={least} onType={(size) => type(0, size)} />
      <Field {...props} label={text.most} value={most} onType={(size) => type(1, size)} />
      {isBad(toSizes(parts)) && <FieldError>{text.badSize}</FieldError>}
    </fieldset>
  );
}

function toSizes(parts: readonly string[]): Sizes {
  const [least, most] = parts.map((part) => {
    return part === "" || !(Number(part) >= 0) ? undefined : Number(part);
  });
  return { least, most };
}

function toTexts({ least, most }: Sizes): readonly string[] {
  return [String(least ?? ""), String(most ?? "")];
}

function isBad({ least, most }: Sizes): boolean {
  return least !== undefined && most !== undefined && least > most;
}
