// The models that Semblance searches with.
import { plural, toCountText } from "./count-text.ts";

const pictures = (count: number) => plural(count, "picture", "pictures");

export const encoders = {
  title: "Search model",
  intro:
    "It turns pictures and words into vectors, which every search compares. It runs on this machine: no picture and no search leaves it.",
  changing: (count: number) =>
    `Another one has to see your ${pictures(count)} first. Searches go on with the old one meanwhile; its vectors are kept, so that you can go back at once.`,
  changingNone: "Another one can take its place at any time. Nothing is downloaded unasked.",
  list: "Search models",
  more: (count: number) => plural(count, "more model", "more models"),
  published: "Figures are those that the sources behind them publish, not measured here.",
  loadFailed: "The list of search models did not load.",

  inUse: "In use",
  recommended: "Recommended",
  onDisk: "Downloaded",
  builtIn: "Built-in model",
  theBuiltIn: "the built-in model",
  elsewhere: "A model in a folder of the server's machine.",
  licence: (name: string) => `${name} licence`,
  languages: (names: string) => `captions: ${names}`,
  dim: (dim: number) => `${toCountText(dim)} numbers per image`,
  page: "Details",
  pageOf: (title: string) => `Details of ${title}`,
  percent: (percent: number) => `${percent.toFixed(1)} %`,
  about: (size: string) => `about ${size}`,
  sizeUnknown: "size unknown",

  download: (size: string) => `Download and use (${size})`,
  resume: (size: string) => `Go on downloading (${size} in all)`,
  use: "Use",
  back: "Go back",
  kept: (count: number) => `The vectors of ${pictures(count)} are kept: going back takes moments.`,
  keptPart: (count: number, lacking: number) =>
    `It has seen ${pictures(count)} already, ${toCountText(lacking)} to go.`,

  downloading: "Downloading",
  preparing: "Looking at your pictures",
  keepingUp: "Looking at pictures that it lacks",
  meanwhile: (title: string) => `Searches go on with ${title} meanwhile.`,
  progress: (title: string) => `Progress: ${title}`,
  cancel: "Cancel",
  tryAgain: "Try again",
  failed: "This did not work.",

  actions: (title: string) => `More for ${title}`,
  deleteFiles: "Delete from disk",
  deleteFilesTitle: (title: string) => `Delete ${title} from the disk?`,
  deleteFilesHint: (size: string) =>
    size ? `Frees ${size}. It can be downloaded again.` : "Deletes the files of this model.",
  deleteFilesKept: "Its vectors stay: they can be deleted on their own.",
  deleteVectors: "Delete kept vectors",
  deleteVectorsTitle: (title: string) => `Delete the kept vectors of ${title}?`,
  deleteVectorsHint: (count: number) =>
    `Pictures, labels and concepts stay. To use it again, it has to see ${pictures(count)} anew.`,

  // CLIP ViT-B/32 against the built-in one: README.md, "Models". The recommended one is better still.
  offerTitle: "Search better by caption",
  offer:
    "The built-in model knows everyday things; this one finds what a caption describes more than twice as often.",
  here: "runs locally",
  notNow: "Not now",
  otherModels: "Other models",
};
