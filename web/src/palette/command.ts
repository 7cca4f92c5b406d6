// One row of the command palette, and how rows are found by what is typed.
import type { IconName } from "../icon.tsx";
import type { messages } from "../messages.ts";
import { scoreMatch } from "./fuzzy.ts";

type Group = keyof typeof messages.palette.groups;

export type Command = {
  readonly id: string;
  readonly group: Group;
  readonly icon: IconName;
  readonly label: string;
  /** Key that does the same. */
  readonly keys?: string;
  /** A search whose words and pictures stand in place of the label. */
  readonly address?: string;
  /** Was found by the server: it is not matched again. */
  readonly isFound?: boolean;
  readonly run: () => void;
};

/** Rows of one group stand together. */
export type CommandGroup = { readonly group: Group; readonly commands: readonly Command[] };

const SHOWN_PER_GROUP = 8;
/** Of the best score. */
const LEAST_PART = 0.5;

/** The group with the best match first; nothing typed: as they are. */
export function findCommands(commands: readonly Command[], typed: string): readonly CommandGroup[] {
  const matching = commands.flatMap((command) => {
    const score = command.isFound ? 0 : scoreMatch(command.label, typed);
    return score === undefined ? [] : [{ command, score }];
  });
  // Letters that happen to be there only disturb where something is really meant.
  const least = LEAST_PART * Math.max(0, ...matching.map(({ score }) => score));
  const scored = matching.filter(({ command, score }) => command.isFound || score >= least);
  const groups = new Map<Group, typeof scored>();
  for (const one of scored) {
    groups.set(one.command.group, [...(groups.get(one.command.group) ?? []), one]);
  }
  const sorted = [...groups].map(([group, members]) => ({
    group,
    members: typed === "" ? members : members.sort((a, b) => b.score - a.score),
  }));
  if (typed !== "") sorted.sort((a, b) => b.members[0]!.score - a.members[0]!.score);
  return sorted.map(({ group, members }) => ({
    group,
    commands: members.slice(0, SHOWN_PER_GROUP).map(({ command }) => command),
  }));
}
