// An error or an input's state -> Clarifai's Status message, the part of every answer that says how it went.
import type { MessageInitShape } from "@bufbuild/protobuf";
import { StatusCode } from "#proto/api/status/status_code_pb";
import type { StatusSchema } from "#proto/api/status/status_pb";
import type { Input } from "../engine/engine.ts";
import { type AppError, ERRORS, type ErrorCode } from "../errors.ts";

export type Status = MessageInitShape<typeof StatusSchema>;

/** Status of a call that did what it was asked. */
export const OK: Status = { code: StatusCode.SUCCESS, description: "Ok" };

/** Clarifai's own sentence, where its clients compare it; ours then stands in the details. */
const SENTENCES: Readonly<Partial<Record<ErrorCode, string>>> = {
  not_found: "Resource does not exist",
  concept_exists: "Invalid request",
};

/** Tells callers what they can mend; of our own faults it tells only the request id, the log has the rest. */
export function toStatus(error: AppError, requestId = ""): Status {
  const { status, fault } = ERRORS[error.code];
  const isOurs = fault === "server" && error.code === "internal";
  const sentence = SENTENCES[error.code];
  const { reason = sentence && error.message } = error.details;
  return {
    code: status,
    description: isOurs
      ? "Something failed in the server; its log says what."
      : (sentence ?? error.message),
    details: typeof reason === "string" ? reason : "",
    reqId: requestId,
  };
}

/** Where one input stands: 30000 searchable, 30001 in the queue, 30002 failed or 30100 a duplicate, with the
 *  reason. */
export function toInputStatus(input: Input): Status {
  if (input.status === "processed") {
    return { code: StatusCode.INPUT_SUCCESS, description: "Download complete" };
  }
  if (input.status === "pending") {
    return { code: StatusCode.INPUT_PENDING, description: "Download pending" };
  }
  return {
    code: input.status === "failed" ? StatusCode.INPUT_FAILED : StatusCode.INPUT_DUPLICATE,
    description: input.failure?.message ?? "We could not process it.",
    details: input.failure?.code ?? "",
  };
}

const ANNOTATION_STATES: Readonly<Record<number, string>> = {
  [StatusCode.ANNOTATION_SUCCESS]: "Success",
  [StatusCode.ANNOTATION_PENDING]: "Pending",
  [StatusCode.ANNOTATION_AWAITING_REVIEW]: "Awaiting review",
  [StatusCode.ANNOTATION_AWAITING_CONSENSUS_REVIEW]: "Awaiting consensus review",
  [StatusCode.ANNOTATION_REVIEW_DENIED]: "Review denied",
};

/** Where an annotation stands; people set the code. */
export function annotationStatus(code: number): Status {
  return { code, description: ANNOTATION_STATES[code] ?? "" };
}

/** Status over several things (`what`, in the plural): all went well, some, or none (10000, 10010, 10020). */
export function toBatchStatus(failed: number, total: number, what = "inputs"): Status {
  if (failed === 0) return OK;
  const details = `${failed} of ${total} ${what} failed; each carries its own status.`;
  return failed < total
    ? { code: StatusCode.MIXED_STATUS, description: "Mixed Success", details }
    : { code: StatusCode.FAILURE, description: "Failure", details };
}
