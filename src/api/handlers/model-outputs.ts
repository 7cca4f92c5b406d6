// PostModelOutputs: what a model says of images and texts. Each output carries its own status.
import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { OutputSchema } from "#proto/api/resources_pb";
import type { PostModelOutputsRequest } from "#proto/api/service_pb";
import { StatusCode } from "#proto/api/status/status_code_pb";
import type { App, Engine } from "../../engine/engine.ts";
import { newId } from "../../engine/library/ids.ts";
import { AppError } from "../../errors.ts";
import { OK, type Status, toBatchStatus, toStatus } from "../status.ts";
import { isMain, resolveApp } from "./app.ts";
import { requireBatch } from "./batch.ts";
import type { Handlers } from "./handlers.ts";
import { findModel } from "./named-model.ts";
import { type Embedded, embedInputs } from "./prediction-inputs.ts";
import { type Predictor, toPredictor } from "./predictors.ts";

type Output = MessageInitShape<typeof OutputSchema>;

export function modelOutputHandlers(current: Engine): Handlers {
  return {
    async postModelOutputs(request, call) {
      const engine = current.pin();
      const { userAppId, modelId, versionId, inputs } = request;
      requireBatch("inputs", inputs.length);
      const app = await appOf(engine, userAppId);
      const named = await findModel(engine, userAppId, modelId, versionId);
      const predictor = await toPredictor(engine, named, modelId, configOf(request));
      const embedded = await embedInputs(engine, app, inputs, call.signal);
      const results = await Promise.all(embedded.map((input) => tryPredict(predictor, input)));
      const outputs = results.map(({ output }) => output);
      const failures = results.flatMap(({ error }) => (error ? [error] : []));
      return { status: toOverallStatus(failures, results.length, predictor.unknown), outputs };
    },
  };
}

/** The app whose inputs may be named; clarifai/main has none. */
export async function appOf(
  engine: Engine,
  named: Parameters<typeof resolveApp>[1],
): Promise<App | undefined> {
  return isMain(named) ? undefined : resolveApp(engine, named);
}

/** One output of a model; its error, if it has one, also stands in its status. */
export async function tryPredict(
  predictor: Predictor,
  input: Embedded,
): Promise<{ readonly output: Output; readonly error?: AppError }> {
  const output = {
    id: newId(),
    createdAt: timestampFromDate(new Date()),
    model: predictor.model,
    input: input.echo,
  };
  try {
    return { output: { ...output, status: OK, data: await predictor.predict(input) } };
  } catch (thrown) {
    const error = AppError.from(thrown);
    return { output: { ...output, status: toOutputStatus(error), data: {} }, error };
  }
}

/** All went well, or some, or none: then the one reason, if there is but one. `unknown`: concepts that were asked for
 *  and that the model does not know. */
export function toOverallStatus(
  failures: readonly AppError[],
  total: number,
  unknown: readonly string[],
): Status {
  const [first] = failures;
  const isOne = failures.every(({ code }) => code === first?.code);
  if (first !== undefined && isOne && failures.length === total) return toOutputStatus(first);
  if (failures.length > 0 || unknown.length === 0) {
    return toBatchStatus(failures.length, total, "outputs");
  }
  return {
    code: StatusCode.MIXED_STATUS,
    description: "Mixed Success",
    details: `The model does not know ${unknown.join(", ")} of select_concepts.`,
  };
}

// To a client of predictions, an address without an image is a failed download.
function toOutputStatus(error: AppError): Status {
  const status = toStatus(error);
  return error.code === "url_unreachable" ? { ...status, code: StatusCode.INPUT_FAILED } : status;
}

// The SDKs put it into the version, REST documents it for the model.
function configOf({ model }: PostModelOutputsRequest) {
  return model?.modelVersion?.outputInfo?.outputConfig ?? model?.outputInfo?.outputConfig;
}
