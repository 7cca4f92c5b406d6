// Text that was read in a picture: where it stands, and as lines that can be searched for.
import type { Input } from "../../../src/client/input.ts";
import { viewer as text } from "../messages/viewer.ts";
import classes from "./read-text.module.css";
import { Section } from "./section.tsx";

type Lines = NonNullable<Input["reading"]>["lines"];

/** Over the picture. */
export function ReadOutlines({ lines }: { readonly lines: Lines }) {
  return (
    <svg
      className={classes.outlines}
      viewBox="0 0 1 1"
      preserveAspectRatio="none"
      aria-hidden="true"
      data-testid="read-outlines"
    >
      {lines.map(({ corners }) => {
        const points = corners.map(({ x, y }) => `${x},${y}`).join(" ");
        return <polygon key={points} points={points} />;
      })}
    </svg>
  );
}

type ReadTextProps = {
  readonly lines: Lines;
  readonly onSearch: (line: string) => void;
};

/** Beside it. */
export function ReadText({ lines, onSearch }: ReadTextProps) {
  return (
    <Section title={text.readText} testId="read-text">
      <ul className={classes.lines}>
        {lines.map((line) => (
          <li key={line.corners.map(({ x, y }) => `${x},${y}`).join(" ")}>
            <button
              type="button"
              dir="auto"
              title={text.searchText(line.text)}
              onClick={() => onSearch(line.text)}
            >
              {line.text}
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
