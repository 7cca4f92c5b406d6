// Every word that the Portal says, a file for each part of it. A translation is another object of this shape.
import { LOCALE } from "./messages/count-text.ts";
import { deletion } from "./messages/deletion.ts";
import { failed } from "./messages/failed.ts";
import { firstRun } from "./messages/first-run.ts";
import { frame } from "./messages/frame.ts";
import { input } from "./messages/input.ts";
import { keys } from "./messages/keys.ts";
import { results } from "./messages/results.ts";
import { search } from "./messages/search.ts";
import { selection } from "./messages/selection.ts";
import { session } from "./messages/session.ts";
import { tile } from "./messages/tile.ts";
import { uploads } from "./messages/uploads.ts";
import { viewer } from "./messages/viewer.ts";

export const messages = {
  locale: LOCALE,
  product: "Semblance",
  close: "Close",
  cancel: "Cancel",
  retry: "Retry",
  undo: "Undo",
  frame,
  search,
  results,
  tile,
  selection,
  deletion,
  input,
  viewer,
  uploads,
  failed,
  firstRun,
  session,
  keys,
};
