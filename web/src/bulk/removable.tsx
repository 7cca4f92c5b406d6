// What the inputs have, each to be marked for removal.
import classes from "./bulk-dialog.module.css";

type RemovableProps = {
  readonly label: string;
  /** With how many of them have it. */
  readonly words: readonly (readonly [string, number])[];
  readonly removed: ReadonlySet<string>;
  readonly onChange: (removed: ReadonlySet<string>) => void;
};

export function Removable({ label, words, removed, onChange }: RemovableProps) {
  if (words.length === 0) return null;
  function toggle(word: string): void {
    const next = new Set(removed);
    if (!next.delete(word)) next.add(word);
    onChange(next);
  }
  return (
    <fieldset className={classes.group}>
      <legend>{label}</legend>
      <div className={classes.toggles}>
        {words.map(([word, count]) => (
          <button
            key={word}
            type="button"
            dir="auto"
            className={classes.toggle}
            aria-pressed={removed.has(word)}
            data-testid="removable"
            onClick={() => toggle(word)}
          >
            {word}
            {count > 1 && <small>{count}</small>}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
