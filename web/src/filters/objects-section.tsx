// What a detector found, and how many of it.
import type { Filter, FilterValue } from "../filter.ts";
import { messages } from "../messages.ts";
import { Field } from "./field.tsx";
import { NO_NAMES, toFilterText } from "./filter-text.ts";
import classes from "./size-section.module.css";
import type { Filters } from "./use-filters.ts";
import { useTypedParts } from "./use-typed.ts";
import { type Choice, ValueList } from "./value-list.tsx";
import type { SectionProps } from "./value-sections.tsx";

const text = messages.filters;

type ObjectFilter = Filter & { readonly kind: "objects" };

export function ObjectsSection({ facets, filters }: SectionProps) {
  const set = filters.of("objects").filter((one): one is ObjectFilter => one.kind === "objects");
  const free = (facets?.objects ?? []).filter(({ label }) =>
    set.every((one) => one.label !== label),
  );
  const counts = new Map(facets?.objects.map(({ label, count }) => [label, count]));
  const choices: readonly Choice[] = [
    ...set.map((filter) => ({
      value: toValue(filter),
      name: toFilterText({ ...filter, isNegated: false }, NO_NAMES),
      count: counts.get(filter.label),
    })),
    ...free.map(({ label, count }) => ({ value: oneOf(label), name: label, count })),
  ];
  return (
    <>
      <ValueList label={text.sections.objects} choices={choices} filters={filters} />
      {set.map((filter) => (
        <Numbers key={filter.label} filter={filter} filters={filters} />
      ))}
    </>
  );
}

function oneOf(label: string): FilterValue {
  return { kind: "objects", label, least: 1, most: undefined };
}

function toValue({ isNegated: _, ...value }: ObjectFilter): FilterValue {
  return value;
}

function Numbers({
  filter,
  filters,
}: {
  readonly filter: ObjectFilter;
  readonly filters: Filters;
}) {
  const { label, least, most } = filter;
  const { parts, type } = useTypedParts([String(least), String(most ?? "")], ([from, to]) => {
    const [low, high] = [toNumber(from) ?? 0, toNumber(to)];
    if (high !== undefined && high < low) return undefined;
    filters.change(filter, { kind: "objects", label, least: low, most: high });
    return [String(low), String(high ?? "")];
  });
  const [from = "", to = ""] = parts;
  const props = { type: "number", inputMode: "numeric", min: 0, step: 1 } as const;
  return (
    <fieldset className={classes.size} data-testid="object-count">
      <legend>{label}</legend>
      <Field {...props} label={text.least} value={from} onType={(number) => type(0, number)} />
      <Field {...props} label={text.most} value={to} onType={(number) => type(1, number)} />
    </fieldset>
  );
}

function toNumber(typed = ""): number | undefined {
  const number = Number.parseInt(typed, 10);
  return number >= 0 ? Math.min(number, 1000) : undefined;
}
