// One image over the whole page.

export const viewer = {
  label: "Image viewer",
  previous: "Previous image",
  next: "Next image",
  showFacts: "Show details",
  hideFacts: "Hide details",
  gone: "This image is not here any more",
  goneHint: "It may have been deleted since the link was made.",
  noPreview: "This file cannot be shown here.",
  original: "Open original",
  searchConcept: (name: string) => `Search for ${name}`,
};
