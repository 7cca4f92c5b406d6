// An area of the map as four numbers: for keys, for screen readers, and to be exact.
import { messages } from "../messages.ts";
import { Field, FieldError } from "./field.tsx";
import type { Box } from "./map-view.ts";
import classes from "./place-section.module.css";
import { useTypedParts } from "./use-typed.ts";

const text = messages.filters;

const SIDES = [
  { side: "south", most: 90 },
  { side: "north", most: 90 },
  { side: "west", most: 180 },
  { side: "east", most: 180 },
] as const;

type AreaFieldsProps = {
  readonly box: Box | undefined;
  readonly onChoose: (box: Box | undefined) => void;
};

export function AreaFields({ box, onChoose }: AreaFieldsProps) {
  const { parts, type } = useTypedParts(toTexts(box), (typed) => {
    const area = toArea(typed);
    if (area || typed.every((part) => part === "")) onChoose(area);
    return area && toTexts(area);
  });
  const isComplete = parts.every((part) => part !== "");
  return (
    <details className={classes.area}>
      <summary>{text.typeArea}</summary>
      <div className={classes.sides}>
        {SIDES.map(({ side, most }, place) => (
          <Field
            key={side}
            type="number"
            inputMode="decimal"
            step="any"
            min={-most}
            max={most}
            label={text.sides[side]}
            value={parts[place] ?? ""}
            onType={(degrees) => type(place, degrees)}
          />
        ))}
      </div>
      {isComplete && !toArea(parts) && <FieldError>{text.badArea}</FieldError>}
    </details>
  );
}

function toTexts(box: Box | undefined): readonly string[] {
  return SIDES.map(({ side }) => (box ? String(box[side]) : ""));
}

/** A west greater than the east is one, across the date line. */
function toArea(parts: readonly string[]): Box | undefined {
  const isGood = SIDES.every(({ most }, place) => {
    const part = parts[place] ?? "";
    return part.trim() !== "" && Math.abs(Number(part)) <= most;
  });
  const [south = 0, north = 0, west = 0, east = 0] = parts.map(Number);
  return isGood && south <= north ? { south, west, north, east } : undefined;
}
