// A part of the filter panel that opens and closes, and remembers which it was.
import { useLocalStorage } from "@mantine/hooks";
import { type ReactNode, useId } from "react";
import type { FilterKind } from "../filter.ts";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import classes from "./section.module.css";
import type { Filters } from "./use-filters.ts";

const text = messages.filters;

type SectionName = keyof typeof text.sections;

const OPEN_AT_FIRST: readonly SectionName[] = ["dataset", "label", "date"];

type SectionProps = {
  readonly name: SectionName;
  /** What it sets, counts and clears. */
  readonly kinds: readonly FilterKind[];
  readonly filters: Filters;
  readonly children: () => ReactNode;
};

export function Section({ name, kinds, filters, children }: SectionProps) {
  const id = useId();
  const [open, setOpen] = useLocalStorage<readonly string[]>({
    key: "semblance.open-filters",
    defaultValue: OPEN_AT_FIRST,
    getInitialValueInEffect: false,
  });
  const isOpen = open.includes(name);
  const count = filters.of(...kinds).length;
  const title = text.sections[name];
  return (
    <section className={classes.section} aria-labelledby={id} data-testid={`filter-${name}`}>
      <h3 className={classes.header}>
        <button
          type="button"
          id={id}
          aria-expanded={isOpen}
          onClick={() => setOpen(isOpen ? open.filter((one) => one !== name) : [...open, name])}
        >
          <Icon name={isOpen ? "down" : "right"} sizePx={16} />
          {title}
          {count > 0 && (
            <span className={classes.count}>
              <span className={classes.spoken}>{text.active(count)}</span>
              <span aria-hidden="true">{count}</span>
            </span>
          )}
        </button>
        {count > 0 && (
          <button
            type="button"
            className={classes.clear}
            aria-label={text.clearSection(title)}
            onClick={() => filters.clear(kinds)}
          >
            {text.clear}
          </button>
        )}
      </h3>
      {isOpen && <div className={classes.body}>{children()}</div>}
    </section>
  );
}
