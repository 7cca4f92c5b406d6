// Numbers in metadata and the like: gRPC carries NaN and Infinity, which JSON does not have.
import type { JsonValue } from "@bufbuild/protobuf";
import { AppError } from "../../errors.ts";

/** `at` names the value in errors. @throws AppError "invalid_request" if a number in it, at any depth, is not finite */
export function requireFinite(value: JsonValue, at: string): void {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new AppError(
      "invalid_request",
      `Expected finite numbers for ${at} but received ${value}.`,
    );
  }
  if (typeof value !== "object" || value === null) return;
  for (const part of Object.values(value)) requireFinite(part, at);
}
