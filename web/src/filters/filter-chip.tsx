// One filter of the search: press it for the opposite, press x to drop it.

import shared from "../controls/chip.module.css";
import type { Filter } from "../filter.ts";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import classes from "./filter-chip.module.css";
import { FILTER_ICONS } from "./filter-icon.ts";
import { toFilterText } from "./filter-text.ts";
import { Swatch } from "./swatch.tsx";
import { useNames } from "./use-names.ts";

const text = messages.filters;

type FilterChipProps = {
  readonly filter: Filter;
  readonly onToggle: () => void;
  readonly onRemove: () => void;
};

/** An item of a list. */
export function FilterChip({ filter, onToggle, onRemove }: FilterChipProps) {
  const words = toFilterText(filter, useNames(filter.kind === "dataset"));
  const explanation = filter.isNegated ? text.chipOpposed(words) : text.chipMatching(words);
  return (
    <li
      className={`${shared.chip} ${classes.chip}`}
      data-testid="filter-chip"
      data-kind={filter.kind}
      data-negated={filter.isNegated || undefined}
    >
      <button
        type="button"
        className={`${shared.part} ${classes.body}`}
        aria-label={explanation}
        aria-pressed={filter.isNegated}
        title={explanation}
        onClick={onToggle}
      >
        <FilterMark filter={filter} />
        <span className={classes.words}>
          <bdi>{words}</bdi>
        </span>
      </button>
      <button
        type="button"
        className={`${shared.part} ${classes.remove}`}
        aria-label={text.removeChip(words)}
        onClick={onRemove}
      >
        <Icon name="close" sizePx={14} />
      </button>
    </li>
  );
}

/** Colour or icon of a filter. */
export function FilterMark({ filter }: { readonly filter: Filter }) {
  if (filter.kind === "colour") return <Swatch colour={filter.colour} />;
  return <Icon name={FILTER_ICONS[filter.kind]} sizePx={16} />;
}
