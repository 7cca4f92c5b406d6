// What can be done with the selected inputs.
import { useWindowEvent } from "@mantine/hooks";
import { Icon } from "../icon.tsx";
import { isPlainKey } from "../keys/plain-key.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { like } from "../query.ts";
import { useSearch } from "../search/use-search.ts";
import { useSelected } from "./selection.ts";
import classes from "./selection-bar.module.css";

const text = messages.selection;
/** The server takes 64 terms; a bar full of pictures helps nobody long before that. */
const SIMILAR_MAX = 16;

export function SelectionBar() {
  const { deletions, selection } = usePortal();
  const selected = useSelected();
  const { search } = useSearch();
  const ids = [...selected.ids];
  useWindowEvent("keydown", (event) => {
    if (event.key === "Escape" && isPlainKey(event)) selection.clear();
  });
  if (ids.length === 0) return null;
  return (
    <section className={classes.bar} aria-label={text.label} data-testid="selection-bar">
      <strong role="status">{text.count(ids.length)}</strong>
      <button
        type="button"
        disabled={ids.length > SIMILAR_MAX}
        onClick={() => {
          search(like(ids));
          selection.clear();
        }}
      >
        <Icon name="search" sizePx={18} />
        <span>{text.similar}</span>
      </button>
      <button
        type="button"
        onClick={() => {
          deletions.request(ids);
          selection.clear();
        }}
      >
        <Icon name="trash" sizePx={18} />
        <span>{text.delete}</span>
      </button>
      <button type="button" aria-label={text.clear} title={text.clear} onClick={selection.clear}>
        <Icon name="close" sizePx={18} />
      </button>
    </section>
  );
}
