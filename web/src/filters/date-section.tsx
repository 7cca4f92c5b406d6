// When a picture was taken or added: presets, years, days.
import { useState } from "react";
import { messages } from "../messages.ts";
import classes from "./date-section.module.css";
import { type Days, fromField, isSameDays, lastDays, thisYear } from "./days.ts";
import { Field, FieldError } from "./field.tsx";
import panel from "./filter-panel.module.css";
import { NO_NAMES, toFilterText } from "./filter-text.ts";
import { Segments } from "./segments.tsx";
import { useTypedParts } from "./use-typed.ts";
import { ValueRow } from "./value-list.tsx";
import type { SectionProps } from "./value-sections.tsx";
import { YearBars } from "./year-bars.tsx";

const text = messages.filters;
const PARTS = [
  { value: "taken", name: text.dates.taken },
  { value: "added", name: text.dates.added },
] as const;

export function DateSection({ facets, filters }: SectionProps) {
  const [of, setOf] = useState<"taken" | "added">(
    filters.of("taken").length === 0 && filters.of("added").length > 0 ? "added" : "taken",
  );
  const years = (of === "taken" ? facets?.years : facets?.addedYears) ?? [];
  const chosen = filters.of(of).find((filter) => "from" in filter);
  const days: Days = chosen ?? { from: undefined, to: undefined };
  const choose = (next: Days) => {
    const isNone = next.from === undefined && next.to === undefined;
    const isAgain = chosen && isSameDays(next, days);
    const { from, to } = next;
    filters.replace([of], isNone || isAgain ? undefined : { kind: of, from, to });
  };
  return (
    <>
      <Segments label={text.dateOf} parts={PARTS} chosen={of} onChoose={setOf} />
      {facets && years.length === 0 && <p className={panel.hint}>{text.noDates[of]}</p>}
      {years.length > 0 && <YearBars years={years} chosen={chosen} onChoose={choose} />}
      <Presets days={days} onChoose={choose} />
      <DayFields key={of} days={days} onChoose={choose} />
      <ul className={panel.chosen}>
        {filters.of("taken", "added").map(({ isNegated, ...value }) => (
          <ValueRow
            key={JSON.stringify(value)}
            filters={filters}
            choice={{ value, name: toFilterText({ ...value, isNegated: false }, NO_NAMES) }}
          />
        ))}
      </ul>
    </>
  );
}

type DaysProps = { readonly days: Days; readonly onChoose: (days: Days) => void };

function Presets({ days, onChoose }: DaysProps) {
  const now = new Date();
  const presets = [
    { name: text.lastDays(7), preset: lastDays(7, now) },
    { name: text.lastDays(30), preset: lastDays(30, now) },
    { name: text.thisYear, preset: thisYear(now) },
  ];
  return (
    <div className={classes.presets}>
      {presets.map(({ name, preset }) => (
        <button
          key={name}
          type="button"
          aria-pressed={isSameDays(days, preset)}
          onClick={() => onChoose(preset)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

function DayFields({ days, onChoose }: DaysProps) {
  const { parts, type } = useTypedParts([days.from ?? "", days.to ?? ""], (typed) => {
    const next = toDays(typed);
    if (!isBad(next) && !isSameDays(next, days)) onChoose(next);
    return undefined;
  });
  const [from = "", to = ""] = parts;
  const props = { type: "date", max: "9999-12-31" };
  return (
    <>
      <div className={classes.days}>
        <Field {...props} label={text.from} value={from} onType={(day) => type(0, day)} />
        <Field {...props} label={text.to} value={to} onType={(day) => type(1, day)} />
      </div>
      {isBad(toDays(parts)) && <FieldError>{text.badDates}</FieldError>}
    </>
  );
}

function toDays([from = "", to = ""]: readonly string[]): Days {
  return { from: fromField(from), to: fromField(to) };
}

/** The wrong way round. */
function isBad({ from, to }: Days): boolean {
  return from !== undefined && to !== undefined && from > to;
}
