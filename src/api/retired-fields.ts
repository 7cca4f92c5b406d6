// closed_environment left the proto (it was field 2 of OutputConfig), but old clients still send it and look for it:
// as JSON, or as a field that the proto does not know.
import type { OutputConfig, OutputInfo } from "#proto/api/resources_pb";
import { isObject } from "./json.ts";

const CLOSED_ENVIRONMENT = 2;
const VARINT = 0;

/** The field as a client sent it; undefined where it did not. `json`: of the same output_config. */
export function readClosedEnvironment(
  config: OutputConfig | undefined,
  json: unknown,
): boolean | undefined {
  if (isObject(json) && "closed_environment" in json) return Boolean(json.closed_environment);
  const field = config?.$unknown?.find(({ no }) => no === CLOSED_ENVIRONMENT);
  return field && field.data[0] === 1;
}

/** Puts the field into the message. Returns it. */
export function withClosedEnvironment(config: OutputConfig, isClosed: boolean): OutputConfig {
  const data = Uint8Array.from([isClosed ? 1 : 0]);
  config.$unknown = [{ no: CLOSED_ENVIRONMENT, wireType: VARINT, data }];
  return config;
}

type WithModels = { readonly model?: Model; readonly models?: readonly Model[] };
type Model = { readonly outputInfo?: OutputInfo | undefined };

/** Puts the field into the JSON of an answer that holds models. */
export function addClosedEnvironment(message: object, json: unknown): void {
  const { model, models = [] } = message as WithModels; // any other answer has neither
  if (!isObject(json)) return;
  if (model) addTo(model, json.model);
  if (Array.isArray(json.models)) {
    const written = json.models;
    models.forEach((each, i) => void addTo(each, written[i]));
  }
}

function addTo({ outputInfo }: Model, json: unknown): void {
  const isClosed = readClosedEnvironment(outputInfo?.outputConfig, undefined);
  const info = isObject(json) ? json.output_info : undefined;
  const config = isObject(info) ? info.output_config : undefined;
  if (isClosed !== undefined && isObject(config)) config.closed_environment = isClosed;
}
