// What can be wrong with a model that someone names. SDKs look for the words "Model does not exist".
import { AppError } from "../../errors.ts";
import type { Model, ModelVersion } from "./model-record.ts";

export function noSuchModel(id: string): AppError {
  return new AppError(
    "model_not_found",
    `Model does not exist. Expected one for model_id but received ${JSON.stringify(id)}.`,
    { details: { id } },
  );
}

export function noSuchVersion(modelId: string, id: string): AppError {
  return new AppError(
    "model_not_found",
    `Model does not exist. Expected a version of ${JSON.stringify(modelId)} for version_id but received ${JSON.stringify(id)}.`,
    { details: { id } },
  );
}

export function notTrained({ id }: Model, version: ModelVersion | undefined): AppError {
  const state = version?.statusText ?? "it has no version";
  return new AppError("untrained", `Expected a trained model but received ${id}: ${state}.`, {
    details: { id },
  });
}
