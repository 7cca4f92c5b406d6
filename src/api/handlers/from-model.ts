// Models and versions as clients send them -> what the engine takes.
import {
  type Model,
  ModelSchema,
  type ModelVersion,
  ModelVersionSchema,
  type OutputInfo,
} from "#proto/api/resources_pb";
import { versionKey } from "../../engine/library/dataset-row.ts";
import type { GivenSetup } from "../../engine/training/model-setup.ts";
import type { ModelChange, NewVersion } from "../../engine/training/models.ts";
import { isObject } from "../json.ts";
import { readClosedEnvironment } from "../retired-fields.ts";
import { toBody } from "./body.ts";
import { MODEL_FIELDS, VERSION_FIELDS } from "./to-model.ts";

/** `json`: the model as it came over REST, for what the proto cannot say. */
export function toModelChange(model: Model, json: unknown): ModelChange {
  const info = model.outputInfo ?? model.modelVersion?.outputInfo;
  const infoJson = at(json, "output_info") ?? at(at(json, "model_version"), "output_info");
  return {
    ...(model.name !== "" && { name: model.name }),
    details: toBody(ModelSchema, model, MODEL_FIELDS),
    ...toSetup(info, infoJson),
  };
}

/** `json`: the version as it came over REST. */
export function toNewVersion(version: ModelVersion | undefined, json: unknown): NewVersion {
  if (version === undefined) return {};
  const dataset = version.trainInfo?.dataset;
  const key = dataset?.version?.id ? versionKey(dataset.id, dataset.version.id) : dataset?.id;
  return {
    ...(version.description !== "" && { description: version.description }),
    details: toBody(ModelVersionSchema, version, VERSION_FIELDS),
    ...(key && { dataset: key }),
    ...toSetup(version.outputInfo, at(json, "output_info")),
  };
}

// False and "not said" look the same in a message, but not in JSON.
function toSetup(info: OutputInfo | undefined, json: unknown): GivenSetup {
  const config = info?.outputConfig;
  const configJson = at(json, "output_config");
  const said = at(configJson, "concepts_mutually_exclusive");
  const isExclusive = said === undefined || said === null ? undefined : Boolean(said);
  const isMutuallyExclusive = isExclusive ?? (config?.conceptsMutuallyExclusive || undefined);
  const isClosed = readClosedEnvironment(config, configJson);
  return {
    ...(info?.data && { concepts: info.data.concepts.map(({ id, name }) => ({ id, name })) }),
    ...(isMutuallyExclusive !== undefined && { isMutuallyExclusive }),
    ...(isClosed !== undefined && { isClosed }),
  };
}

/** A field of what may be a JSON object. */
export function at(json: unknown, field: string): unknown {
  return isObject(json) ? json[field] : undefined;
}
