// A concept of the engine -> Clarifai's Concept message.
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ConceptSchema } from "#proto/api/resources_pb";
import type { Concept } from "../../engine/engine.ts";

/** `value` 0..1. Concepts of the vocabulary belong to Clarifai's app "main", as theirs do. */
export function toConcept(concept: Concept, value = 1): MessageInitShape<typeof ConceptSchema> {
  return {
    id: concept.id,
    name: concept.name,
    value,
    appId: "main",
    language: concept.language ?? "en",
  };
}
