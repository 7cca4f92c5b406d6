// Inputs: post, list, stream, get, patch, delete, count.
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  AnnotationSchema,
  InputIDConflictResolution,
  type Input as InputMessage,
  type InputSchema,
} from "#proto/api/resources_pb";
import type {
  DeleteInputsRequest,
  ListInputsRequest,
  PostInputsRequest,
  StreamInputsRequest,
} from "#proto/api/service_pb";
import type { InputPatch } from "../../engine/annotations.ts";
import type { App, Engine, Input, NewInput } from "../../engine/engine.ts";
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";
import { OK, toBatchStatus, toStatus } from "../status.ts";
import { toAction } from "./annotations.ts";
import { resolveApp } from "./app.ts";
import { requireBatch } from "./batch.ts";
import type { Call, Handlers } from "./handlers.ts";
import { toInputsAddJob } from "./input-jobs.ts";
import { toInputStatuses } from "./input-statuses.ts";
import { toNewInput } from "./new-inputs.ts";
import { toWindow } from "./pagination.ts";
import { toContent, toNewAnnotation } from "./to-annotation.ts";
import { toInputs } from "./to-input.ts";

type Result = Input | Error;

/** Clarifai's default for StreamInputs. */
const STREAM_PAGE = 20;

export function inputHandlers(engine: Engine): Handlers {
  return {
    async postInputs(request, call) {
      requireBatch("inputs", request.inputs.length);
      const app = await resolveApp(engine, request.userAppId);
      const results = await addInputs(engine, app, request);
      const annotated = await addRegions(engine, app, request.inputs, results);
      const answer = await toAnswer(engine, app, request.inputs, annotated, call);
      const job = await engine.jobs.get(app, request.inputsAddJobId);
      return job ? { ...answer, inputsAddJob: toInputsAddJob(job) } : answer;
    },

    async patchInputs(request, call) {
      requireBatch("inputs", request.inputs.length);
      const action = toAction(request.action);
      const app = await resolveApp(engine, request.userAppId);
      const patches = request.inputs.map(toPatch);
      const results = await inOrder(patches, (good) =>
        engine.annotations.patchInputs(app, good, action),
      );
      return toAnswer(engine, app, request.inputs, results, call);
    },

    async listInputs(request, call) {
      const app = await resolveApp(engine, request.userAppId);
      const page = { ...toWindow(request), ...toListFilter(request) };
      const inputs = await engine.inputs(app, page);
      return { status: OK, inputs: await toInputs(engine, app, inputs, call.baseUrl) };
    },

    async streamInputs(request, call) {
      const app = await resolveApp(engine, request.userAppId);
      const inputs = await engine.inputs(app, await toStreamPage(engine, app, request));
      return { status: OK, inputs: await toInputs(engine, app, inputs, call.baseUrl) };
    },

    async getInput(request, call) {
      const app = await resolveApp(engine, request.userAppId);
      const input = await engine.input(app, request.inputId);
      if (input === undefined) throw noSuchInput(request.inputId);
      const [message] = await toInputs(engine, app, [input], call.baseUrl);
      return { status: OK, input: message! };
    },

    async deleteInput(request) {
      const app = await resolveApp(engine, request.userAppId);
      const deleted = await engine.deleteInputs(app, [request.inputId]);
      if (deleted === 0) throw noSuchInput(request.inputId);
      return { status: OK };
    },

    async deleteInputs(request, call) {
      const app = await resolveApp(engine, request.userAppId);
      if (asksForAll(request, call)) await engine.deleteAllInputs(app);
      // The SDKs send an empty list after every bulk upload: it deletes nothing.
      else if (request.ids.length > 0) await engine.deleteInputs(app, request.ids);
      return { status: OK };
    },

    async getInputCount(request) {
      const app = await resolveApp(engine, request.userAppId);
      const { processed, pending, failed } = await engine.countInputs(app);
      return { status: OK, counts: { processed, toProcess: pending, errors: failed } };
    },
  };
}

function addInputs(engine: Engine, app: App, request: PostInputsRequest): Promise<Result[]> {
  const isSuffixed = request.inputIdConflictResolution === InputIDConflictResolution.SUFFIX;
  const options = {
    onConflict: isSuffixed ? ("suffix" as const) : ("refuse" as const),
    ...(request.inputsAddJobId !== "" && { job: request.inputsAddJobId }),
  };
  const given = request.inputs.map(toNewInput);
  const refused = given.filter((input) => input instanceof Error).length;
  return inOrder<NewInput>(given, (good) => engine.addInputs(app, good, { ...options, refused }));
}

