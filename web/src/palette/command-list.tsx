// The rows of the command palette, by group.
import { useEffect, useRef } from "react";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import { QueryWords } from "../search/query-words.tsx";
import type { Command, CommandGroup } from "./command.ts";
import classes from "./palette.module.css";

const text = messages.palette;

type CommandListProps = {
  readonly id: string;
  readonly groups: readonly CommandGroup[];
  readonly activeIndex: number;
  readonly onRun: (command: Command) => void;
};

export function CommandList({ id, groups, activeIndex, onRun }: CommandListProps) {
  const order = groups.flatMap(({ commands }) => commands);
  return (
    <div id={id} role="listbox" aria-label={text.results} className={classes.list}>
      {groups.map(({ group, commands }) => (
        // biome-ignore lint/a11y/useSemanticElements: groups of a list box
        <div key={group} role="group" aria-label={text.groups[group]}>
          <div className={classes.heading} aria-hidden="true">
            {text.groups[group]}
          </div>
          {commands.map((command) => {
            const index = order.indexOf(command);
            return (
              <Row
                key={command.id}
                id={`${id}-${index}`}
                command={command}
                isActive={index === activeIndex}
                onRun={onRun}
              />
            );
          })}
        </div>
      ))}
    </div>
  );
}

type RowProps = {
  readonly id: string;
  readonly command: Command;
  readonly isActive: boolean;
  readonly onRun: (command: Command) => void;
};

function Row({ id, command, isActive, onRun }: RowProps) {
  const row = useRef<HTMLDivElement>(null);
  const { icon, label, keys, address } = command;
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: "nearest" });
  }, [isActive]);
  return (
    // Rows are never focused: the text field keeps the focus and its keys (ARIA combobox).
    <div
      ref={row}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className={classes.row}
      data-testid="command"
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onRun(command)}
      onKeyDown={undefined}
    >
      <Icon name={icon} sizePx={18} />
      {address === undefined ? (
        <span className={classes.label} dir="auto">
          {label}
        </span>
      ) : (
        <QueryWords address={address} />
      )}
      {keys && <kbd>{keys}</kbd>}
    </div>
  );
}
