// Pictures by year as bars: press one, or drag over several; with keys: arrows, Shift extends, Enter.
import { type KeyboardEvent, useState } from "react";
import { messages } from "../messages.ts";
import { type Days, isInDays, toBars, toYears } from "./days.ts";
import classes from "./year-bars.module.css";

const text = messages.filters;
/** Of the tallest bar. */
const HEIGHT_PX = 56;

type YearBarsProps = {
  readonly years: readonly { readonly year: number; readonly count: number }[];
  readonly chosen: Days | undefined;
  readonly onChoose: (days: Days) => void;
};

export function YearBars({ years, chosen, onChoose }: YearBarsProps) {
  const bars = toBars(years);
  const most = Math.max(1, ...bars.map(({ count }) => count));
  // From the bar where it began to the one it has come to.
  const [brush, setBrush] = useState<readonly [number, number]>();
  const [focused, setFocused] = useState<number>();
  const last = bars.at(-1)?.year ?? 0;
  const current = brush ? toYears(...brush) : chosen;

  function finish(): void {
    if (brush) onChoose(toYears(...brush));
    setBrush(undefined);
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>, year: number): void {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      onChoose(brush ? toYears(...brush) : toYears(year, year));
      setBrush(undefined);
      return;
    }
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    const step = event.key === "ArrowRight" ? 1 : -1;
    const next = bars[bars.findIndex((bar) => bar.year === year) + step]?.year;
    if (next === undefined) return;
    setBrush(event.shiftKey ? [brush?.[0] ?? year, next] : undefined);
    setFocused(next);
    event.currentTarget.parentElement?.querySelector<HTMLElement>(`[data-year="${next}"]`)?.focus();
  }

  return (
    <div>
      <fieldset
        className={classes.bars}
        aria-label={text.years}
        onPointerUp={finish}
        onPointerCancel={() => setBrush(undefined)}
        onPointerLeave={finish}
      >
        {bars.map(({ year, count }) => (
          <button
            key={year}
            type="button"
            data-year={year}
            aria-label={text.count(String(year), count)}
            aria-pressed={current !== undefined && isInDays(year, current)}
            title={text.count(String(year), count)}
            tabIndex={year === (focused ?? last) ? 0 : -1}
            onFocus={() => setFocused(year)}
            onPointerDown={(event) => {
              // A finger captures the bar it touches: the others would not hear of it.
              event.currentTarget.releasePointerCapture(event.pointerId);
              setBrush([year, year]);
            }}
            onPointerEnter={() => brush && setBrush([brush[0], year])}
            onKeyDown={(event) => onKeyDown(event, year)}
          >
            <span style={{ height: count === 0 ? 0 : Math.max(3, (count / most) * HEIGHT_PX) }} />
          </button>
        ))}
      </fieldset>
      <div className={classes.scale} aria-hidden="true">
        <span>{bars[0]?.year}</span>
        {bars.length > 1 && <span>{last}</span>}
      </div>
    </div>
  );
}
