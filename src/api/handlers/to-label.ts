// Concepts of a message that people gave -> labels, and labels -> Concept messages.
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Concept, ConceptSchema } from "#proto/api/resources_pb";
import type { App } from "../../engine/engine.ts";
import type { Label, NewLabel } from "../../engine/library/labels.ts";

/** `region`: id of the region they stand in. */
export function toLabels(concepts: readonly Concept[], region?: string): NewLabel[] {
  return concepts.map(({ id, name, value }) => ({
    ...(id !== "" && { id }),
    ...(name !== "" && { name }),
    ...(region !== undefined && { region }),
    value,
  }));
}

export function fromLabel(app: App, label: Label): MessageInitShape<typeof ConceptSchema> {
  return { id: label.id, name: label.name, value: label.value, appId: app.id };
}
