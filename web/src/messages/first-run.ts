// A collection without pictures.

export const firstRun = {
  title: "Add your pictures",
  dropHint: "Drop pictures, folders or zip archives anywhere on this page.",
  chooseFiles: "Choose files",
  chooseFolder: "Choose a folder",
  command: "Or index a folder in place, without copying it:",
  commandText: "npx semblance index FOLDER",
  copy: "Copy command",
  copied: "Copied",
  searches: "Then search in three ways",
  similar: "By image",
  similarHint: "Press the magnifier on an image: the most similar ones come first.",
  concept: "By concept",
  conceptHint: "Type # and choose what should be in the image.",
  caption: "By caption",
  captionHint: "Describe the image in your own words.",
  captionExample: "two boats at sunset",
  conceptExample: "mountain",
};
