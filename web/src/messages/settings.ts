// The settings page.
import { plural, toCountText } from "./count-text.ts";

export const settings = {
  title: "Settings",
  sections: "Sections of this page",
  app: "App",
  baseWorkflow: "Base workflow",
  keys: "Access keys",
  storage: "Storage",
  jobs: "Jobs",
  appearance: "Appearance",
  about: "About",
  loadFailed: "These settings did not load.",

  appName: "Name",
  appDescription: "Description",
  appId: "Id",
  appIdHint: "Stands in addresses and in the API; it stays.",
  save: "Save",
  saved: "Saved",
  deleteApp: "Delete this app",
  deleteAppHint:
    "Deletes the app with all its inputs, labels, models and saved searches. Files indexed in place stay where they are. This cannot be undone.",
  defaultApp: "This is the default app: it can be emptied, but not deleted.",
  deleteAppTitle: (name: string) => `Delete ${name}?`,
  deleteAppType: (id: string) => `Type ${id} to confirm`,
  deleteAppNow: "Delete app for good",

  workflowIntro: "Which searches this app offers.",
  workflows: {
    Universal: "By image, by #concept and by caption",
    General: "By image and by #concept",
    Empty: "No ranked search: filters only, newest first",
  },
  otherWorkflow: "Another workflow, set through the API",
  reindexToo: "Reindex existing inputs",
  reindexTooHint: "Not needed for the change itself: one index serves every base workflow.",
  changeWorkflow: "Change base workflow",
  changed: "Changed",
  reindex: "Reindex all inputs",
  reindexHint:
    "Reads every original again and renews its embedding, thumbnail and predictions. Searches go on meanwhile.",
  reindexing: "Reindexing runs",
  readAgain: "Read all text again",
  readAgainHint: "Text in pictures is read once, after they have become searchable.",
  readingAgain: "Reading runs",

  keyed: "This server asks for its key: everyone needs it, and whoever has it may do everything.",
  unkeyed:
    "This server has no key. It answers this machine only; programs here may use it without one.",
  keyOne:
    "There is one key for the whole server. It is chosen where the server is started and is never shown.",
  keySet: "To set or to change it, start Semblance with another one, of at least 16 characters:",
  keyCommand: "SEMBLANCE_KEY=… npx semblance serve",
  keySuggest: "Suggest a key",
  keySuggested: "New key; it is shown only now and stored nowhere",
  keyUse: "Clarifai's clients send it as their PAT or API key, other programs like this:",
  keyHeader: "Authorization: Key …",
  copy: "Copy",
  copied: "Copied",

  originals: "Originals",
  thumbnails: "Thumbnails",
  vectors: "Vectors",
  database: "Database, all apps",
  free: "Free",
  used: (size: string) => `${size} used`,
  freeOf: (size: string) => `${size} free on this disk`,
  folder: "Data folder",
  folderHint: "A copy of it, taken while the server is stopped, is a backup.",
  inPlace: "Files indexed in place are not counted: Semblance does not own them.",
  storageBar: "Use of the disk",
  samples: "Sample gallery",
  samplesHint: "The pictures that Semblance drew to try it with.",
  removeSamples: "Remove the sample gallery",

  urlJobs: "Images by URL",
  urlJobsNone: "No images were added by URL.",
  urlJob: (all: number) => plural(all, "image", "images"),
  urlJobCounts: (done: number, pending: number, failed: number) =>
    [
      `${toCountText(done)} added`,
      pending > 0 && `${toCountText(pending)} waiting`,
      failed > 0 && `${toCountText(failed)} failed`,
    ]
      .filter(Boolean)
      .join(", "),
  cancelJob: "Cancel job",

  theme: "Theme",
  themes: { light: "Light", dark: "Dark", auto: "Like this device" },
  tileSize: "Tile size",
  tilePx: (px: number) => `${px} px`,
  animations: "Animations",
  animationsHint: "Without them, panels and pictures appear at once.",

  version: "Version",
  started: "Running since",
  licence: "Licence",
  apache: "Apache License 2.0",
  docs: "Documentation",
  docsFiles: "README.md and docs/ beside the program",
  docsApi: "Clarifai's API reference",
  signOutHint: "Uploads that wait go on when somebody signs in here again.",
};
