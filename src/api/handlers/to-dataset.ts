// Datasets and their versions <-> Clarifai's messages.
import { create, type MessageShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  type Dataset as DatasetMessage,
  DatasetSchema,
  DatasetVersionRequestOrigin,
  DatasetVersionSchema,
  type DatasetVersion as VersionMessage,
} from "#proto/api/resources_pb";
import { StatusCode } from "#proto/api/status/status_code_pb";
import { StatusSchema } from "#proto/api/status/status_pb";
import type { App, Json } from "../../engine/engine.ts";
import type { DatasetVersion } from "../../engine/library/dataset-versions.ts";
import type { Dataset } from "../../engine/library/datasets.ts";
import { AppError } from "../../errors.ts";
import { fromBody, toBody } from "./body.ts";
import { privately } from "./to-app.ts";

const OF_EACH = ["id", "appId", "userId", "createdAt", "modifiedAt"];
const OF_DATASETS = new Set([...OF_EACH, "version", "isStarred", "starCount", "bookmarkOrigin"]);
const OF_VERSIONS = new Set([
  ...OF_EACH,
  "datasetId",
  "status",
  "metrics",
  "exportInfo",
  "requestOrigin",
]);

/** What the engine does not interpret. */
export function toDatasetDetails(message: DatasetMessage): Json {
  return toBody(DatasetSchema, message, OF_DATASETS);
}

/** `latest`: its newest version. */
export function fromDataset(
  app: App,
  dataset: Dataset,
  latest?: DatasetVersion,
): MessageShape<typeof DatasetSchema> {
  const said = fromBody(DatasetSchema, dataset.details);
  return {
    ...said,
    id: dataset.id,
    appId: app.id,
    userId: app.userId,
    visibility: said.visibility ?? privately(),
    createdAt: timestampFromDate(dataset.createdAt),
    modifiedAt: timestampFromDate(dataset.modifiedAt),
    ...(latest && { version: fromVersion(app, dataset, latest) }),
  };
}

/** What the engine does not interpret. @throws AppError "unimplemented" for what would change which inputs it has */
export function toVersionDetails(message: VersionMessage): Json {
  const { value } = message.dataConfig;
  if (message.dataConfig.case === "modelPredictConfig") throw unsupported("model_predict_config");
  if (value !== undefined && "ignoreEmptyInputs" in value && value.ignoreEmptyInputs) {
    throw unsupported("annotation_filter_config.ignore_empty_inputs");
  }
  return toBody(DatasetVersionSchema, message, OF_VERSIONS);
}

/** Ready at once: making one is a copy of the list of inputs. */
export function fromVersion(
  app: App,
  dataset: Dataset,
  version: DatasetVersion,
): MessageShape<typeof DatasetVersionSchema> {
  const said = fromBody(DatasetVersionSchema, version.details);
  return {
    ...said,
    id: version.id,
    appId: app.id,
    userId: app.userId,
    datasetId: dataset.id,
    status: create(StatusSchema, {
      code: StatusCode.DATASET_VERSION_READY,
      description: "Dataset version is ready",
    }),
    visibility: said.visibility ?? privately(),
    requestOrigin: DatasetVersionRequestOrigin.MANUAL,
    createdAt: timestampFromDate(version.createdAt),
    modifiedAt: timestampFromDate(version.modifiedAt),
  };
}

function unsupported(field: string): AppError {
  return new AppError(
    "unimplemented",
    `Expected no ${field} in a dataset version but received one: a version has all inputs of its dataset.`,
    { details: { field } },
  );
}
