// Inputs of a PostInputs request -> what the engine takes, or per input the reason why not.
import { type Input, InputSchema } from "#proto/api/resources_pb";
import type { NewInput } from "../../engine/engine.ts";
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";
import { toPlace } from "./geo.ts";
import { toLabels } from "./to-label.ts";
import { requireSupported } from "./unsupported.ts";

const SUPPORTED = new Set([
  "id",
  "dataset_ids",
  "data.image.base64",
  "data.image.url",
  "data.image.allow_duplicate_url",
  "data.metadata",
  "data.concepts",
  "data.geo.geo_point",
  "data.regions",
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
    const { image, metadata, concepts = [], geo } = input.data ?? {};
    const bytes = image?.base64 ?? new Uint8Array();
    return {
      ...(input.id !== "" && { id: requireId(input.id) }),
      metadata: metadata ?? {},
      labels: toLabels(concepts),
      place: geo?.geoPoint ? toPlace(geo.geoPoint, "data.geo.geo_point", "invalid_request") : null,
      datasets: input.datasetIds,
      allowDuplicate: image?.allowDuplicateUrl ?? false,
      ...(bytes.length > 0 ? { bytes } : { url: image?.url ?? "" }),
    };
  } catch (thrown) {
    return AppError.from(thrown);
  }
}

function requireImage(input: Input): void {
  const image = input.data?.image;
  if (image !== undefined && image.base64.length > LIMITS.imageBytes) {
    throw new AppError(
      "image_too_large",
      `Expected at most ${LIMITS.imageBytes} bytes for data.image.base64 but received ${image.base64.length}.`,
    );
  }
  if (image !== undefined && (image.base64.length > 0 || image.url !== "")) return;
  const { video, audio, text } = input.data ?? {};
  if (video ?? audio ?? text) {
    throw new AppError(
      "image_unsupported",
      `Expected an image for data but received ${video ? "a video" : audio ? "audio" : "text"}. Semblance takes images only.`,
    );
  }
  throw new AppError(
    "invalid_request",
    "Expected image bytes for data.image.base64 or an address for data.image.url but received neither.",
  );
}

function requireId(id: string): string {
  if (id.length <= LIMITS.idLength) return id;
  throw new AppError(
    "invalid_request",
    `Expected at most ${LIMITS.idLength} characters for id but received ${id.length}.`,
  );
}
