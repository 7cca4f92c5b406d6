// One image of the grid.
import { plural, toCountText } from "./count-text.ts";

export const tile = {
  /** `object`: what is shown of it. */
  open: (name: string, object?: string) => `Open ${name}${object ? `: ${object}` : ""}`,
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
