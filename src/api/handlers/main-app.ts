// The models and workflows of clarifai/main, which every app may use. Each one works: they are the encoder and the
// vocabulary of this server, under the names that clients of Clarifai know.
import { createHash } from "node:crypto";

export type BaseModel = {
  readonly id: string;
  /** What Clarifai called it before models had names. */
  readonly legacyId?: string;
  /** There is one version; any version id that a client asks for means it. */
  readonly versionId: string;
  readonly typeId: string;
  readonly description: string;
  readonly takesText: boolean;
} & (
  | { readonly task: "embed" | "cluster" }
  /** `sections` of the vocabulary; undefined: all. */
  | { readonly task: "recognize"; readonly sections: ReadonlySet<string> | undefined }
);

export type BaseWorkflow = { readonly id: string; readonly nodes: readonly BaseNode[] };

type BaseNode = {
  readonly id: string;
  readonly modelId: string;
  readonly nodeInputs?: readonly string[];
};

/** When Semblance got them. */
export const BASE_SINCE = new Date("2026-11-22T00:00:00Z");

const GENERAL: readonly BaseModel[] = [
  {
    id: "general-image-recognition",
    legacyId: "aaa03c23b3724a16a56b629203edc62c",
    versionId: "aa7f35c01e0642fda5cf400f543e7c40",
    typeId: "visual-classifier",
    description: "Values of the concepts of the whole vocabulary.",
    takesText: false,
    task: "recognize",
    sections: undefined,
  },
  {
    id: "general-image-embedding",
    legacyId: "bbb5f41425b8468d9b7a554ff10f8581",
    versionId: "bb186755eda04f9cbb6fe32e816be104",
    typeId: "visual-embedder",
    description: "The embedding that searches compare.",
    takesText: false,
    task: "embed",
  },
  {
    id: "multimodal-clip-embed",
    versionId: toVersionId("multimodal-clip-embed"),
    typeId: "multimodal-embedder",
    description: "Embeddings of images and of texts in one space.",
    takesText: true,
    task: "embed",
  },
  {
    id: "general-clusterering",
    legacyId: "general-clusterer",
    versionId: "cc2074cff6dc4c02b6f4e1b8606dcb54",
    typeId: "clusterer",
    description:
      "The coarse cell of the vector space that an image falls into, and a place on a map.",
    takesText: false,
    task: "cluster",
  },
];

// Each knows the concepts of some sections of the vocabulary.
const SECTIONS: readonly BaseModel[] = [
  recognition({
    id: "food-item-recognition",
    legacyId: "bd367be194cf45149e75f01d59f77ba7",
    what: "food and drink",
    sections: [
      "fruit and nuts",
      "vegetables and herbs",
      "dishes",
      "baking and sweets",
      "ingredients and groceries",
      "drinks",
    ],
  }),
  recognition({
    id: "apparel-recognition",
    legacyId: "e0be3b9d6a454f0493ac3a30784001ff",
    what: "clothes and accessories",
    sections: ["clothing", "shoes and headwear", "bags and accessories"],
  }),
  recognition({
    id: "travel-recognition",
    legacyId: "eee28c313d69466f836ab83287a54ed9",
    what: "places to travel to",
    sections: ["landscapes", "traffic and travel places", "buildings", "outdoor places"],
  }),
  recognition({
    id: "textures-pattern-recognition",
    legacyId: "fbefb47f9fdb410e8ce14f24f54b47ff",
    what: "patterns and materials",
    sections: ["patterns and shapes", "materials"],
  }),
  recognition({
    id: "animal-recognition",
    what: "animals",
    sections: [
      "mammals",
      "dog breeds",
      "cat breeds",
      "birds",
      "sea life",
      "reptiles and amphibians",
      "insects and small creatures",
    ],
  }),
  recognition({
    id: "plant-recognition",
    what: "plants",
    sections: ["flowers", "trees", "plants"],
  }),
  recognition({
    id: "vehicle-recognition",
    what: "vehicles and their parts",
    sections: ["road vehicles", "vehicle parts", "rail, air and water"],
  }),
  recognition({
    id: "home-recognition",
    what: "homes and what stands in them",
    sections: [
      "kitchenware",
      "furniture",
      "home and decoration",
      "bathroom and cleaning",
      "garden",
      "rooms and indoor places",
    ],
  }),
  recognition({
    id: "sport-recognition",
    what: "sports and their equipment",
    sections: ["sports", "sports equipment"],
  }),
  recognition({
    id: "event-recognition",
    what: "events, holidays and activities",
    sections: ["events and occasions", "holidays", "activities"],
  }),
  recognition({
    id: "weather-and-light-recognition",
    what: "weather, light and time of day",
    sections: ["sky and weather", "time of day", "light", "seasons"],
  }),
  recognition({
    id: "picture-style-recognition",
    what: "kinds and styles of pictures",
    sections: ["art", "kinds of pictures", "photo styles", "symbols and graphics", "colours"],
  }),
];

/** The general ones first. */
export const BASE_MODELS: readonly BaseModel[] = [...GENERAL, ...SECTIONS];

const CONCEPTS = { id: "general-v1.5-concept", modelId: "general-image-recognition" };
const CLUSTER = { id: "general-v1.5-cluster", modelId: "general-clusterering" };

/** What apps can be based on. */
export const BASE_WORKFLOWS: readonly BaseWorkflow[] = [
  baseWorkflow("Universal", "multimodal-clip-embed"),
  baseWorkflow("General", "general-image-embedding"),
  { id: "Empty", nodes: [] },
];

export function findBaseModel(id: string): BaseModel | undefined {
  return BASE_MODELS.find((model) => model.id === id || model.legacyId === id);
}

export function findBaseWorkflow(id: string): BaseWorkflow | undefined {
  return BASE_WORKFLOWS.find((workflow) => workflow.id === id);
}

function recognition(model: {
  readonly id: string;
  readonly legacyId?: string;
  readonly what: string;
  readonly sections: readonly string[];
}): BaseModel {
  const { id, legacyId, what, sections } = model;
  return {
    id,
    ...(legacyId !== undefined && { legacyId }),
    versionId: toVersionId(id),
    typeId: "visual-classifier",
    description: `Values of the concepts of the vocabulary that are ${what}.`,
    takesText: false,
    task: "recognize",
    sections: new Set(sections),
  };
}

// Clarifai's shape of id: 32 hexadecimal digits.
function toVersionId(modelId: string): string {
  return createHash("sha256").update(modelId).digest("hex").slice(0, 32);
}

function baseWorkflow(id: string, embedder: string): BaseWorkflow {
  const embed = { id: "general-v1.5-embed", modelId: embedder };
  return { id, nodes: [CONCEPTS, embed, { ...CLUSTER, nodeInputs: [embed.id] }] };
}
