// What can be done with selected images.
import { toCountText } from "./count-text.ts";

export const selection = {
  label: "Selection",
  count: (count: number) => `${toCountText(count)} selected`,
  similar: "Similar to these",
  delete: "Delete",
  clear: "Clear selection",
};
