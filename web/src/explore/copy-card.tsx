// One picture of a group: large enough to compare, what tells it apart, and whether it goes.
import type { Input } from "../../../src/client/input.ts";
import { Icon } from "../icon.tsx";
import { explore as text } from "../messages/explore.ts";
import { useSearch } from "../search/use-search.ts";
import classes from "./copies.module.css";
import type { Fact } from "./facts.ts";

type CopyCardProps = {
  readonly input: Input;
  readonly facts: readonly Fact[];
  /** To the first of the group, 0..1. */
  readonly similarity: number;
  readonly isBest: boolean;
  readonly isMarked: boolean;
  readonly onMark: (isMarked: boolean) => void;
};

export function CopyCard({ input, facts, similarity, isBest, isMarked, onMark }: CopyCardProps) {
  const { view } = useSearch();
  const { id, name, thumbnailUrl } = input;
  return (
    <li className={classes.card} data-marked={isMarked || undefined} data-testid="copy">
      <button
        type="button"
        className={classes.picture}
        aria-label={text.open(name)}
        onClick={() => view(id)}
      >
        <img src={thumbnailUrl} alt="" loading="lazy" decoding="async" draggable={false} />
        <span className={classes.badge} data-best={isBest || undefined}>
          {isBest ? text.best : text.percent(similarity)}
        </span>
      </button>
      <p className={classes.name} title={name} dir="auto">
        {name}
      </p>
      <dl className={classes.facts}>
        {facts.map(({ name: fact, value, isDifferent, isBest: isBestFact }) => (
          <div
            key={fact}
            data-different={isDifferent || undefined}
            data-best={isBestFact || undefined}
          >
            <dt>{fact}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className={classes.choice}>
        <Choice
          label={text.keep}
          title={text.keepPicture(name)}
          icon="check"
          isOn={!isMarked}
          onClick={() => onMark(false)}
        />
        <Choice
          label={text.delete}
          title={text.deletePicture(name)}
          icon="trash"
          isOn={isMarked}
          onClick={() => onMark(true)}
        />
      </div>
    </li>
  );
}

type ChoiceProps = {
  readonly label: string;
  readonly title: string;
  readonly icon: "check" | "trash";
  readonly isOn: boolean;
  readonly onClick: () => void;
};

function Choice({ label, title, icon, isOn, onClick }: ChoiceProps) {
  return (
    <button type="button" aria-label={title} aria-pressed={isOn} data-icon={icon} onClick={onClick}>
      <Icon name={icon} sizePx={16} />
      {label}
    </button>
  );
}
