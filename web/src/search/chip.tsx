// One term of the search: press it for the opposite (green dot, red dot), press x to drop it.
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { subjectOf, type Term } from "../query.ts";
import classes from "./chip.module.css";

const text = messages.search;

type ChipProps = {
  readonly term: Term;
  readonly onToggle: () => void;
  readonly onRemove: () => void;
};

export function Chip({ term, onToggle, onRemove }: ChipProps) {
  const name = term.kind === "like" ? text.imageName(term.inputId) : subjectOf(term);
  const isNegated = term.weight < 0;
  const explanation = isNegated ? text.include(name) : text.exclude(name);
  return (
    <li
      className={classes.chip}
      data-testid="chip"
      data-kind={term.kind}
      data-negated={isNegated || undefined}
    >
      <button
        type="button"
        className={classes.body}
        aria-label={explanation}
        aria-pressed={isNegated}
        title={explanation}
        onClick={onToggle}
      >
        <span className={classes.dot} />
        {term.kind === "like" ? (
          <Thumbnail inputId={term.inputId} />
        ) : (
          <span className={classes.name}>{name}</span>
        )}
      </button>
      <button
        type="button"
        className={classes.remove}
        aria-label={text.remove(name)}
        onClick={onRemove}
      >
        <Icon name="close" sizePx={14} />
      </button>
    </li>
  );
}

function Thumbnail({ inputId }: { readonly inputId: string }) {
  const { client } = usePortal();
  return <img className={classes.thumbnail} src={client.thumbnailUrl(inputId)} alt={text.image} />;
}
