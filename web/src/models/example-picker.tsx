// The images to learn from; some may be left out.
import { Icon } from "../icon.tsx";
import { models as modelsText } from "../messages/models.ts";
import { usePortal } from "../portal.ts";
import classes from "./example-picker.module.css";

const text = modelsText.dialog;
/** More than anyone looks at; all of them are learned from. */
const SHOWN_MAX = 60;

type ExamplePickerProps = {
  readonly ids: readonly string[];
  /** Those that are not to be learned from. */
  readonly left: ReadonlySet<string>;
  readonly onChange: (left: ReadonlySet<string>) => void;
};

export function ExamplePicker({ ids, left, onChange }: ExamplePickerProps) {
  const { client } = usePortal();

  const shown = ids.slice(0, SHOWN_MAX);

  function toggle(id: string): void {
    const next = new Set(left);
    if (!next.delete(id)) next.add(id);
    onChange(next);
  }

  return (
    <fieldset className={classes.examples}>
      <legend>{text.chosen(ids.length - left.size, ids.length)}</legend>
      {shown.map((id, index) => (
        <label key={id} data-testid="train-example">
          <input
            type="checkbox"
            aria-label={text.use(index + 1)}
            checked={!left.has(id)}
            onChange={() => toggle(id)}
          />
          <img src={client.thumbnailUrl(id)} alt="" decoding="async" />
          <span>
            <Icon name="check" sizePx={14} />
          </span>
        </label>
      ))}
    </fieldset>
  );
}
