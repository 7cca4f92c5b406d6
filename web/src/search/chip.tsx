// One term of the search: press it for the opposite (green dot, red dot), weigh it, drop it.
import { type KeyboardEvent, useState } from "react";
import shared from "../controls/chip.module.css";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import { subjectOf, type Term } from "../query.ts";
import { sourceOf } from "../visual-search/picture-source.ts";
import classes from "./chip.module.css";
import { ChipMenu } from "./chip-menu.tsx";
import { ChipPicture } from "./chip-picture.tsx";
import { nextWeight, toWeightText } from "./weights.ts";

const text = messages.search;

export type ChipProps = {
  readonly term: Term;
  /** `weight` is never 0. */
  readonly onWeigh: (weight: number) => void;
  readonly onToggle: () => void;
  readonly onRemove: () => void;
  /** Opens the cropping of its picture. */
  readonly onCrop: () => void;
};

/** An item of a list. */
export function Chip({ term, onWeigh, onToggle, onRemove, onCrop }: ChipProps) {
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  const [isGone, setIsGone] = useState(false);
  const { weight } = term;
  const isNegated = weight < 0;
  const name = nameOf(term);
  const weightText = toWeightText(weight);
  // What it is called starts with what it shows.
  const shown = weightText ? `${name} ${weightText}` : name;
  const meaning = isNegated ? text.include(shown) : text.exclude(shown);
  const explanation = isGone ? text.goneHint(name) : meaning;

  function onKeyDown(event: KeyboardEvent): void {
    const run = keys[event.key];
    if (!run || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    run();
  }
  const keys: Record<string, (() => void) | undefined> = {
    "+": () => onWeigh(nextWeight(weight, 1)),
    "=": () => onWeigh(nextWeight(weight, 1)),
    "-": () => onWeigh(nextWeight(weight, -1)),
    ArrowDown: () => setIsMenuOpen(true),
  };

  return (
    <li
      className={`${shared.chip} ${classes.chip}`}
      data-testid="chip"
      data-kind={term.kind}
      data-negated={isNegated || undefined}
      data-gone={isGone || undefined}
      data-weight={weight}
    >
      <button
        type="button"
        className={`${shared.part} ${classes.body}`}
        aria-label={explanation}
        aria-pressed={isNegated}
        aria-keyshortcuts="+ - Delete ArrowDown"
        title={explanation}
        onClick={onToggle}
        onKeyDown={onKeyDown}
      >
        <span className={classes.dot} />
        {sourceOf(term) ? (
          <ChipPicture term={term} isGone={isGone} onGone={() => setIsGone(true)} />
        ) : (
          <span className={classes.name} dir="auto">
            {name}
          </span>
        )}
        {/* A space between the two, for those who hear them. */}
        {weightText && <span className={classes.weight}> {weightText}</span>}
      </button>
      <ChipMenu
        name={name}
        weight={weight}
        isOpen={isMenuOpen}
        onOpen={setIsMenuOpen}
        onWeigh={onWeigh}
        onToggle={onToggle}
        onRemove={onRemove}
        onCrop={sourceOf(term) && !isGone ? onCrop : undefined}
      />
      <button
        type="button"
        // Del does the same on the chip.
        tabIndex={-1}
        className={`${shared.part} ${classes.remove}`}
        aria-label={text.remove(name)}
        onClick={onRemove}
      >
        <Icon name="close" sizePx={14} />
      </button>
    </li>
  );
}

function nameOf(term: Term): string {
  switch (term.kind) {
    case "like":
      return text.imageName(term.inputId);
    case "example":
      return text.exampleName;
    default:
      return subjectOf(term);
  }
}
