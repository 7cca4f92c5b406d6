// Inputs of a PostInputs request -> what the engine takes, or per input the reason why not.
import { type Input, InputSchema } from "#proto/api/resources_pb";
import type { NewInput } from "../../engine/engine.ts";
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";
import { requireSupported } from "./unsupported.ts";

const SUPPORTED = new Set([
  "id",
  "data.image.base64",
  "data.image.allow_duplicate_url",
  "data.metadata",
  // Clients send back inputs that they got from us; what only we can say is no request.
  "status",
  "created_at",
  "modified_at",
  "data.image.hosted",
  "data.image.image_info",
]);

/** An error takes the place of its input, so that a bad one never costs the others. */
export function toNewInput(input: Input): NewInput | AppError {
  try {
    requireImage(input);
    requireSupported(InputSchema, input, "input", SUPPORTED, "unimplemented");
    return {
      ...(input.id !== "" && { id: requireId(input.id) }),
      bytes: input.data?.image?.base64 ?? new Uint8Array(),
      metadata: input.data?.metadata ?? {},
      allowDuplicate: input.data?.image?.allowDuplicateUrl ?? false,
    };
  } catch (thrown) {
    return AppError.from(thrown);
  }
}

function requireImage(input: Input): void {
  const image = input.data?.image;
  if (image !== undefined && image.base64.length > 0) {
    if (image.base64.length <= LIMITS.imageBytes) return;
    throw new AppError(
      "image_too_large",
      `Expected at most ${LIMITS.imageBytes} bytes for data.image.base64 but received ${image.base64.length}.`,
    );
  }
  if (image !== undefined && image.url !== "") {
    throw new AppError(
      "unimplemented",
      `URL inputs are not supported yet: send the bytes of ${image.url} as data.image.base64.`,
    );
  }
  throw new AppError(
    "invalid_request",
    "Expected image bytes for data.image.base64 but received none. Semblance takes images only.",
  );
}

function requireId(id: string): string {
  if (id.length <= LIMITS.idLength) return id;
  throw new AppError(
    "invalid_request",
    `Expected at most ${LIMITS.idLength} characters for id but received ${id.length}.`,
  );
}
