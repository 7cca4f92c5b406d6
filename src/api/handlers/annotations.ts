// Annotations: so far only the model's own, the predicted concepts of inputs.
import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { AnnotationSchema } from "#proto/api/resources_pb";
import type { ListAnnotationsRequest } from "#proto/api/service_pb";
import type { Engine, Input, Prediction } from "../../engine/engine.ts";
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";
import { OK } from "../status.ts";
import { resolveApp } from "./app.ts";
import type { Handlers } from "./handlers.ts";
import { toConcept } from "./to-concept.ts";

/** Clarifai's name of the model that predicts concepts. */
const MODEL = "general-image-recognition";

export function annotationHandlers(engine: Engine): Handlers {
  return {
    async listAnnotations(request) {
      requireInputIds(request);
      const app = await resolveApp(engine, request.userAppId);
      // Without it only trusted annotations are asked for: those of people.
      if (!request.listAllAnnotations) return { status: OK, annotations: [] };
      const ids = request.inputIds;
      const inputs = await engine.inputs(app, { offset: 0, limit: ids.length, ids });
      const predictions = await engine.predictions(inputs);
      const annotations = inputs.flatMap((input) => {
        const predicted = predictions.get(input.row);
        return predicted ? [toAnnotation(input, predicted)] : [];
      });
      return { status: OK, annotations };
    },
  };
}

function requireInputIds({ inputIds, ids }: ListAnnotationsRequest): void {
  if (ids.length > 0) {
    throw new AppError(
      "unimplemented",
      "Expected no ids of annotations but received some: list by input_ids.",
    );
  }
  if (inputIds.length < 1 || inputIds.length > LIMITS.pageSizeMax) {
    throw new AppError(
      "invalid_request",
      `Expected 1 to ${LIMITS.pageSizeMax} input_ids but received ${inputIds.length}.`,
    );
  }
}

function toAnnotation(
  input: Input,
  predicted: readonly Prediction[],
): MessageInitShape<typeof AnnotationSchema> {
  return {
    id: `${input.id}-${MODEL}`,
    inputId: input.id,
    data: { concepts: predicted.map((prediction) => toConcept(prediction, prediction.value)) },
    inputLevel: true,
    worker: { worker: { case: "model", value: { id: MODEL, appId: "main", userId: "clarifai" } } },
    createdAt: timestampFromDate(input.createdAt),
    modifiedAt: timestampFromDate(input.modifiedAt),
  };
}
