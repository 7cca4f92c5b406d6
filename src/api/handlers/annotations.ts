// Annotations: what people say about inputs, and the base model's own, the predicted concepts.
import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { AnnotationSchema } from "#proto/api/resources_pb";
import type { ListAnnotationsRequest } from "#proto/api/service_pb";
import { StatusCode } from "#proto/api/status/status_code_pb";
import type { App, Engine, Input, Prediction } from "../../engine/engine.ts";
import type { Annotation, PatchAction } from "../../engine/library/annotations.ts";
import type { Detection } from "../../engine/objects/detector.ts";
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";
import { annotationStatus, OK, toBatchStatus, toStatus } from "../status.ts";
import { keptUserId, resolveApp } from "./app.ts";
import { inOrder, readEach, requireBatch } from "./batch.ts";
import type { Handlers } from "./handlers.ts";
import { toWindow } from "./pagination.ts";
import { toAnnotation, toNewAnnotation } from "./to-annotation.ts";
import { toConcept } from "./to-concept.ts";

type Message = MessageInitShape<typeof AnnotationSchema>;
type Predicted = ReturnType<typeof toPredicted>;

/** Clarifai's name of the model that predicts concepts. */
const MODEL = "general-image-recognition";
/** And of the one that finds objects, whichever detector does. */
const DETECTOR = "general-image-detection";

