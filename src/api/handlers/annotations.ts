// Annotations: what people say about inputs, and the base model's own, the predicted concepts.
import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { AnnotationSchema } from "#proto/api/resources_pb";
import type { ListAnnotationsRequest } from "#proto/api/service_pb";
import type { PatchAction } from "../../engine/annotations.ts";
import type { App, Engine, Input, Prediction } from "../../engine/engine.ts";
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";
import { OK, toBatchStatus, toStatus } from "../status.ts";
import { resolveApp } from "./app.ts";
import { requireBatch } from "./batch.ts";
import type { Handlers } from "./handlers.ts";
import { toWindow } from "./pagination.ts";
import { toAnnotation, toNewAnnotation } from "./to-annotation.ts";
import { toConcept } from "./to-concept.ts";

type Message = MessageInitShape<typeof AnnotationSchema>;

/** Clarifai's name of the model that predicts concepts. */
const MODEL = "general-image-recognition";

export function annotationHandlers(engine: Engine): Handlers {
  return {
    async postAnnotations(request) {
      requireBatch("annotations", request.annotations.length);
      const app = await resolveApp(engine, request.userAppId);
      const given = request.annotations.map((message, i) =>
        toNewAnnotation(message, `annotations[${i}]`),
      );
      return toAnswer(app, given, await engine.annotations.create(app, given));
    },

    async patchAnnotations(request) {
      requireBatch("annotations", request.annotations.length);
      const action = toAction(request.action);
      const app = await resolveApp(engine, request.userAppId);
      const given = request.annotations.map((message, i) => ({
        ...toNewAnnotation(message, `annotations[${i}]`),
        id: requiredId(message.id, `annotations[${i}].id`),
      }));
      return toAnswer(app, given, await engine.annotations.patch(app, given, action));
    },

    async getAnnotation(request) {
      const app = await resolveApp(engine, request.userAppId);
      const annotation = await engine.annotations.get(app, request.inputId, request.annotationId);
      if (annotation === undefined) throw noSuchAnnotation(request.annotationId);
      return { status: OK, annotation: toAnnotation(app, annotation) };
    },

    async listAnnotations(request) {
      const app = await resolveApp(engine, request.userAppId);
      const window = toWindow(request);
      const found = await engine.annotations.list(app, { ...window, ...toListFilter(request) });
      const annotations = found.map((annotation) => toAnnotation(app, annotation));
      // Unless all are asked for, only those of people are.
      const predicted = request.listAllAnnotations
        ? await predictedAnnotations(engine, app, request)
        : [];
      return { status: OK, annotations: [...annotations, ...predicted] };
    },

    async deleteAnnotation(request) {
      const app = await resolveApp(engine, request.userAppId);
      const which = { inputIds: [request.inputId], ids: [request.annotationId] };
      if ((await engine.annotations.delete(app, which)) === 0) {
        throw noSuchAnnotation(request.annotationId);
      }
      return { status: OK };
    },

    async deleteAnnotations(request) {
      const { ids, inputIds } = request;
      const app = await resolveApp(engine, request.userAppId);
      // As for inputs: an empty list deletes nothing.
      if (ids.length > 0 || inputIds.length > 0) {
        await engine.annotations.delete(app, {
          ...(ids.length > 0 && { ids }),
          ...(inputIds.length > 0 && { inputIds }),
        });
      }
      return { status: OK };
    },
  };
}

/** @throws AppError "invalid_request" */
export function toAction(action: string): PatchAction {
  if (action === "merge" || action === "overwrite" || action === "remove") return action;
  throw new AppError(
    "invalid_request",
    `Expected merge, overwrite or remove for action but received ${JSON.stringify(action)}.`,
  );
}

function toAnswer(
  app: App,
  given: readonly { readonly inputId: string; readonly id?: string }[],
  results: Awaited<ReturnType<Engine["annotations"]["create"]>>,
) {
  const failed = results.filter((result) => result instanceof Error).length;
  const annotations = results.map((result, i) =>
    result instanceof Error
      ? {
          id: given[i]?.id ?? "",
          inputId: given[i]?.inputId ?? "",
          status: toStatus(AppError.from(result)),
        }
      : toAnnotation(app, result),
  );
  return { status: toBatchStatus(failed, results.length, "annotations"), annotations };
}

function toListFilter(request: ListAnnotationsRequest) {
  const { ids, inputIds, userIds, taskId, statuses } = request;
  if (ids.length + inputIds.length > LIMITS.pageSizeMax) {
    throw new AppError(
      "invalid_request",
      `Expected at most ${LIMITS.pageSizeMax} ids and input_ids but received ${ids.length + inputIds.length}.`,
    );
  }
  return {
    ...(ids.length > 0 && { ids }),
    ...(inputIds.length > 0 && { inputIds }),
    ...(userIds.length > 0 && { userIds }),
    ...(taskId !== "" && { taskId }),
    ...(statuses[0] && { statusCode: statuses[0].code }),
  };
}

async function predictedAnnotations(
  engine: Engine,
  app: App,
  { inputIds, page }: ListAnnotationsRequest,
): Promise<Message[]> {
  if (inputIds.length === 0 || page > 1) return [];
  const inputs = await engine.inputs(app, { offset: 0, limit: inputIds.length, ids: inputIds });
  const predictions = await engine.predictions(inputs);
  return inputs.flatMap((input) => {
    const predicted = predictions.get(input.row);
    return predicted ? [toPredicted(input, predicted)] : [];
  });
}

function toPredicted(input: Input, predicted: readonly Prediction[]): Message {
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

function requiredId(id: string, at: string): string {
  if (id !== "") return id;
  throw new AppError("invalid_request", `Expected an id for ${at} but received none.`);
}

function noSuchAnnotation(id: string): AppError {
  return new AppError("not_found", `Expected an annotation that exists but received id ${id}.`, {
    details: { id },
  });
}
