// Filters of a query -> what the engine restricts by. What one Filter holds are alternatives (OR), but for what
// says which annotation is meant; Filters are ANDed.
import { timestampDate } from "@bufbuild/protobuf/wkt";
import {
  type Annotation,
  type Concept,
  type Data,
  type Filter as FilterMessage,
  FilterSchema,
  type Input,
} from "#proto/api/resources_pb";
import type { Condition, Filter, Qualifier } from "../../engine/query.ts";
import { AppError } from "../../errors.ts";
import { keptUserId } from "./app.ts";
import { geoConditions } from "./geo.ts";
import { toInputStatuses } from "./input-statuses.ts";
import { firstShape } from "./regions.ts";
import { pictureId } from "./to-input.ts";
import { requireSupported } from "./unsupported.ts";

const SUPPORTED = new Set([
  "negate",
  "last_updated_time_range",
  "input.id",
  "input.status.code",
  "input.dataset_ids",
  "input.data.image.url",
  "annotation.id",
  "annotation.input_id",
  "annotation.input_level",
  "annotation.status.code",
  "annotation.task_id",
  "annotation.trusted",
  "annotation.user_id",
  "annotation.model_version_id",
  "annotation.annotation_info",
  "annotation.worker.user.id",
  "annotation.worker.model.model_version.id",
  "annotation.worker.workflow.version.id",
  "annotation.data.concepts.id",
  "annotation.data.concepts.name",
  "annotation.data.concepts.value",
  // Clients copy these from concepts that we gave them; they do not change which concept it is.
  "annotation.data.concepts.app_id",
  "annotation.data.concepts.user_id",
  "annotation.data.concepts.language",
  "annotation.data.concepts.created_at",
  "annotation.data.concepts.visibility",
  "annotation.data.metadata",
  "annotation.data.geo",
  "annotation.data.image.url",
  "annotation.data.image.allow_duplicate_url",
  "annotation.data.regions.track_id",
  "annotation.data.regions.region_info",
]);

/** The engine's filter; undefined for an empty one, which lets all pass: the SDKs send one with every call.
 *  @throws AppError "invalid_search" naming the field */
export function toFilter(message: FilterMessage, at: string): Filter | undefined {
  requireSupported(FilterSchema, message, at, SUPPORTED, "invalid_search");
  const anyOf = [
    ...inputConditions(message.input, `${at}.input`),
    ...dataConditions(message.annotation?.data, `${at}.annotation.data`),
  ];
  const annotation = toQualifier(message);
  if (anyOf.length === 0 && annotation === undefined) return undefined;
  return { anyOf, ...(annotation && { annotation }), negate: message.negate };
}

function inputConditions(input: Input | undefined, at: string): Condition[] {
  if (input === undefined) return [];
  const { id, datasetIds, status, data } = input;
  const code = status?.code ?? 0;
  return [
    ...(id === "" ? [] : [{ kind: "ids" as const, ids: [id] }]),
    ...(datasetIds.length === 0 ? [] : [{ kind: "datasets" as const, ids: datasetIds }]),
    ...(code === 0
      ? []
      : [{ kind: "status" as const, statuses: toInputStatuses(code, `${at}.status.code`) }]),
    ...typeConditions(data),
  ];
}

// Empty objects ask for a type of input. All of ours are images; one with a URL asks for exactly that one.
function typeConditions(data: Data | undefined): Condition[] {
  if (data?.image?.url) return urlConditions(data.image.url);
  if (data?.image !== undefined) return [{ kind: "all" }];
  return (data?.video ?? data?.audio ?? data?.text) === undefined ? [] : [{ kind: "none" }];
}

// An input that was not given by URL carries one of this server, under whatever name it was reached.
function urlConditions(url: string): Condition[] {
  const id = pictureId(url);
  return [{ kind: "url", url }, ...(id === undefined ? [] : [{ kind: "ids" as const, ids: [id] }])];
}

function dataConditions(data: Data | undefined, at: string): Condition[] {
  if (data === undefined) return [];
  return [
    ...data.concepts.map((concept) => conceptCondition(concept, at)),
    // Keys are alternatives, so that each is a condition of its own.
    ...Object.entries(data.metadata ?? {}).map(([key, value]) => ({
      kind: "metadata" as const,
      contains: { [key]: value },
    })),
    ...geoConditions(data.geo, `${at}.geo`),
    ...(data.image?.url ? urlConditions(data.image.url) : []),
    // Annotations that are texts: we have none.
    ...(data.text === undefined ? [] : [{ kind: "none" as const }]),
  ];
}

function conceptCondition({ id, name, value }: Concept, at: string): Condition {
  if (id === "" && name === "") {
    throw new AppError(
      "invalid_search",
      `Expected an id or a name for ${at}.concepts but received neither.`,
    );
  }
  if (value !== 0 && value !== 1) {
    throw new AppError(
      "invalid_search",
      `Expected 0 or 1 for ${at}.concepts.value but received ${value}.`,
    );
  }
  // The id says it all: names may differ in spelling and language.
  return { kind: "concept", id, name: id === "" ? name : "", isPresent: value === 1 };
}

function toQualifier({ annotation, lastUpdatedTimeRange }: FilterMessage): Qualifier | undefined {
  const { startTime, endTime } = lastUpdatedTimeRange ?? {};
  const isTimed = startTime !== undefined || endTime !== undefined;
  const qualifier: Qualifier = {
    ...(annotation && annotationQualifier(annotation)),
    ...(isTimed && {
      modified: {
        ...(startTime && { from: timestampDate(startTime) }),
        ...(endTime && { to: timestampDate(endTime) }),
      },
    }),
  };
  return Object.keys(qualifier).length === 0 ? undefined : qualifier;
}

function annotationQualifier(annotation: Annotation): Qualifier {
  const { worker } = annotation.worker ?? {};
  const userId = annotation.userId || (worker?.case === "user" ? worker.value.id : "");
  const modelVersionId =
    annotation.modelVersionId ||
    (worker?.case === "model" ? (worker.value.modelVersion?.id ?? "") : "");
  const workflowVersionId = worker?.case === "workflow" ? (worker.value.version?.id ?? "") : "";
  const statusCode = annotation.status?.code ?? 0;
  const shape = annotation.data && firstShape(annotation.data);
  const trackId = annotation.data?.regions.find((region) => region.trackId !== "")?.trackId ?? "";
  return {
    ...(annotation.id !== "" && { id: annotation.id }),
    ...(annotation.inputId !== "" && { inputId: annotation.inputId }),
    ...(annotation.inputLevel && { isInputLevel: true }),
    ...(annotation.trusted && { isTrusted: true }),
    ...(annotation.taskId !== "" && { taskId: annotation.taskId }),
    ...(annotation.annotationInfo && { info: annotation.annotationInfo }),
    ...(userId !== "" && { userId: keptUserId(userId) }),
    ...(modelVersionId !== "" && { modelVersionId }),
    ...(workflowVersionId !== "" && { workflowVersionId }),
    ...(statusCode !== 0 && { statusCode }),
    ...(trackId !== "" && { trackId }),
    ...(shape !== undefined && { shape }),
  };
}
