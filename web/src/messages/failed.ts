// What could not be indexed.
import { plural } from "./count-text.ts";

export const failed = {
  title: (count: number) => `${plural(count, "input", "inputs")} failed`,
  hint: "These files were received but could not be indexed.",
  back: "Back to Inputs",
  none: "Nothing failed",
  noneHint: "Every input was indexed.",
  remove: (name: string) => `Remove ${name}`,
  removeAll: "Remove all",
  list: "Failed inputs",
};
