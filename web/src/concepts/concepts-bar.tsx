// What can be done with the concepts that are selected.
import { useWindowEvent } from "@mantine/hooks";
import shared from "../controls/floating-bar.module.css";
import { IconButton } from "../controls/icon-button.tsx";
import { Icon } from "../icon.tsx";
import { isPlainKey } from "../keys/plain-key.ts";
import { concepts as text } from "../messages/concepts.ts";
import classes from "./concepts-bar.module.css";

type ConceptsBarProps = {
  readonly count: number;
  readonly onMerge: () => void;
  readonly onDelete: () => void;
  readonly onClear: () => void;
};

export function ConceptsBar({ count, onMerge, onDelete, onClear }: ConceptsBarProps) {
  useWindowEvent("keydown", (event) => {
    if (event.key === "Escape" && isPlainKey(event)) onClear();
  });
  if (count === 0) return null;
  return (
    <section
      className={`${shared.bar} ${classes.bar}`}
      aria-label={text.selection}
      data-testid="concepts-bar"
    >
      <strong role="status">{text.selected(count)}</strong>
      <button type="button" disabled={count < 2} onClick={onMerge}>
        <Icon name="link" sizePx={18} />
        {text.merge}
      </button>
      <button type="button" onClick={onDelete}>
        <Icon name="trash" sizePx={18} />
        {text.delete}
      </button>
      <IconButton icon="close" label={text.clear} onClick={onClear} />
    </section>
  );
}
