// Twelve colours that can cover a good part of a picture.
import { COLOURS } from "../../../src/client/search.ts";
import { messages } from "../messages.ts";
import classes from "./colour-section.module.css";
import panel from "./filter-panel.module.css";
import { Swatch } from "./swatch.tsx";
import { ValueRow } from "./value-list.tsx";
import type { SectionProps } from "./value-sections.tsx";

const text = messages.filters;

export function ColourSection({ facets, filters }: SectionProps) {
  const counts = new Map(facets?.colours.map(({ colour, count }) => [colour, count]));
  const chosen = COLOURS.filter((colour) => filters.find({ kind: "colour", colour }));
  return (
    <>
      <div className={classes.colours}>
        {COLOURS.map((colour) => {
          const name = text.colours[colour];
          const label = facets ? text.count(name, counts.get(colour) ?? 0) : name;
          return (
            <button
              key={colour}
              type="button"
              aria-pressed={chosen.includes(colour)}
              aria-label={label}
              title={label}
              onClick={() => filters.toggle({ kind: "colour", colour })}
            >
              <Swatch colour={colour} />
            </button>
          );
        })}
      </div>
      <ul className={panel.chosen}>
        {chosen.map((colour) => (
          <ValueRow
            key={colour}
            filters={filters}
            choice={{
              value: { kind: "colour", colour },
              name: text.colours[colour],
              count: counts.get(colour) ?? 0,
              mark: <Swatch colour={colour} />,
            }}
          />
        ))}
      </ul>
    </>
  );
}
