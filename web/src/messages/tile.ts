// One image of the grid.

export const tile = {
  open: (name: string) => `Open ${name}`,
  select: "Select",
  deselect: "Deselect",
  similar: "Find similar",
  info: "Info",
  delete: "Delete",
  pending: "Being indexed",
  failed: "Not indexed",
  deleted: "Deleted",
  score: "Score",
};
