// Clarifai's status codes of inputs -> the engine's states.
import { StatusCode } from "#proto/api/status/status_code_pb";
import type { InputStatus } from "../../engine/engine.ts";
import { AppError } from "../../errors.ts";

const STATES: Readonly<Record<number, InputStatus>> = {
  [StatusCode.INPUT_SUCCESS]: "processed",
  [StatusCode.INPUT_PENDING]: "pending",
  [StatusCode.INPUT_IN_PROGRESS]: "pending",
  [StatusCode.INPUT_FAILED]: "failed",
  [StatusCode.INPUT_DUPLICATE]: "duplicate",
};

/** `at` names the field in the error. @throws AppError "invalid_request" */
export function toInputStatuses(code: number, at: string): readonly InputStatus[] {
  const state = STATES[code];
  if (state !== undefined) return [state];
  throw new AppError(
    "invalid_request",
    `Expected 30000, 30001, 30002, 30003 or 30100 for ${at} but received ${code}.`,
  );
}
