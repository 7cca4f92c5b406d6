// What could not be indexed.
import { plural, toCountText } from "./count-text.ts";

export const failed = {
  title: (count: number) => `${plural(count, "input", "inputs")} failed`,
  hint: "They were received but could not be indexed. Grouped by what went wrong.",
  back: "Back to Inputs",
  none: "Nothing failed",
  noneHint: "Every input was indexed.",
  remove: (name: string) => `Remove ${name}`,
  removeAll: "Remove all",
  removeGroup: (count: number) => `Remove ${toCountText(count)}`,
  retry: (name: string) => `Retry ${name}`,
  retryAll: "Retry all",
  retryGroup: (count: number) => `Retry ${toCountText(count)}`,
  retried: (count: number) => `${plural(count, "input is", "inputs are")} tried again.`,
  list: "Failed inputs",
  reasons: {
    unsupported: "Not a picture that Semblance can read",
    damaged: "Damaged pictures",
    large: "Too large",
    address: "Addresses that gave no picture",
    cancelled: "Cancelled",
    gone: "Files that are gone",
    duplicate: "Already here",
    other: "Other reasons",
  },
  advice: {
    unsupported: "Save them as JPEG, PNG or WebP and upload them again.",
    damaged: "Copy them from where they came from, once more.",
    large: "At most 20 MB and 85 megapixels each: make them smaller.",
    address: "Open one in a browser: is it there, and is it a picture? Then retry.",
    cancelled: "Retry to fetch them after all.",
    gone: "Put the files back where they were, then retry.",
    duplicate: "Remove them: another input shows the same picture.",
    other: "Retry; if they fail again, the reason of each says more.",
  },
};
