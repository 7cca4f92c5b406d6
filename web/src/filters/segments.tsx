// One of a few: a switch of named parts.
import classes from "./segments.module.css";

type SegmentsProps<Value extends string> = {
  readonly label: string;
  readonly parts: readonly { readonly value: Value; readonly name: string }[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
};

export function Segments<Value extends string>(props: SegmentsProps<Value>) {
  const { label, parts, chosen, onChoose } = props;
  return (
    <fieldset className={classes.segments} aria-label={label}>
      {parts.map(({ value, name }) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === chosen}
          onClick={() => onChoose(value)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