// The good ones go to the engine in one call; the results come back in the order of the request.
async function inOrder<Given extends object>(
  given: readonly (Given | AppError)[],
  take: (good: readonly Given[]) => Promise<readonly Result[]>,
): Promise<Result[]> {
  const good = given.filter((one): one is Given => !(one instanceof AppError));
  const taken = await take(good);
  let next = 0;
  return given.map((one) => (one instanceof AppError ? one : taken[next++]!));
}

// Regions of a new input become annotations of it. One that is refused takes its input back out: half of what
// was posted would be worse than nothing.
async function addRegions(
  engine: Engine,
  app: App,
  messages: readonly InputMessage[],
  results: readonly Result[],
): Promise<Result[]> {
  return Promise.all(
    results.map(async (result, i) => {
      const regions = messages[i]?.data?.regions ?? [];
      if (result instanceof Error || regions.length === 0) return result;
      const annotations = regions.map((region) =>
        toNewAnnotation(
          create(AnnotationSchema, { inputId: result.id, data: { regions: [region] } }),
          `inputs[${i}].data.regions`,
        ),
      );
      const added = await engine.annotations.create(app, annotations);
      const refused = added.find((annotation) => annotation instanceof Error);
      if (refused !== undefined) await engine.deleteInputs(app, [result.id]);
      return refused ?? result;
    }),
  );
}

function toPatch(message: InputMessage): InputPatch | AppError {
  try {
    const { id, data } = message;
    if (id === "") {
      throw new AppError("invalid_request", "Expected an id for the input but received none.");
    }
    if (data !== undefined && data.regions.length > 0) {
      throw new AppError(
        "unimplemented",
        "Expected no data.regions for an input's patch but received some: patch its annotations instead.",
      );
    }
    return { id, ...(data && toContent(data, "input")) };
  } catch (thrown) {
    return AppError.from(thrown);
  }
}

async function toAnswer(
  engine: Engine,
  app: App,
  given: readonly InputMessage[],
  results: readonly Result[],
  call: Call,
) {
  const good = results.filter((result): result is Input => !(result instanceof Error));
  const messages = await toInputs(engine, app, good, call.baseUrl);
  let next = 0;
  const inputs = results.map((result, i) =>
    result instanceof Error ? failedInput(given[i]!, result) : messages[next++]!,
  );
  return { status: toBatchStatus(results.length - good.length, results.length), inputs };
}

// Echoes what identifies the input, not its bytes.
function failedInput(given: InputMessage, error: Error): MessageInitShape<typeof InputSchema> {
  const image = { url: given.data?.image?.url ?? "" };
  return { id: given.id, data: { image }, status: toStatus(AppError.from(error)) };
}

function toListFilter(request: ListInputsRequest) {
  if (request.ids.length > LIMITS.pageSizeMax) {
    throw new AppError(
      "invalid_request",
      `Expected at most ${LIMITS.pageSizeMax} ids but received ${request.ids.length}.`,
    );
  }
  const code = request.status?.code ?? 0;
  return {
    ...(code !== 0 && { statuses: toInputStatuses(code, "status.code") }),
    ...(request.ids.length > 0 && { ids: request.ids }),
  };
}

// Each page goes on behind the last input of the one before, so that inputs may come and go meanwhile.
async function toStreamPage(engine: Engine, app: App, request: StreamInputsRequest) {
  const { limit } = toWindow({ page: 1, perPage: request.perPage || STREAM_PAGE });
  const after = request.lastId === "" ? undefined : await engine.input(app, request.lastId);
  if (request.lastId !== "" && after === undefined) throw noSuchInput(request.lastId);
  return {
    offset: 0,
    limit,
    newestFirst: request.descending,
    isById: request.orderById,
    ...(after && { after }),
  };
}

// delete_all left the proto (field 3 is reserved), but clients still send it, as JSON or as an
// unknown field. A request that also names ids is too dangerous to guess about.
function asksForAll(request: DeleteInputsRequest, call: Call): boolean {
  const json = call.json;
  const inJson =
    typeof json === "object" && json !== null && "delete_all" in json && json.delete_all === true;
  const inProto = request.$unknown?.some((field) => field.no === 3 && field.data[0] === 1) ?? false;
  if (!inJson && !inProto) return false;
  if (request.ids.length === 0) return true;
  throw new AppError("invalid_request", "Expected ids or delete_all but received both.");
}

function noSuchInput(id: string): AppError {
  return new AppError("not_found", `Expected an input that exists but received id ${id}.`, {
    details: { id },
  });
}
