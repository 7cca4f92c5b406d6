// Models that learn the app's own concepts, and how good they are.
import { plural, toCountText } from "./count-text.ts";

const images = (count: number) => plural(count, "image", "images");
const examples = (count: number) => plural(count, "example", "examples");
const concepts = (count: number) => plural(count, "concept", "concepts");

export const models = {
  title: "Models",
  count: (count: number) => plural(count, "model", "models"),
  create: "New model",
  own: "Your models",
  base: "Models that come with Semblance",
  baseHint: "They need no training and cannot be changed. Your own models build on them.",
  none: "No models yet",
  noneHint:
    "A model learns one of your own concepts from examples. Select images that show it in Inputs, then choose Train a concept…",
  toInputs: "Go to Inputs",
  toConcepts: "Go to Concepts",
  failed: "The models did not load",
  gone: "This model is not here any more",
  goneHint: "It may have been deleted since the link was made.",
  back: "All models",
  states: {
    untrained: "Not trained",
    queued: "Waiting",
    training: "Training…",
    trained: "Trained",
    failed: "Failed",
  },
  concepts,
  more: (count: number) => `+${toCountText(count)}`,
  examples,
  trainedAgo: (age: string) => `trained ${age}`,
  precision: "Precision",
  recall: "Recall",
  f1: "F1",
  precisionHint: "Of the images that it picks, how many are right.",
  recallHint: "Of the images that show it, how many it finds.",
  f1Hint: "Precision and recall in one figure.",
  unmeasured: "Not measured: that takes 2 examples.",
  atLeast: (figure: string) => `≥ ${figure}`,
  noFigure: "–",
  changes: (count: number) =>
    `${plural(count, "new example", "new examples")} since the last training`,
  retrain: "Retrain",
  train: "Train",
  rename: "Rename",
  name: "Name",
  save: "Save",
  delete: "Delete",
  actions: (name: string) => `More for ${name}`,
  deleteTitle: (name: string) => `Delete the model ${name}?`,
  deleteHint:
    "All its versions go, and what they learned. Your labels stay: you can train it again. This cannot be undone.",
  newHint:
    "To teach a single concept, select images and choose Train a concept…: that is quicker. Here you can combine concepts.",
  conceptsLabel: "Concepts",
  conceptsHint: "What the model tells apart.",
  findConcept: "Find a concept",
  noConcepts: "There are no concepts yet. Label some images first.",
  dataset: "Learn from",
  everything: "All inputs",
  exclusive: "An image shows exactly one of these concepts",
  exclusiveHint: "Examples of one are then counter-examples of the others.",
  negatives: "What does not show it?",
  automatic: "Everything else, automatically",
  automaticHint:
    "A sample of your other images serves as counter-examples. Best for most concepts.",
  labelled: "Only images that I labelled as not showing it",
  labelledHint: "For concepts that most of your unlabelled images show, too.",
  createAndTrain: "Create and train",

  versions: "Versions",
  versionsHint: "Searches use the newest trained one. Delete it to go back to the one before.",
  version: (number: number) => `Version ${toCountText(number)}`,
  inUse: "In use",
  learnedFrom: (count: number) => `from ${images(count)}`,
  deleteVersion: (number: number) => `Delete version ${toCountText(number)}`,
  deleteVersionTitle: (number: number) => `Delete version ${toCountText(number)}?`,
  deleteVersionHint: "What it learned goes; your labels stay. This cannot be undone.",
  deleteInUseHint: "It is in use: searches will use the version before it, if there is one.",
  quality: "Quality of the versions",
  qualityHint:
    "Measured by cross-validation: every example is judged by a classifier that did not see it.",
  perConcept: "Concepts",
  concept: "Concept",
  shows: "Shows it",
  lacks: "Does not",
  threshold: "Threshold",
  thresholdOf: (name: string) => `Threshold for ${name}`,
  passing: (value: string, count: number, total: number) =>
    `${value}: ${toCountText(count)} of ${images(total)} reach it`,
  search: "Search by it",
  supposed:
    "No image is labelled as not showing it, so unlabelled ones stand in. Those that do show it count as mistakes: the true precision is higher.",

  dialog: {
    title: "Train a concept",
    name: "What do these images show?",
    nameOnly: "Which concept?",
    placeholder: "For example: my red bicycle",
    known: "Your concepts",
    chosen: (count: number, total: number) =>
      `${toCountText(count)} of ${images(total)} as examples`,
    use: (index: number) => `Use image ${toCountText(index)} as an example`,
    few: "With fewer than 3 examples it is little more than a guess from the name.",
    train: "Train",
    labelling: "Labelling the images…",
    queued: "Waiting for its turn…",
    training: "Learning and measuring…",
    leave: "You can close this: training goes on, and Activities shows it.",
    failed: "Training did not work",
    back: "Back",
    done: (name: string) => `“${name}” is trained`,
    qualities: {
      excellent: "Excellent: it tells these images apart very well.",
      good: "Good: it is right most of the time.",
      promising:
        "Promising: it ranks your examples above the rest. Answer below, and it learns where to stop.",
      fair: "Fair: it has the idea, but makes mistakes.",
      weak: "Weak: it needs better or more examples.",
      unmeasured: "It works, but there are too few examples to say how well.",
    },
    precisionWords: (of100: number) => `Of 100 images that it picks, ${of100} are right.`,
    precisionAtLeast: (of100: number) =>
      `Of 100 images that it picks, at least ${of100} are right.`,
    recallWords: (of100: number) => `Of 100 images that show it, it finds ${of100}.`,
    learned: (positives: number, negatives: number) =>
      negatives === 0
        ? `Learned from ${examples(positives)}.`
        : `Learned from ${examples(positives)} and ${plural(negatives, "counter-example", "counter-examples")}.`,
    rough: "With so few labelled images these figures are rough.",
    before: (figure: string) => `was ${figure}`,
    advice: {
      more: (count: number) => `Label ${toCountText(count)} more: the first few help most.`,
      check: (count: number) =>
        `${images(count)} without a label ${count === 1 ? "looks" : "look"} like it, too. Say below which ones do: until then they count as mistakes.`,
      reject: "It picks too much: reject wrong images below.",
      missed: "It misses some: label 5 more that look different from those it has.",
      done: "Nothing to do: label more only where you see mistakes.",
    },
    suggestions: (name: string) => `Do these show “${name}”?`,
    suggestionsHint: "It is least sure of these. Every answer makes it better.",
    noSuggestions: "Every image is labelled already.",
    yes: (index: number) => `Image ${toCountText(index)} shows it`,
    no: (index: number) => `Image ${toCountText(index)} does not show it`,
    retrain: (count: number) => `Retrain with ${plural(count, "answer", "answers")}`,
    search: "Search by it",
    details: "Details",
    close: "Done",
  },
};
