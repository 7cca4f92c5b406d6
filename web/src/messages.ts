// Every word that the Portal says, a file for each part of it. A translation is another object of this shape.
import { activities } from "./messages/activities.ts";
import { bulk } from "./messages/bulk.ts";
import { concepts } from "./messages/concepts.ts";
import { LOCALE } from "./messages/count-text.ts";
import { datasets } from "./messages/datasets.ts";
import { deletion } from "./messages/deletion.ts";
import { explore } from "./messages/explore.ts";
import { failed } from "./messages/failed.ts";
import { filters } from "./messages/filters.ts";
import { firstRun } from "./messages/first-run.ts";
import { frame } from "./messages/frame.ts";
import { input } from "./messages/input.ts";
import { keys } from "./messages/keys.ts";
import { models } from "./messages/models.ts";
import { palette } from "./messages/palette.ts";
import { results } from "./messages/results.ts";
import { saveSearch } from "./messages/save-search.ts";
import { saved } from "./messages/saved.ts";
import { search } from "./messages/search.ts";
import { selection } from "./messages/selection.ts";
import { session } from "./messages/session.ts";
import { settings } from "./messages/settings.ts";
import { tile } from "./messages/tile.ts";
import { uploads } from "./messages/uploads.ts";
import { viewer } from "./messages/viewer.ts";
import { visualSearch } from "./messages/visual-search.ts";

export const messages = {
  locale: LOCALE,
  product: "Semblance",
  close: "Close",
  cancel: "Cancel",
  retry: "Retry",
  undo: "Undo",
  frame,
  activities,
  search,
  visualSearch,
  palette,
  results,
  tile,
  selection,
  bulk,
  saveSearch,
  deletion,
  input,
  viewer,
  uploads,
  failed,
  explore,
  firstRun,
  filters,
  datasets,
  saved,
  session,
  settings,
  concepts,
  models,
  keys,
};
