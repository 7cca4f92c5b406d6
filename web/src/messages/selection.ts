// What can be done with selected images.
import { plural, toCountText } from "./count-text.ts";

export const selection = {
  label: "Selection",
  count: (count: number) => `${toCountText(count)} selected`,
  busy: "Selecting…",
  selectAll: (count: number) => `Select all ${plural(count, "result", "results")}`,
  rangeTooLong: (count: number) =>
    `A range can have ${toCountText(count)} images at most. Press Ctrl+A to select all results.`,
  labels: "Label as…",
  metadata: "Edit metadata",
  datasets: "Dataset…",
  train: "Train a concept…",
  more: "More",
  similar: "Similar to these",
  /** Beside what is searched for. */
  feedback: { more: "More like these", less: "Less like these" },
  delete: "Delete",
  clear: "Clear selection",
};
