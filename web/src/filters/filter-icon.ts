// Which icon stands for a filter.
import type { FilterKind } from "../filter.ts";
import type { IconName } from "../icon.tsx";

export const FILTER_ICONS: Readonly<Record<FilterKind, IconName>> = {
  label: "label",
  unlabeled: "label",
  dataset: "dataset",
  unassigned: "dataset",
  type: "file",
  status: "clock",
  taken: "calendar",
  added: "calendar",
  placed: "map",
  box: "map",
  near: "map",
  shape: "crop",
  size: "crop",
  colour: "images",
  metadata: "info",
  name: "file",
  objects: "boxes",
};
