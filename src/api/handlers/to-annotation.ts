// An annotation of the engine <-> Clarifai's Annotation message. What the engine does not look into (regions and
// the like) travels as JSON of the message.
import { randomUUID } from "node:crypto";
import {
  clone,
  create,
  fromJson,
  type JsonObject,
  type JsonValue,
  type MessageInitShape,
} from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  type Annotation as AnnotationMessage,
  AnnotationSchema,
  type Data,
  DataSchema,
  type Region,
  type RegionSchema,
} from "#proto/api/resources_pb";
import type { App } from "../../engine/engine.ts";
import type { Annotation, NewAnnotation } from "../../engine/library/annotations.ts";
import type { Label } from "../../engine/library/labels.ts";
import { AppError } from "../../errors.ts";
import { annotationStatus } from "../status.ts";
import { keptUserId, OWNER } from "./app.ts";
import { toJsonBody } from "./body.ts";
import { requireFinite } from "./finite.ts";
import { toPlace } from "./geo.ts";
import { shapesOf } from "./regions.ts";
import { fromLabel, toLabels } from "./to-label.ts";

/** `at` names the field in errors. @throws AppError "invalid_request" */
export function toNewAnnotation(message: AnnotationMessage, at: string): NewAnnotation {
  if (message.annotationInfo) requireFinite(message.annotationInfo, `${at}.annotation_info`);
  const data = message.data && withRegionIds(message.data, at);
  const { worker } = message.worker ?? {};
  const userId = message.userId || (worker?.case === "user" ? worker.value.id : "");
  const modelVersionId =
    message.modelVersionId || (worker?.case === "model" ? worker.value.modelVersion?.id : "");
  const workflowVersionId = worker?.case === "workflow" ? worker.value.version?.id : undefined;
  return {
    inputId: message.inputId,
    ...(message.id !== "" && { id: message.id }),
    ...(message.status?.code && { statusCode: message.status.code }),
    ...(userId !== "" && { userId: keptUserId(userId) }),
    ...(message.taskId !== "" && { taskId: message.taskId }),
    ...(modelVersionId && { modelVersionId }),
    ...(workflowVersionId && { workflowVersionId }),
    ...(message.annotationInfo && { info: message.annotationInfo }),
    ...(data && toContent(data, at)),
    ...toBody(message, at, data),
  };
}

/** What a message says of an input or a part of it; what it does not say is absent, so that a patch leaves it.
 *  @throws AppError "invalid_request" for a place that is not on Earth, or numbers in metadata that are none */
export function toContent(
  data: Data,
  at: string,
): Pick<NewAnnotation, "labels" | "metadata" | "place"> {
  if (data.metadata) requireFinite(data.metadata, `${at}.data.metadata`);
  const labels = [
    ...toLabels(data.concepts),
    ...data.regions.flatMap((region) => toLabels(region.data?.concepts ?? [], region.id)),
  ];
  const point = data.geo?.geoPoint;
  return {
    ...(labels.length > 0 && { labels }),
    ...(data.metadata && { metadata: data.metadata }),
    ...(point && { place: toPlace(point, `${at}.data.geo.geo_point`, "invalid_request") }),
  };
}

// Labels tell by its id which region they are about.
function withRegionIds(data: Data, at: string): Data {
  const named = clone(DataSchema, data);
  const ids = new Set<string>();
  for (const region of named.regions) {
    if (region.id === "") region.id = randomUUID().replaceAll("-", "");
    if (ids.has(region.id)) {
      throw new AppError(
        "invalid_request",
        `Expected an id of its own for each of ${at}.data.regions but received ${region.id} twice.`,
      );
    }
    ids.add(region.id);
  }
  return named;
}

// Concepts, metadata and geo are kept as such; here they would only grow old.
function toBody(
  { consensusInfo }: AnnotationMessage,
  at: string,
  data: Data = create(DataSchema),
): Pick<NewAnnotation, "body" | "shapes" | "tracks"> {
  const rest = clone(DataSchema, data);
  rest.concepts = [];
  delete rest.metadata;
  delete rest.geo;
  for (const region of rest.regions) if (region.data) region.data.concepts = [];
  const body = {
    data: toJsonBody(DataSchema, rest, `${at}.data`),
    ...(consensusInfo && { consensusInfo }),
  };
  if (Object.keys(body.data).length === 0 && !consensusInfo) return {};
  const tracks = data.regions.flatMap(({ trackId }) => (trackId === "" ? [] : [trackId]));
  return { body, shapes: shapesOf(data), tracks };
}

export function toAnnotation(
  app: App,
  annotation: Annotation,
): MessageInitShape<typeof AnnotationSchema> {
  const body = fromJson(AnnotationSchema, annotation.body as JsonValue, {
    ignoreUnknownFields: true,
  });
  const labels = byRegion(annotation.labels);
  const labelsOf = (region: string) =>
    (labels.get(region) ?? []).map((label) => fromLabel(app, label));
  const { place } = annotation;
  return {
    id: annotation.id,
    inputId: annotation.inputId,
    inputLevel: annotation.isInputLevel,
    trusted: annotation.isTrusted,
    taskId: annotation.taskId,
    userId: toUserId(app, annotation),
    modelVersionId: annotation.modelVersionId,
    worker: { worker: toWorker(app, annotation) },
    annotationInfo: annotation.info as JsonObject,
    status: annotationStatus(annotation.statusCode),
    createdAt: timestampFromDate(annotation.createdAt),
    modifiedAt: timestampFromDate(annotation.modifiedAt),
    ...(body.consensusInfo && { consensusInfo: body.consensusInfo }),
    data: {
      ...(body.data && withoutType(body.data)),
      concepts: labelsOf(""),
      ...(Object.keys(annotation.metadata).length > 0 && {
        metadata: annotation.metadata as JsonObject,
      }),
      ...(place && { geo: { geoPoint: place } }),
      regions: (body.data?.regions ?? []).map((region) => withLabels(region, labelsOf(region.id))),
    },
  };
}

function byRegion(labels: readonly Label[]): ReadonlyMap<string, readonly Label[]> {
  const groups = new Map<string, Label[]>();
  for (const label of labels) {
    const group = groups.get(label.region);
    if (group) group.push(label);
    else groups.set(label.region, [label]);
  }
  return groups;
}

function withLabels(
  region: Region,
  concepts: ReturnType<typeof fromLabel>[],
): MessageInitShape<typeof RegionSchema> {
  const { $typeName: _, data, ...rest } = region;
  return { ...rest, data: create(DataSchema, { ...(data && withoutType(data)), concepts }) };
}

// What has its type's name is taken for a finished message, so that nothing could be added.
function withoutType({ $typeName: _, ...data }: Data): Omit<Data, "$typeName"> {
  return data;
}

// The owner is called as the caller calls them.
function toUserId(app: App, { userId }: Annotation): string {
  return userId === OWNER ? app.userId : userId;
}

function toWorker(app: App, annotation: Annotation) {
  const { modelVersionId, workflowVersionId } = annotation;
  if (modelVersionId !== "") {
    return { case: "model" as const, value: { modelVersion: { id: modelVersionId } } };
  }
  if (workflowVersionId !== "") {
    return { case: "workflow" as const, value: { version: { id: workflowVersionId } } };
  }
  return { case: "user" as const, value: { id: toUserId(app, annotation) } };
}
