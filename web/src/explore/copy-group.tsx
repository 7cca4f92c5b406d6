// A group of near-duplicates side by side, with what can be done about it.
import { Button } from "@mantine/core";
import { useState } from "react";
import type { CopyGroup as Group } from "../../../src/client/explore.ts";
import { explore as text } from "../messages/explore.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import classes from "./copies.module.css";
import { CopyCard } from "./copy-card.tsx";
import { factsOf } from "./facts.ts";
import { type Marks, markedOf } from "./marks.ts";

type CopyGroupProps = {
  readonly group: Group;
  readonly title: string;
  readonly marks: Marks;
  readonly onMark: (id: string, isMarked: boolean) => void;
};

export function CopyGroup({ group, title, marks, onMark }: CopyGroupProps) {
  const { client, deletions } = usePortal();
  const [isKept, setIsKept] = useState(false);
  const { inputs, similarities } = group;
  const marked = markedOf(inputs, marks);
  const facts = factsOf(inputs);

  function keep(isToBeKept: boolean): void {
    setIsKept(isToBeKept);
    const ids = inputs.map(({ id }) => id);
    client.keepCopies(ids, isToBeKept).catch(() => setIsKept(!isToBeKept));
  }

  function mark(place: number): void {
    const input = inputs[place];
    if (input) onMark(input.id, !marked.includes(input));
  }

  function press(event: React.KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Delete") deletions.request(marked.map(({ id }) => id));
    else if (event.key === "a") keep(true);
    else if (/^[1-9]$/.test(event.key)) mark(Number(event.key) - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <section
      className={classes.group}
      aria-label={title}
      tabIndex={-1}
      onKeyDown={press}
      data-testid="copy-group"
    >
      <header>
        <h2>{title}</h2>
        {isKept ? (
          <p role="status">
            {text.keptAll}
            <Button variant="subtle" size="compact-sm" onClick={() => keep(false)}>
              {messages.undo}
            </Button>
          </p>
        ) : (
          <>
            <Button variant="default" size="xs" onClick={() => keep(true)}>
              {text.keepAll}
            </Button>
            <Button
              size="xs"
              disabled={marked.length === 0}
              onClick={() => deletions.request(marked.map(({ id }) => id))}
            >
              {marks.size === 0 || marked.length === inputs.length - 1
                ? text.deleteOthers(marked.length)
                : text.deleteMarked(marked.length)}
            </Button>
          </>
        )}
      </header>
      {!isKept && (
        <ul>
          {inputs.map((input, i) => (
            <CopyCard
              key={input.id}
              input={input}
              facts={facts[i] ?? []}
              similarity={similarities[i] ?? 1}
              isBest={i === 0}
              isMarked={marked.includes(input)}
              onMark={(isMarked) => onMark(input.id, isMarked)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
