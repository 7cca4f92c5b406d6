// Values of a section to choose from: a checkbox each, its count, and the arrows that turn it into its opposite.
import { type ReactNode, useState } from "react";
import type { FilterValue } from "../filter.ts";
import { Icon } from "../icon.tsx";
import { toCountText } from "../messages/count-text.ts";
import { messages } from "../messages.ts";
import type { Filters } from "./use-filters.ts";
import classes from "./value-list.module.css";

const text = messages.filters;
/** Shown before "Show more". */
const FIRST = 12;

export type Choice = {
  readonly value: FilterValue;
  readonly name: string;
  /** Of the whole app; undefined: not known. */
  readonly count?: number | undefined;
  readonly mark?: ReactNode;
};

type ValueListProps = {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly filters: Filters;
};

export function ValueList({ label, choices, filters }: ValueListProps) {
  const [isLong, setIsLong] = useState(false);
  // What is set is always in sight.
  const isShown = ({ value }: Choice, place: number) =>
    isLong || place < FIRST || filters.find(value) !== undefined;
  const rest = choices.length - choices.filter(isShown).length;
  return (
    <>
      <ul className={classes.list} aria-label={label}>
        {choices.filter(isShown).map((choice) => (
          <ValueRow key={JSON.stringify(choice.value)} choice={choice} filters={filters} />
        ))}
      </ul>
      {(rest > 0 || (isLong && choices.length > FIRST)) && (
        <button type="button" className={classes.more} onClick={() => setIsLong(!isLong)}>
          {isLong ? text.fewer : text.more(rest)}
        </button>
      )}
    </>
  );
}

type ValueRowProps = { readonly choice: Choice; readonly filters: Filters };

export function ValueRow({ choice: { value, name, count, mark }, filters }: ValueRowProps) {
  const filter = filters.find(value);
  return (
    <li
      className={classes.row}
      data-testid="filter-value"
      data-set={filter !== undefined || undefined}
      data-negated={filter?.isNegated || undefined}
    >
      <label className={classes.label}>
        <input
          type="checkbox"
          checked={filter !== undefined}
          onChange={() => filters.toggle(value)}
        />
        {mark}
        {filter?.isNegated && <strong className={classes.not}>{text.not}</strong>}
        <span className={classes.name} title={name}>
          <bdi>{name}</bdi>
        </span>
      </label>
      {filter && (
        <button
          type="button"
          className={classes.oppose}
          title={filter.isNegated ? text.restore : text.oppose}
          aria-label={filter.isNegated ? text.restoreValue(name) : text.opposeValue(name)}
          aria-pressed={filter.isNegated}
          onClick={() => filters.oppose(filter)}
        >
          <Icon name="swap" sizePx={16} />
        </button>
      )}
      {count !== undefined && <span className={classes.count}>{toCountText(count)}</span>}
    </li>
  );
}
