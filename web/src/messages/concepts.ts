// The app's own concepts, and those of the base workflow.
import { plural, toCountText } from "./count-text.ts";

const images = (count: number) => plural(count, "image", "images");

export const concepts = {
  title: "Concepts",
  count: (count: number) => plural(count, "concept", "concepts"),
  tabs: "Kinds of concepts",
  own: "Your concepts",
  builtIn: "Built-in concepts",
  create: "New concept",
  name: "Name",
  nameHint: "What can be seen in an image: a thing, a place, a person, a style.",
  find: "Find a concept",
  sort: "Sort by",
  orders: { name: "Name", count: "Most examples", newest: "Newest" },
  list: "Your concepts",
  trained: "Trained: a model knows it",
  untrained: "Not trained yet",
  positives: (count: number) => `${images(count)} labelled with it`,
  negatives: (count: number) => `${images(count)} labelled as without it`,
  select: (name: string) => `Select ${name}`,
  actions: (name: string) => `More for ${name}`,
  search: "Search by it",
  examples: "Examples",
  train: "Train…",
  rename: "Rename",
  save: "Save",
  delete: "Delete",
  merge: "Merge into…",
  selected: (count: number) => `${toCountText(count)} selected`,
  selection: "Selected concepts",
  clear: "Clear selection",
  none: "No concepts of your own yet",
  noneHint:
    "Select images in Inputs and choose Label as…, or Train a concept… to teach Semblance something new from a few examples.",
  toInputs: "Go to Inputs",
  noMatch: (text: string) => `None of your concepts starts with “${text}”.`,
  failed: "The concepts did not load",
  panel: {
    label: (name: string) => `Concept ${name}`,
    positives: "Shows it",
    negatives: "Does not show it",
    noPositives: "No image is labelled with it yet.",
    noNegatives: "None: reject wrong images after training, and they appear here.",
    remove: "Remove this label",
    putBack: "Undo",
    more: "Show more",
    close: "Close",
    created: (age: string) => `made ${age}`,
  },
  mergeTitle: (count: number) => `Merge ${toCountText(count)} concepts`,
  mergeHint: "Which name should they all have?",
  mergeCounts: (positives: number, negatives: number) =>
    `${toCountText(positives)} with it, ${toCountText(negatives)} without it`,
  mergeResult: (names: string, into: string, count: number) =>
    `${images(count)} labelled ${names} will be labelled “${into}” instead, and ${names} will be gone. Where an image has both labels, the one of “${into}” stays.`,
  mergeDone: "Merge",
  deleteTitle: (names: string) => `Delete ${names}?`,
  deleteHint: (count: number) =>
    count === 0 ? "No image is labelled with it." : `The label is removed from ${images(count)}.`,
  known: (names: string) =>
    `What was learned stays with ${names} until you retrain or delete that model.`,
  noUndo: "This cannot be undone.",
  quoted: (name: string) => `“${name}”`,
  andMore: (count: number) => `${toCountText(count)} more`,
  builtInHint: (count: number) =>
    `Semblance knows ${plural(count, "concept", "concepts")} without any training. Choose one to search for it.`,
  builtInNone: (text: string) =>
    `No built-in concept contains “${text}”. Search for it as a caption, or train it from examples.`,
  builtInFailed: "The built-in concepts did not load",
  searchFor: (name: string) => `Search for ${name}`,
};
