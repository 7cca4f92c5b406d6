// All groups that are loaded, moved through by keys, with one button for everything that is suggested.
import { Button } from "@mantine/core";
import { useWindowEvent } from "@mantine/hooks";
import { useRef, useState } from "react";
import type { CopyGroup as Group } from "../../../src/client/explore.ts";
import { isPlainKey } from "../keys/plain-key.ts";
import { explore as text } from "../messages/explore.ts";
import { usePortal } from "../portal.ts";
import { toSizeText } from "../quantities.ts";
import classes from "./copies.module.css";
import { CopyGroup } from "./copy-group.tsx";
import { type Marks, markedOf, shownGroup, sizeOf, withMark } from "./marks.ts";

const STEPS: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

type CopiesListProps = {
  readonly groups: readonly Group[];
  readonly total: number;
  readonly hidden: ReadonlySet<string>;
  readonly next: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetch: () => void;
  };
};

export function CopiesList({ groups, total, hidden, next }: CopiesListProps) {
  const { deletions } = usePortal();
  const [marks, setMarks] = useState<Marks>(new Map());
  const list = useRef<HTMLDivElement>(null);
  const shown = groups.flatMap((group, i) => {
    const left = shownGroup(group, hidden);
    return left ? [{ group: left, place: i + 1 }] : [];
  });
  const marked = shown.flatMap(({ group }) => markedOf(group.inputs, marks));
  useWindowEvent("keydown", (event) => {
    const step = STEPS[event.key];
    if (step === undefined || !isPlainKey(event)) return;
    event.preventDefault();
    focusGroup(list.current, step);
  });
  return (
    <div className={classes.page} ref={list}>
      <div className={classes.summary}>
        <Button
          size="sm"
          disabled={marked.length === 0}
          onClick={() => deletions.request(marked.map(({ id }) => id))}
        >
          {text.deleteAll(shown.length, marked.length, toSizeText(sizeOf(marked)))}
        </Button>
        <p>{text.keysHint}</p>
      </div>
      {shown.map(({ group, place }) => (
        <CopyGroup
          key={group.inputs[0]?.id}
          group={group}
          title={text.group(place, total)}
          marks={marks}
          onMark={(id, isMarked) => setMarks(withMark(marks, id, isMarked))}
        />
      ))}
      {shown.length === 0 && !next.hasNextPage && <p role="status">{text.noCopies}</p>}
      {next.hasNextPage && (
        <Button variant="default" loading={next.isFetchingNextPage} onClick={next.fetch}>
          {text.more}
        </Button>
      )}
    </div>
  );
}

function focusGroup(list: HTMLElement | null, step: number): void {
  const groups = [...(list?.querySelectorAll<HTMLElement>("[data-testid=copy-group]") ?? [])];
  const now = groups.findIndex((group) => group.contains(document.activeElement));
  const next = groups[now === -1 ? 0 : Math.min(groups.length - 1, Math.max(0, now + step))];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "start" });
}
