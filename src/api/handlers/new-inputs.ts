// Inputs of a PostInputs request -> what the engine takes.
import { create } from "@bufbuild/protobuf";
import { AnnotationSchema, type Data, type Input, InputSchema } from "#proto/api/resources_pb";
import type { NewInput } from "../../engine/engine.ts";
import { checkContent } from "../../engine/library/annotation-changes.ts";
import type { NewAnnotation } from "../../engine/library/annotations.ts";
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";
import { requireFinite } from "./finite.ts";
import { toPlace } from "./geo.ts";
import { toNewAnnotation } from "./to-annotation.ts";
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

/** An input with the annotations that its regions become; their inputId is to be set once the input has its id. */
export type Posted = { readonly input: NewInput; readonly regions: readonly NewAnnotation[] };

/** @throws AppError for an input that cannot be taken, or a region of it */
export function toPosted(message: Input): Posted {
  return { input: toNewInput(message), regions: toRegions(message.data) };
}

function toNewInput(input: Input): NewInput {
  requireImage(input);
  requireSupported(InputSchema, input, "input", SUPPORTED, "unimplemented");
  const { image, metadata = {}, concepts = [], geo } = input.data ?? {};
  requireFinite(metadata, "data.metadata");
  const bytes = image?.base64 ?? new Uint8Array();
  return {
    ...(input.id !== "" && { id: requireId(input.id) }),
    metadata,
    labels: toLabels(concepts),
    place: geo?.geoPoint ? toPlace(geo.geoPoint, "data.geo.geo_point", "invalid_request") : null,
    datasets: input.datasetIds,
    // As at Clarifai: a second input of one URL must be asked for, a second one of the same bytes need not.
    allowDuplicate: image?.allowDuplicateUrl ? true : "bytes",
    ...(bytes.length > 0 ? { bytes } : { url: image?.url ?? "" }),
  };
}

function toRegions(data: Data | undefined): NewAnnotation[] {
  return (data?.regions ?? []).map((region, i) => {
    const message = create(AnnotationSchema, { data: { regions: [region] } });
    const annotation = toNewAnnotation(message, `data.regions[${i}]`);
    checkContent(annotation);
    return annotation;
  });
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
