// Groups of near-duplicates in a set of rows -> one row of each group, and the others behind it.

/** Rows that stay, in their order, and for each that stands for others those others, by row. */
export type Collapsed = {
  readonly rows: Float64Array;
  readonly copies: ReadonlyMap<number, readonly number[]>;
};

/** Of each group stays its leader or, where that is not among the rows, the input with the lowest row.
 *  `inputs`: the inputs that the rows belong to; `leaders`: by input, those of inputs that are in a group. */
export function collapse(
  rows: Float64Array,
  inputs: Float64Array,
  leaders: ReadonlyMap<number, number>,
): Collapsed {
  const groups = new Map<number, number[]>();
  const kept: number[] = [];
  inputs.forEach((input, i) => {
    const leader = leaders.get(input);
    if (leader === undefined) return;
    const group = groups.get(leader);
    if (group) group.push(i);
    else groups.set(leader, [i]);
  });
  const first = new Map(
    [...groups].map(([leader, group]) => [leader, chooseFirst(group, inputs, leader)]),
  );
  rows.forEach((row, i) => {
    const leader = leaders.get(inputs[i]!);
    if (leader === undefined || first.get(leader) === i) kept.push(row);
  });
  const copies = [...groups].flatMap(([leader, group]) => {
    const shown = first.get(leader)!;
    const others = group.filter((i) => i !== shown).map((i) => rows[i]!);
    return others.length > 0 ? [[rows[shown]!, others] as const] : [];
  });
  return { rows: Float64Array.from(kept), copies: new Map(copies) };
}

// The place of the leader or of the lowest input; a group has one at least.
function chooseFirst(group: readonly number[], inputs: Float64Array, leader: number): number {
  const place = group.find((i) => inputs[i] === leader);
  return place ?? group.reduce((best, i) => (inputs[i]! < inputs[best]! ? i : best));
}
