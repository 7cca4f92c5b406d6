// How many things one request may hold.
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";

/** `what`: the field, in the plural. @throws AppError "invalid_request" for none or too many */
export function requireBatch(what: string, count: number): void {
  if (count >= 1 && count <= LIMITS.inputsPerRequest) return;
  throw new AppError(
    "invalid_request",
    `Expected 1 to ${LIMITS.inputsPerRequest} ${what} in one request but received ${count}.`,
  );
}
