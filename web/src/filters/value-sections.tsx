// The sections that are lists of values: datasets, labels, types, states.
import { useState } from "react";
import type { Facets } from "../../../src/client/facets.ts";
import type { FilterKind, FilterValue } from "../filter.ts";
import { messages } from "../messages.ts";
import classes from "./filter-panel.module.css";
import { Segments } from "./segments.tsx";
import type { Filters } from "./use-filters.ts";
import { useDatasets } from "./use-names.ts";
import { type Choice, ValueList } from "./value-list.tsx";

const text = messages.filters;
/** From here on labels are found by typing. */
const SEARCH_FROM = 10;

export type SectionProps = {
  /** Undefined until they are known. */
  readonly facets: Facets | undefined;
  readonly filters: Filters;
};

export function DatasetSection({ facets, filters }: SectionProps) {
  const { data: datasets = [] } = useDatasets();
  const counts = new Map(facets?.datasets.map(({ id, count }) => [id, count]));
  const choices = datasets
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .map(({ id, name }): Choice => {
      return { value: { kind: "dataset", id }, name, count: counts.get(id) };
    });
  const unassigned: Choice = {
    value: { kind: "unassigned" },
    name: text.unassigned,
    count: facets?.unassigned,
  };
  const all = withChosen([...choices, unassigned], filters, ["dataset"], () => text.unknownDataset);
  return (
    <>
      {datasets.length === 0 && <p className={classes.hint}>{text.noDatasets}</p>}
      <ValueList label={text.sections.dataset} choices={all} filters={filters} />
    </>
  );
}

export function LabelSection({ facets, filters }: SectionProps) {
  const [part, setPart] = useState("");
  const labels = facets?.labels ?? [];
  const unlabeled: Choice = {
    value: { kind: "unlabeled" },
    name: text.unlabeled,
    count: facets?.unlabeled,
  };
  const choices = labels.map(({ name, count }): Choice => {
    return { value: { kind: "label", name }, name, count };
  });
  const all = withChosen([unlabeled, ...choices], filters, ["label"], toName);
  const found = all.filter(({ name }) => contains(name, part));
  const wanted = filters.of("label", "unlabeled").filter(({ isNegated }) => !isNegated);
  return (
    <>
      {facets && labels.length === 0 && <p className={classes.hint}>{text.noLabels}</p>}
      {wanted.length > 1 && (
        <Segments
          label={text.labelsAre}
          parts={[
            { value: "any", name: text.anyLabel },
            { value: "all", name: text.allLabels },
          ]}
          chosen={filters.query.labelsAre}
          onChoose={filters.setLabelsAre}
        />
      )}
      {labels.length > SEARCH_FROM && (
        <input
          type="search"
          className={classes.find}
          aria-label={text.findLabel}
          placeholder={text.findLabel}
          value={part}
          onChange={({ currentTarget }) => setPart(currentTarget.value)}
        />
      )}
      {found.length === 0 ? (
        <p className={classes.hint}>{text.noLabel(part)}</p>
      ) : (
        <ValueList label={text.sections.label} choices={found} filters={filters} />
      )}
    </>
  );
}

export function TypeSection({ facets, filters }: SectionProps) {
  const choices = (facets?.formats ?? []).map(({ format, count }): Choice => {
    return { value: { kind: "type", format }, name: format.toUpperCase(), count };
  });
  const all = withChosen(choices, filters, ["type"], (value) => toName(value).toUpperCase());
  return <ValueList label={text.sections.type} choices={all} filters={filters} />;
}

export function StatusSection({ facets, filters }: SectionProps) {
  const choices = (facets?.statuses ?? []).map(({ status, count }): Choice => {
    return { value: { kind: "status", status }, name: text.statuses[status], count };
  });
  const name = (value: FilterValue) => (value.kind === "status" ? text.statuses[value.status] : "");
  const all = withChosen(choices, filters, ["status"], name);
  return <ValueList label={text.sections.status} choices={all} filters={filters} />;
}

/** With the values that are set but not offered (any more): they must be seen to be cleared. */
function withChosen(
  choices: readonly Choice[],
  filters: Filters,
  kinds: readonly FilterKind[],
  toChoiceName: (value: FilterValue) => string,
): readonly Choice[] {
  const keys = new Set(choices.map(({ value }) => JSON.stringify(value)));
  const missing = filters
    .of(...kinds)
    .map(({ isNegated: _, ...value }): FilterValue => value)
    .filter((value) => !keys.has(JSON.stringify(value)));
  return [...missing.map((value) => ({ value, name: toChoiceName(value) })), ...choices];
}

function toName(value: FilterValue): string {
  if (value.kind === "label") return value.name;
  return value.kind === "type" ? value.format : "";
}

function contains(name: string, part: string): boolean {
  return name.toLocaleLowerCase().includes(part.trim().toLocaleLowerCase());
}
