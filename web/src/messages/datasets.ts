// Datasets: named sets of inputs.
import { plural } from "./count-text.ts";

export const datasets = {
  title: "Datasets",
  hint: (count: number) => plural(count, "dataset", "datasets"),
  create: "New dataset",
  name: "Name",
  createHint: "For the pictures that belong together: a trip, a project, what a model learns from.",
  createButton: "Create",
  taken: (name: string) => `There is a dataset called “${name}” already.`,
  more: (name: string) => `More for ${name}`,
  rename: "Rename",
  renameTitle: (name: string) => `Rename “${name}”`,
  save: "Save",
  delete: "Delete",
  deleteTitle: (name: string) => `Delete “${name}”?`,
  deleteHint: (count: number) =>
    count === 0
      ? "It is empty: no picture is deleted."
      : `${plural(count, "picture stays", "pictures stay")} in the app: only the dataset and its versions go.`,
  deleteHintAny: "Its pictures stay in the app: only the dataset and its versions go.",
  inputs: (count: number) => plural(count, "input", "inputs"),
  created: (age: string) => `created ${age}`,
  empty: "Empty",
  list: "Datasets",
  none: "No datasets yet",
  noneHint:
    "A dataset is a named set of pictures: a trip, a project, or what a model is trained on. A picture can be in many of them. Make one here, or select pictures under Inputs and press “Dataset…”.",
  errorTitle: "The datasets did not load",
};
