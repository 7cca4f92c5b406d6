// One image of the grid.
import { plural, toCountText } from "./count-text.ts";

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
  unlike: (name: string) => `unlike ${name}`,
  copies: (count: number) => plural(count, "near-duplicate", "near-duplicates"),
  more: (count: number) => `+${toCountText(count)}`,
  showAll: "Show all similar",
};
