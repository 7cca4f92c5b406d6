// What the first screen says. Every word of the Portal stands in the folder messages/, a file for each part of it; those
// of pages and dialogs load with them. A translation is the same folder with other words.
import { LOCALE } from "./messages/count-text.ts";
import { deletion } from "./messages/deletion.ts";
import { filters } from "./messages/filters.ts";
import { frame } from "./messages/frame.ts";
import { input } from "./messages/input.ts";
import { palette } from "./messages/palette.ts";
import { results } from "./messages/results.ts";
import { search } from "./messages/search.ts";
import { selection } from "./messages/selection.ts";
import { session } from "./messages/session.ts";
import { tile } from "./messages/tile.ts";
import { uploads } from "./messages/uploads.ts";
import { visualSearch } from "./messages/visual-search.ts";

export const messages = {
  locale: LOCALE,
  product: "Semblance",
  close: "Close",
  cancel: "Cancel",
  retry: "Retry",
  undo: "Undo",
  frame,
  search,
  visualSearch,
  palette,
  results,
  tile,
  selection,
  deletion,
  input,
  uploads,
  filters,
  session,
};
