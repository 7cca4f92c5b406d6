// Inputs: post, list, stream, get, patch, delete, count.
import type { MessageInitShape } from "@bufbuild/protobuf";
import {
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
import type { App, Engine, Input } from "../../engine/engine.ts";
import type { InputPatch } from "../../engine/library/annotations.ts";
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";
import { OK, toBatchStatus, toStatus } from "../status.ts";
import { toAction } from "./annotations.ts";
import { resolveApp } from "./app.ts";
import { inOrder, readEach, requireBatch } from "./batch.ts";
import type { Call, Handlers } from "./handlers.ts";
import { toInputsAddJob } from "./input-jobs.ts";
import { toInputStatuses } from "./input-statuses.ts";
import { type Posted, toPosted } from "./new-inputs.ts";
import { toWindow } from "./pagination.ts";
import { toContent } from "./to-annotation.ts";
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
      const answer = await toAnswer(engine, app, request.inputs, results, call);
      const job = await engine.jobs.get(app, request.inputsAddJobId);
      return job ? { ...answer, inputsAddJob: toInputsAddJob(job) } : answer;
    },

    async patchInputs(request, call) {
      requireBatch("inputs", request.inputs.length);
      const action = toAction(request.action);
      const app = await resolveApp(engine, request.userAppId);
      const patches = readEach(request.inputs, toPatch);
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

// Whatever can be wrong with an input or its regions shows before the first one is stored.
async function addInputs(
  engine: Engine,
  app: App,
  request: PostInputsRequest,
): Promise<readonly Result[]> {
  const isSuffixed = request.inputIdConflictResolution === InputIDConflictResolution.SUFFIX;
  const options = {
    onConflict: isSuffixed ? ("suffix" as const) : ("refuse" as const),
    ...(request.inputsAddJobId !== "" && { job: request.inputsAddJobId }),
  };
  const given = readEach(request.inputs, toPosted);
  const good = given.filter((one): one is Posted => !(one instanceof Error));
  const refused = given.length - good.length;
  const added = await engine.addInputs(
    app,
    good.map(({ input }) => input),
    { ...options, refused },
  );
  const annotated = await addRegions(engine, app, good, added);
  return inOrder(given, async () => annotated);
}

// Regions of a new input become annotations of it. They can only fail now if somebody has just deleted the input.
async function addRegions(
  engine: Engine,
  app: App,
  posted: readonly Posted[],
  added: readonly Result[],
): Promise<readonly Result[]> {
  const annotations = added.flatMap((result, i) =>
    result instanceof Error
      ? []
      : posted[i]!.regions.map((region) => ({ ...region, inputId: result.id })),
  );
  if (annotations.length === 0) return added;
  const made = await engine.annotations.create(app, annotations);
  const failures = new Map(
    made.flatMap((one, i) =>
      one instanceof Error ? [[annotations[i]!.inputId, one] as const] : [],
    ),
  );
  return added.map((one) => (one instanceof Error ? one : (failures.get(one.id) ?? one)));
}

function toPatch({ id, data }: InputMessage): InputPatch {
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
  const after = await lastSeen(engine, app, request);
  return {
    offset: 0,
    limit,
    newestFirst: request.descending,
    isById: request.orderById,
    ...(after && { after }),
  };
}

// In the order of ids it does not matter whether the input is still there; in that of time its place is lost with it.
async function lastSeen(
  engine: Engine,
  app: App,
  { lastId, orderById }: StreamInputsRequest,
): Promise<{ readonly id: string; readonly row: number } | undefined> {
  if (lastId === "") return undefined;
  if (orderById) return { id: lastId, row: 0 };
  const input = await engine.input(app, lastId);
  if (input !== undefined) return input;
  throw new AppError(
    "not_found",
    `Expected an input that exists for last_id but received ${lastId}: if it was deleted meanwhile, start over without last_id, or stream with order_by_id, which goes on behind ids that are gone.`,
    { details: { id: lastId } },
  );
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
