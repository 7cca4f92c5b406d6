// The search bar.

export const search = {
  label: "Search",
  placeholder: "Search by caption, or # for a concept",
  placeholderMore: "Add a caption or #concept",
  clear: "Clear search",
  chips: "Search terms",
  image: "Image",
  imageName: (id: string) => `Image ${id}`,
  exclude: (name: string) => `${name}: more like this. Press for less`,
  include: (name: string) => `${name}: less like this. Press for more`,
  remove: (name: string) => `Remove ${name}`,
  concepts: "Concepts",
  noConcept: (prefix: string) => `No concept starts with “${prefix}”.`,
  asCaption: "Press Enter to search for it as a caption.",
  conceptsFailed: "The list of concepts did not load.",
};
