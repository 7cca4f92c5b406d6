// One image over the whole page.

export const viewer = {
  title: "Image viewer",
  previous: "Previous image",
  next: "Next image",
  showFacts: "Show details",
  hideFacts: "Hide details",
  gone: "This image is not here any more",
  goneHint: "It may have been deleted since the link was made.",
  thumbnailOnly: (format: string) =>
    `Browsers cannot show ${format || "this format"}. This is a smaller preview.`,
  noPreview: "This file cannot be shown here.",
  download: "Download original",
  copyLink: "Copy link",
  linkCopied: "Link copied",
  part: "Search by a part of it",
  showRegions: "Show boxes",
  hideRegions: "Hide boxes",
  readText: "Text in the picture",
  searchText: (line: string) => `Search for “${line}”`,
  label: "Label as…",
  more: "More",
  position: (place: string, total: string) => `${place} of ${total}`,
  searchConcept: (name: string) => `Search for ${name}`,
};
