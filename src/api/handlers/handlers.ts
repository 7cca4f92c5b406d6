// What every protocol calls: one function per RPC, from request message to response message. They throw
// AppError; answer() makes Clarifai's kind of answer of it: a response that carries the status.
import {
  create,
  type DescMessage,
  type DescMethod,
  type MessageInitShape,
  type MessageShape,
} from "@bufbuild/protobuf";
import { SingleStatusCodeResponseSchema, type V2 } from "#proto/api/service_pb";
import { StatusCode } from "#proto/api/status/status_code_pb";
import type { Engine } from "../../engine/engine.ts";
import { AppError, ERRORS } from "../../errors.ts";
import { type Status, toStatus } from "../status.ts";
import { annotationFilterHandlers } from "./annotation-filters.ts";
import { annotationHandlers } from "./annotations.ts";
import { appHandlers } from "./apps.ts";
import { conceptHandlers } from "./concepts.ts";
import { datasetInputHandlers } from "./dataset-inputs.ts";
import { datasetVersionHandlers } from "./dataset-versions.ts";
import { datasetHandlers } from "./datasets.ts";
import { inputJobHandlers } from "./input-jobs.ts";
import { inputHandlers } from "./inputs.ts";
import { keyHandlers } from "./keys.ts";
import { modelOutputHandlers } from "./model-outputs.ts";
import { modelTypeHandlers } from "./model-types.ts";
import { modelVersionHandlers } from "./model-versions.ts";
import { modelHandlers } from "./models.ts";
import { savedSearchHandlers } from "./saved-searches.ts";
import { searchHandlers } from "./searches.ts";
import { statusCodeHandlers } from "./status-codes.ts";
import { userHandlers } from "./users.ts";
import { workflowResultHandlers } from "./workflow-results.ts";
import { workflowHandlers } from "./workflows.ts";

/** What a handler may know of a call besides its message. */
export type Call = {
  readonly id: string;
  /** How the caller reached us, such as http://localhost:8484; links in the answer start with it. */
  readonly baseUrl: string;
  readonly signal: AbortSignal;
  /** The JSON body as it came over REST, for fields that the proto no longer has. */
  readonly json?: unknown;
};

type Methods = (typeof V2)["method"];

/** The methods we have; every other one answers "unimplemented". */
export type Handlers = {
  readonly [K in keyof Methods]?: (
    request: MessageShape<Methods[K]["input"]>,
    call: Call,
  ) => Promise<MessageInitShape<Methods[K]["output"]>>;
};

/** Where faults of the server are written; pino's logger is one. */
export type Log = { error(facts: object, message: string): void };

/** A response message with the HTTP status that REST gives it. */
export type Answer = { readonly message: MessageShape<DescMessage>; readonly httpStatus: number };

export function createHandlers(engine: Engine): Handlers {
  return {
    ...inputJobHandlers(engine),
    ...inputHandlers(engine),
    ...searchHandlers(engine),
    ...conceptHandlers(engine),
    ...annotationHandlers(engine),
    ...annotationFilterHandlers(engine),
    ...appHandlers(engine),
    ...datasetInputHandlers(engine),
    ...datasetVersionHandlers(engine),
    ...datasetHandlers(engine),
    ...keyHandlers(engine),
    ...modelHandlers(engine),
    ...modelOutputHandlers(engine),
    ...modelTypeHandlers(),
    ...modelVersionHandlers(engine),
    ...savedSearchHandlers(engine),
    ...statusCodeHandlers(),
    ...userHandlers(engine),
    ...workflowHandlers(engine),
    ...workflowResultHandlers(engine),
  };
}

/** Runs one call; never throws. Clarifai's clients expect failures as answers, not as gRPC errors. */
export async function answer(
  handlers: Handlers,
  method: DescMethod,
  request: MessageShape<DescMessage>,
  call: Call,
  log: Log,
): Promise<Answer> {
  try {
    const message = create(method.output, await run(handlers, method, request, call));
    return { message, httpStatus: isFailure(message) ? 400 : 200 };
  } catch (thrown) {
    const error = AppError.from(thrown);
    if (ERRORS[error.code].fault === "server") {
      log.error({ err: error, method: method.name, callId: call.id }, "call failed");
    }
    return refusal(method, error, call.id);
  }
}

/** The answer of `method` that carries only an error. */
export function refusal(method: DescMethod, error: AppError, callId = ""): Answer {
  const message = create(method.output, { status: toStatus(error, callId) });
  return { message, httpStatus: ERRORS[error.code].http };
}

type AnyHandler = (
  request: MessageShape<DescMessage>,
  call: Call,
) => Promise<MessageInitShape<DescMessage>>;

function run(
  handlers: Handlers,
  method: DescMethod,
  request: MessageShape<DescMessage>,
  call: Call,
): Promise<MessageInitShape<DescMessage>> {
  // TypeScript cannot follow that the method's name picks the handler of just this message type.
  const handler = handlers[method.localName as keyof Handlers] as AnyHandler | undefined;
  if (handler === undefined) {
    throw new AppError(
      "unimplemented",
      `Expected a method that Semblance has but received ${method.name}, which it does not have yet.`,
    );
  }
  return handler(request, call);
}

// An answer may say that nothing of what was asked could be done: of a batch, every part failed. Where a status code is
// explained, the status is not that of the call.
function isFailure(message: MessageShape<DescMessage>): boolean {
  if (message.$typeName === SingleStatusCodeResponseSchema.typeName) return false;
  const status = "status" in message ? (message.status as Status | undefined) : undefined;
  const code = status?.code ?? StatusCode.SUCCESS;
  return code !== StatusCode.SUCCESS && code !== StatusCode.MIXED_STATUS;
}
