// The grid and what stands above it.
import { plural, toCountText } from "./count-text.ts";

export const results = {
  inputs: (count: number) => plural(count, "input", "inputs"),
  matches: (count: number) => plural(count, "match", "matches"),
  newestFirst: "newest first",
  bestFirst: "best first",
  pending: (count: number) => `${toCountText(count)} being indexed`,
  failed: (count: number) => `${toCountText(count)} failed`,
  showNew: "Show new inputs",
  scores: "Show scores",
  tileSize: "Tile size",
  grid: "Images",
  none: "Nothing to rank yet",
  noneHint: "Pictures become searchable as soon as they are indexed.",
  indexing: (count: number) => `Indexing ${plural(count, "picture", "pictures")}`,
  indexingHint: "They appear here as soon as they are searchable.",
  errorTitle: "This search did not work",
};