export function annotationHandlers(engine: Engine): Handlers {
  return {
    async postAnnotations(request) {
      requireBatch("annotations", request.annotations.length);
      const app = await resolveApp(engine, request.userAppId);
      const given = readEach(request.annotations, (message, i) =>
        toNewAnnotation(message, `annotations[${i}]`),
      );
      const results = await inOrder(given, (good) => engine.annotations.create(app, good));
      return toAnswer(app, request.annotations, results);
    },

    async patchAnnotations(request) {
      requireBatch("annotations", request.annotations.length);
      const action = toAction(request.action);
      const app = await resolveApp(engine, request.userAppId);
      const given = readEach(request.annotations, (message, i) => ({
        ...toNewAnnotation(message, `annotations[${i}]`),
        id: requiredId(message.id, `annotations[${i}].id`),
      }));
      const results = await inOrder(given, (good) => engine.annotations.patch(app, good, action));
      if (request.deleteIfEmptyData && action === "remove") await deleteEmpty(engine, app, results);
      return toAnswer(app, request.annotations, results);
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
      const filter = toListFilter(request);
      const found = await engine.annotations.list(app, { ...window, ...filter });
      const annotations = found.map((annotation) => toAnnotation(app, annotation));
      if (!asksForPredicted(request) || found.length === window.limit) {
        return { status: OK, annotations };
      }
      // The predicted ones come behind the last one of people.
      const own = await engine.annotations.count(app, filter);
      const start = Math.max(0, window.offset - own);
      const predicted = (await predictedAnnotations(engine, app, request)).slice(
        start,
        start + window.limit - found.length,
      );
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
  given: readonly { readonly inputId: string; readonly id: string }[],
  results: readonly (Annotation | AppError)[],
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
  const { ids, inputIds, userIds, modelVersionIds, workflowVersionIds, taskId, statuses } = request;
  if (ids.length + inputIds.length > LIMITS.pageSizeMax) {
    throw new AppError(
      "invalid_request",
      `Expected at most ${LIMITS.pageSizeMax} ids and input_ids but received ${ids.length + inputIds.length}.`,
    );
  }
  return {
    ...(ids.length > 0 && { ids }),
    ...(inputIds.length > 0 && { inputIds }),
    ...(userIds.length > 0 && { userIds: userIds.map(keptUserId) }),
    ...(modelVersionIds.length > 0 && { modelVersionIds }),
    ...(workflowVersionIds.length > 0 && { workflowVersionIds }),
    ...(taskId !== "" && { taskId }),
    ...(statuses.length > 0 && { statusCodes: statuses.map(({ code }) => code) }),
  };
}

// Unless all are asked for, only those of people are. The predicted ones are successes of no task, and of no worker
// that could be named.
function asksForPredicted(request: ListAnnotationsRequest): boolean {
  const { userIds, modelVersionIds, workflowVersionIds, taskId, statuses } = request;
  const isByWorker = userIds.length + modelVersionIds.length + workflowVersionIds.length > 0;
  const isSuccess =
    statuses.length === 0 || statuses.some(({ code }) => code === StatusCode.ANNOTATION_SUCCESS);
  return request.listAllAnnotations && !isByWorker && taskId === "" && isSuccess;
}

async function predictedAnnotations(
  engine: Engine,
  app: App,
  { ids, inputIds }: ListAnnotationsRequest,
): Promise<(Predicted | ReturnType<typeof toDetected>)[]> {
  if (inputIds.length === 0) return [];
  const inputs = await engine.inputs(app, { offset: 0, limit: inputIds.length, ids: inputIds });
  const predictions = await engine.predictions(inputs);
  const objects = await engine.objects.of(inputs);
  const messages = inputs.flatMap((input) => {
    const predicted = predictions.get(input.row);
    const detected = objects.get(input.row);
    return [
      ...(predicted ? [toPredicted(input, predicted)] : []),
      ...(detected ? [toDetected(input, detected)] : []),
    ];
  });
  return ids.length === 0 ? messages : messages.filter(({ id }) => ids.includes(id));
}

function toPredicted(input: Input, predicted: readonly Prediction[]) {
  return {
    id: `${input.id}-${MODEL}`,
    inputId: input.id,
    data: { concepts: predicted.map((prediction) => toConcept(prediction, prediction.value)) },
    inputLevel: true,
    worker: { worker: { case: "model", value: { id: MODEL, appId: "main", userId: "clarifai" } } },
    status: annotationStatus(StatusCode.ANNOTATION_SUCCESS),
    createdAt: timestampFromDate(input.createdAt),
    modifiedAt: timestampFromDate(input.modifiedAt),
  } satisfies Message;
}

// One for all objects in a picture: a region each.
function toDetected(input: Input, detected: readonly Detection[]) {
  return {
    id: `${input.id}-${DETECTOR}`,
    inputId: input.id,
    data: {
      regions: detected.map(({ label, confidence, box }, i) => ({
        id: `${input.id}-${DETECTOR}-${i}`,
        regionInfo: {
          boundingBox: {
            topRow: box.top,
            leftCol: box.left,
            bottomRow: box.bottom,
            rightCol: box.right,
          },
        },
        value: confidence,
        data: { concepts: [{ id: label, name: label, value: confidence, appId: "main" }] },
      })),
    },
    inputLevel: false,
    worker: {
      worker: { case: "model", value: { id: DETECTOR, appId: "main", userId: "clarifai" } },
    },
    status: annotationStatus(StatusCode.ANNOTATION_SUCCESS),
    createdAt: timestampFromDate(input.createdAt),
    modifiedAt: timestampFromDate(input.modifiedAt),
  } satisfies Message;
}

// Those of whole inputs stay: they belong to them.
async function deleteEmpty(
  engine: Engine,
  app: App,
  results: readonly (Annotation | AppError)[],
): Promise<void> {
  const empty = results.filter(
    (one): one is Annotation => !(one instanceof Error) && !one.isInputLevel && isEmpty(one),
  );
  if (empty.length === 0) return;
  await engine.annotations.delete(app, {
    inputIds: empty.map(({ inputId }) => inputId),
    ids: empty.map(({ id }) => id),
  });
}

function isEmpty({ labels, metadata, place, body }: Annotation): boolean {
  const parts = [labels, metadata, body.data ?? {}];
  return place === null && parts.every((part) => Object.keys(part).length === 0);
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
