// Words for what everything here is.
export const PICTURES: ReadonlySet<string> = new Set(
  "picture pictures photo photos image images photograph photographs pic pics snapshot snapshots".split(
    " ",
  ),
);
