// An area of the map as four numbers: for keys, for screen readers, and to be exact.
import { useState } from "react";
import { messages } from "../messages.ts";
import { Field, FieldError } from "./field.tsx";
import type { Box } from "./map-view.ts";
import classes from "./place-section.module.css";

const text = messages.filters;

type Side = keyof Box;
const SIDES = [
  { side: "south", most: 90 },
  { side: "north", most: 90 },
  { side: "west", most: 180 },
  { side: "east", most: 180 },
] as const satisfies readonly { readonly side: Side; readonly most: number }[];
const EMPTY = { south: "", west: "", north: "", east: "" };

type AreaFieldsProps = {
  readonly box: Box | undefined;
  readonly onChoose: (box: Box | undefined) => void;
};

export function AreaFields({ box, onChoose }: AreaFieldsProps) {
  // What is typed but no area yet.
  const [typed, setTyped] = useState<Partial<Record<Side, string>>>({});
  const sides = { ...(box ? toTexts(box) : EMPTY), ...typed };
  const isComplete = SIDES.every(({ side }) => sides[side] !== "");
  const take = (side: Side, value: string): undefined => {
    const next = { ...sides, [side]: value };
    const area = toArea(next);
    setTyped(area ? {} : { ...typed, [side]: value });
    if (area) onChoose(area);
    else if (Object.values(next).every((each) => each === "")) onChoose(undefined);
  };
  return (
    <details className={classes.area}>
      <summary>{text.typeArea}</summary>
      <div className={classes.sides}>
        {SIDES.map(({ side, most }) => (
          <Field
            key={side}
            type="number"
            inputMode="decimal"
            step="any"
            min={-most}
            max={most}
            label={text.sides[side]}
            value={sides[side]}
            onTyped={(value) => take(side, value)}
          />
        ))}
      </div>
      {isComplete && !toArea(sides) && <FieldError>{text.badArea}</FieldError>}
    </details>
  );
}

function toTexts(box: Box): Record<Side, string> {
  return {
    south: String(box.south),
    west: String(box.west),
    north: String(box.north),
    east: String(box.east),
  };
}

/** A west greater than the east is one, across the date line. */
function toArea(sides: Readonly<Record<Side, string>>): Box | undefined {
  const isGood = SIDES.every(({ side, most }) => {
    return sides[side].trim() !== "" && Math.abs(Number(sides[side])) <= most;
  });
  const [south, west, north, east] = [sides.south, sides.west, sides.north, sides.east].map(Number);
  if (!isGood || south! > north!) return undefined;
  return { south: south!, west: west!, north: north!, east: east! };
}
