// The search bar.

export const search = {
  label: "Search",
  placeholder: "Search by caption, #concept, or an image",
  placeholderShort: "Search, #concept, image",
  placeholderMore: "Add a caption or #concept",
  placeholderMoreShort: "Add words",
  clear: "Clear search",
  chips: "Search terms",
  image: "Image",
  imageName: (id: string) => `Image ${id}`,
  exampleName: "Picture",
  exclude: (name: string) => `${name}: more like this. Press for less`,
  include: (name: string) => `${name}: less like this. Press for more`,
  remove: (name: string) => `Remove ${name}`,
  menuOf: (name: string) => `Options for ${name}`,
  weight: "How much it counts",
  lessLike: "Less like this",
  moreLike: "More like this",
  crop: "Search by a part of it…",
  removeShort: "Remove",
  gone: "Deleted",
  goneHint: (name: string) => `${name} was deleted. Remove it from the search.`,
  byImage: "Search by an image",
  dropHere: "Drop it here to search by this image",
  sending: "Reading the picture…",
  dismiss: "Dismiss",

  suggestions: "Suggestions",
  sections: {
    recent: "Recent",
    trained: "Trained by you",
    own: "Your concepts",
    vocabulary: "Base workflow",
  },
  labelled: (count: string) => `${count} labelled`,
  noConcept: (prefix: string) => `No concept starts with “${prefix}”.`,
  asCaption: (caption: string) => `Search for “${caption}” as a caption`,
  conceptsFailed: "The list of concepts did not load.",
  recentSearches: "Recent searches",
  forgetSearches: "Clear recent searches",

  help: "How to search",
  helpSections: [
    {
      title: "What to look for",
      rows: [
        { typed: ["two dogs on a beach"], meaning: "a caption: what the picture shows" },
        {
          typed: ["beach without people", "snow in Rome in 2019", "mostly red"],
          meaning: "a caption that says what not, where, when, or how it looks",
        },
        { typed: ["#dog"], meaning: "a concept, from the list" },
        { typed: ["-cat", "-#cat"], meaning: "less of it" },
        { typed: ["https://…/photo.jpg"], meaning: "like the picture at an address" },
      ],
    },
    {
      title: "Which pictures",
      rows: [
        { typed: ["label:dog", 'label:"red car"'], meaning: "labelled so" },
        { typed: ["dataset:holiday"], meaning: "in a dataset" },
        { typed: ["date:2019", "date:2019-06..2019-08"], meaning: "taken then" },
        { typed: ["added:today"], meaning: "came here then" },
        {
          typed: ["is:portrait", "is:unlabeled"],
          meaning: "or landscape, square, panorama, unassigned, failed",
        },
        {
          typed: ["colour:red", "type:png", "size:>2mp"],
          meaning: "how they look, how large they are",
        },
        { typed: ["name:IMG_12", "meta.camera:Canon"], meaning: "file name, metadata" },
        { typed: ["has:place"], meaning: "with a place on the map" },
      ],
    },
  ],
  helpMore:
    "Paste or drop a picture here to search by it. A minus before any of these asks for the opposite, and so does a press on a chip; its arrow says how much it counts.",
} as const;
