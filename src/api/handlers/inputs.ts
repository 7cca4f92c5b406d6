// Inputs: post, list, get, delete, count.
import { InputIDConflictResolution } from "#proto/api/resources_pb";
import type {
  DeleteInputsRequest,
  ListInputsRequest,
  PostInputsRequest,
} from "#proto/api/service_pb";
import type { App, Engine, Input, NewInput } from "../../engine/engine.ts";
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";
import { OK, toBatchStatus, toStatus } from "../status.ts";
import { resolveApp } from "./app.ts";
import type { Call, Handlers } from "./handlers.ts";
import { toInputStatuses } from "./input-statuses.ts";
import { toNewInput } from "./new-inputs.ts";
import { toWindow } from "./pagination.ts";
import { toInput } from "./to-input.ts";

export function inputHandlers(engine: Engine): Handlers {
  return {
    async postInputs(request, call) {
      requirePostable(request);
      const app = await resolveApp(engine, request.userAppId);
      const results = await addInputs(engine, app, request);
      const failed = results.filter((result) => result instanceof Error).length;
      const inputs = results.map((result, i) =>
        result instanceof Error
          ? failedInput(request.inputs[i]!, result)
          : toInput(app, result, call.baseUrl),
      );
      return { status: toBatchStatus(failed, results.length), inputs };
    },

    async listInputs(request, call) {
      const app = await resolveApp(engine, request.userAppId);
      const page = { ...toWindow(request), ...toListFilter(request) };
      const inputs = await engine.inputs(app, page);
      return { status: OK, inputs: inputs.map((input) => toInput(app, input, call.baseUrl)) };
    },

    async getInput(request, call) {
      const app = await resolveApp(engine, request.userAppId);
      const input = await engine.input(app, request.inputId);
      if (input === undefined) throw noSuchInput(request.inputId);
      return { status: OK, input: toInput(app, input, call.baseUrl) };
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

function requirePostable(request: PostInputsRequest): void {
  const { length } = request.inputs;
  if (length === 0 || length > LIMITS.inputsPerRequest) {
    throw new AppError(
      "invalid_request",
      `Expected 1 to ${LIMITS.inputsPerRequest} inputs in one request but received ${length}.`,
    );
  }
  if (request.inputIdConflictResolution === InputIDConflictResolution.SUFFIX) {
    throw new AppError(
      "unimplemented",
      "Expected SKIP for input_id_conflict_resolution but received SUFFIX, which Semblance does not have yet.",
    );
  }
}

// The good ones go to the engine in one call; the results come back in the order of the request.
async function addInputs(
  engine: Engine,
  app: App,
  request: PostInputsRequest,
): Promise<(Input | Error)[]> {
  const given = request.inputs.map(toNewInput);
  const good = given.filter((input): input is NewInput => !(input instanceof AppError));
  const added = good.length > 0 ? await engine.addInputs(app, good) : [];
  let next = 0;
  return given.map((input) => (input instanceof AppError ? input : added[next++]!));
}

// Echoes what identifies the input, not its bytes.
function failedInput(given: PostInputsRequest["inputs"][number], error: Error) {
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
