// The types of models that there are here.
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ModelTypeSchema } from "#proto/api/resources_pb";
import { noSuchId } from "../../engine/library/ids.ts";
import { MODEL_TYPE } from "../../engine/training/models.ts";
import { OK } from "../status.ts";
import type { Handlers } from "./handlers.ts";
import { toWindow } from "./pagination.ts";

const TYPES: readonly MessageInitShape<typeof ModelTypeSchema>[] = [
  {
    id: MODEL_TYPE,
    title: "Transfer-learn",
    description: "Learns concepts from labels, on the embeddings of the app's inputs.",
    inputFields: ["image"],
    outputFields: ["concepts"],
    trainable: true,
    creatable: true,
  },
  {
    id: "visual-classifier",
    title: "Visual classifier",
    description: "Predicts concepts of the vocabulary.",
    inputFields: ["image"],
    outputFields: ["concepts"],
  },
  {
    id: "visual-embedder",
    title: "Visual embedder",
    description: "Embeds images.",
    inputFields: ["image"],
    outputFields: ["embeddings"],
  },
  {
    id: "multimodal-embedder",
    title: "Multimodal embedder",
    description: "Embeds images and texts in one space.",
    inputFields: ["image", "text"],
    outputFields: ["embeddings"],
  },
  {
    id: "clusterer",
    title: "Clusterer",
    description: "Finds the cell of the vector space that an image falls into.",
    inputFields: ["image"],
    outputFields: ["clusters"],
  },
];

export function modelTypeHandlers(): Handlers {
  return {
    async listModelTypes(request) {
      const { offset, limit } = toWindow(request);
      return { status: OK, modelTypes: TYPES.slice(offset, offset + limit) };
    },

    async getModelType({ modelTypeId }) {
      const modelType = TYPES.find(({ id }) => id === modelTypeId);
      if (modelType === undefined) throw noSuchId(modelTypeId, "a model type");
      return { status: OK, modelType };
    },
  };
}
