// Groups of failed inputs below each other; only the rows in view are drawn.
import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import type { Input } from "../../../src/client/input.ts";
import { IconButton } from "../controls/icon-button.tsx";
import { Icon } from "../icon.tsx";
import { failed as text } from "../messages/failed.ts";
import { usePortal } from "../portal.ts";
import { toDateText } from "../quantities.ts";
import classes from "./failed-page.module.css";
import type { FailedGroup } from "./reasons.ts";

const ROW_PX = 64;
const HEADER_PX = 88;
/** On phones the buttons stand below the words. */
const TALL_HEADER_PX = 132;

type FailedListProps = {
  readonly groups: readonly FailedGroup[];
  readonly onRetry: (ids: readonly string[]) => void;
};

type Row = FailedGroup | Input;

export function FailedList({ groups, onRetry }: FailedListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const isNarrow = useMediaQuery("(max-width: 640px)", false, { getInitialValueInEffect: false });
  const headerPx = isNarrow ? TALL_HEADER_PX : HEADER_PX;
  const rows: readonly Row[] = groups.flatMap((group) => [group, ...group.inputs]);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => keyOf(rows[index]) ?? index,
    estimateSize: (index) => (isGroup(rows[index]) ? headerPx : ROW_PX),
    overscan: 8,
  });
  return (
    <div ref={scroller} className={classes.scroller}>
      <ul
        className={classes.list}
        aria-label={text.list}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, start, size, key }) => {
          const row = rows[index];
          if (!row) return null;
          const style = { top: start, height: size };
          return isGroup(row) ? (
            <li key={key} style={style} className={classes.group} data-testid="failed-group">
              <GroupHeader group={row} onRetry={onRetry} />
            </li>
          ) : (
            <li key={key} style={style} data-testid="failed-input">
              <FailedInput input={row} onRetry={onRetry} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function isGroup(row: Row | undefined): row is FailedGroup {
  return row !== undefined && "inputs" in row;
}

function keyOf(row: Row | undefined): string | undefined {
  if (!row) return undefined;
  return isGroup(row) ? `group ${row.reason}` : row.id;
}

type GroupHeaderProps = {
  readonly group: FailedGroup;
  readonly onRetry: (ids: readonly string[]) => void;
};

function GroupHeader({ group: { reason, inputs }, onRetry }: GroupHeaderProps) {
  const { deletions } = usePortal();
  const ids = inputs.map(({ id }) => id);
  return (
    <>
      <div className={classes.words}>
        <h2>{text.reasons[reason]}</h2>
        <p>{text.advice[reason]}</p>
      </div>
      <Button size="xs" variant="default" onClick={() => onRetry(ids)}>
        {text.retryGroup(ids.length)}
      </Button>
      <Button size="xs" variant="default" onClick={() => deletions.request(ids)}>
        {text.removeGroup(ids.length)}
      </Button>
    </>
  );
}

type FailedInputProps = {
  readonly input: Input;
  readonly onRetry: (ids: readonly string[]) => void;
};

function FailedInput({ input, onRetry }: FailedInputProps) {
  const { deletions } = usePortal();
  return (
    <>
      <Icon name="alert" />
      <div className={classes.words}>
        <div className={classes.name} title={input.name} dir="auto">
          {input.name}
        </div>
        <div className={classes.reason} title={input.failure}>
          {input.failure}
        </div>
      </div>
      {input.createdAt && (
        <time className={classes.time} dateTime={input.createdAt.toISOString()}>
          {toDateText(input.createdAt)}
        </time>
      )}
      <IconButton icon="retry" label={text.retry(input.name)} onClick={() => onRetry([input.id])} />
      <IconButton
        icon="trash"
        label={text.remove(input.name)}
        onClick={() => deletions.request([input.id])}
      />
    </>
  );
}
