// Fields that left the proto, but that old clients still send or look for. closed_environment was field 2 of
// OutputConfig: it comes as JSON, or as a field that the proto does not know. data.url of an input was its image's URL.
import { create } from "@bufbuild/protobuf";
import {
  ImageSchema,
  type OutputConfig,
  type OutputInfo,
  type Query,
} from "#proto/api/resources_pb";
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

/** Puts each input.data.url of an old query into the input's image, where it is now. `json`: of the same query. */
export function readDataUrls(query: Query | undefined, json: unknown): void {
  const ands = isObject(json) && Array.isArray(json.ands) ? json.ands : [];
  // Reading the message dropped nulls.
  ands
    .filter((and) => and !== null)
    .forEach((and, i) => {
      const url = dataUrl(and);
      const data = query?.ands[i]?.input?.data;
      if (data && url !== undefined) data.image ??= create(ImageSchema, { url });
    });
}

function dataUrl(and: unknown): string | undefined {
  const input = isObject(and) ? and.input : undefined;
  const data = isObject(input) ? input.data : undefined;
  return isObject(data) && typeof data.url === "string" ? data.url : undefined;
}
