// Which pictures of the groups are to go: all but the first of each, unless somebody says otherwise.
import type { CopyGroup } from "../../../src/client/explore.ts";
import type { Input } from "../../../src/client/input.ts";

/** What somebody said: by id, whether it is to go. */
export type Marks = ReadonlyMap<string, boolean>;

/** Those that are to go. Never all of a group by suggestion alone. */
export function markedOf(inputs: readonly Input[], marks: Marks): readonly Input[] {
  return inputs.filter(({ id }, place) => marks.get(id) ?? place > 0);
}

export function withMark(marks: Marks, id: string, isMarked: boolean): Marks {
  return new Map([...marks, [id, isMarked]]);
}

/** The group without what is hidden; undefined if nothing is left to compare. */
export function shownGroup(group: CopyGroup, hidden: ReadonlySet<string>): CopyGroup | undefined {
  const places = [...group.inputs.keys()].filter((i) => !hidden.has(group.inputs[i]?.id ?? ""));
  if (places.length < 2) return undefined;
  return {
    inputs: places.flatMap((i) => group.inputs[i] ?? []),
    similarities: places.flatMap((i) => group.similarities[i] ?? []),
  };
}

export function sizeOf(inputs: readonly Input[]): number {
  return inputs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
