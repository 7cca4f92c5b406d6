// Ranks of a query -> what the engine ranks by. One Rank may hold several terms; all of them count.
import {
  type Concept,
  type Embedding,
  type Rank as RankMessage,
  RankSchema,
} from "#proto/api/resources_pb";
import type { Rank } from "../../engine/query.ts";
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";
import { requireSupported } from "./unsupported.ts";

const SUPPORTED = new Set([
  "negate",
  "annotation.input_id",
  "annotation.data.image.base64",
  "annotation.data.image.url",
  "annotation.data.image.allow_duplicate_url",
  "annotation.data.concepts.id",
  "annotation.data.concepts.name",
  "annotation.data.concepts.value",
  "annotation.data.text.raw",
  "annotation.data.embeddings.vector",
  "annotation.data.embeddings.num_dimensions",
  // There is one model, and each vector of an input is its.
  "annotation.model_version_id",
  // Clients copy these from concepts that we gave them; they do not change which concept it is.
  "annotation.data.concepts.app_id",
  "annotation.data.concepts.user_id",
  "annotation.data.concepts.created_at",
  "annotation.data.concepts.visibility",
  "annotation.data.concepts.language",
]);

/** Empty ranks yield nothing: the SDKs send one with every call. `dim`: length of the model's vectors.
 *  @throws AppError "invalid_search" naming the field; "image_too_large" */
export function toRanks(message: RankMessage, at: string, dim: number): Rank[] {
  requireSupported(RankSchema, message, at, SUPPORTED, "invalid_search");
  const weight = message.negate ? -1 : 1;
  const inputId = message.annotation?.inputId ?? "";
  const data = message.annotation?.data;
  const bytes = data?.image?.base64 ?? new Uint8Array();
  const url = data?.image?.url ?? "";
  const text = data?.text?.raw ?? "";
  return [
    ...(inputId === "" ? [] : [{ kind: "input" as const, weight, inputId }]),
    ...(bytes.length === 0
      ? []
      : [{ kind: "image" as const, weight, bytes: checkedImage(bytes, at) }]),
    // Bytes say what the URL would.
    ...(url === "" || bytes.length > 0 ? [] : [{ kind: "url" as const, weight, url }]),
    ...(text === "" ? [] : [{ kind: "text" as const, weight, text: checkedText(text, at) }]),
    ...(data?.concepts ?? []).map((concept) => toConceptRank(concept, weight, at)),
    ...(data?.embeddings ?? []).map((embedding) => toVectorRank(embedding, weight, at, dim)),
  ];
}

function checkedImage(bytes: Uint8Array, at: string): Uint8Array {
  if (bytes.length <= LIMITS.imageBytes) return bytes;
  throw new AppError(
    "image_too_large",
    `Expected at most ${LIMITS.imageBytes} bytes for ${at}.annotation.data.image.base64 but received ${bytes.length}.`,
  );
}

function checkedText(text: string, at: string): string {
  if (text.length <= LIMITS.textLength) return text;
  throw new AppError(
    "invalid_search",
    `Expected at most ${LIMITS.textLength} characters for ${at}.annotation.data.text.raw but received ${text.length}.`,
  );
}

// Value 0 asks for images without the concept, so it turns the sign, as negate does.
function toConceptRank(concept: Concept, weight: number, at: string): Rank {
  const name = concept.id || concept.name;
  if (name === "") {
    throw new AppError(
      "invalid_search",
      `Expected an id or a name for ${at}.annotation.data.concepts but received neither.`,
    );
  }
  if (concept.value !== 0 && concept.value !== 1) {
    throw new AppError(
      "invalid_search",
      `Expected 0 or 1 for ${at}.annotation.data.concepts.value but received ${concept.value}.`,
    );
  }
  return { kind: "concept", weight: concept.value === 1 ? weight : -weight, concept: name };
}

function toVectorRank(embedding: Embedding, weight: number, at: string, dim: number): Rank {
  const { vector } = embedding;
  if (vector.length === dim && vector.every(Number.isFinite)) {
    return { kind: "vector", weight, vector: Float32Array.from(vector) };
  }
  throw new AppError(
    "invalid_search",
    `Expected ${dim} finite numbers for ${at}.annotation.data.embeddings.vector but received ${vector.length}${
      vector.length === dim ? ", some of them not finite" : ""
    }.`,
  );
}
