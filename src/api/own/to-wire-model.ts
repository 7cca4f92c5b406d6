// Models and their versions -> the JSON of our own API.
import type { App, Engine } from "../../engine/engine.ts";
import {
  MODEL_STATUS,
  type Model,
  type ModelConcept,
  type ModelVersion,
} from "../../engine/training/model-record.ts";

const STATES = new Map<number, string>([
  [MODEL_STATUS.trained, "trained"],
  [MODEL_STATUS.training, "training"],
  [MODEL_STATUS.queued, "queued"],
  [MODEL_STATUS.failed, "failed"],
]);

/** With what the labels of its concepts are now. */
export async function toWireModel(engine: Engine, app: App, model: Model) {
  const { id, name, latest, createdAt } = model;
  const current = await engine.models.current(app, id);
  const shown = current ?? latest;
  const examples = shown ? await engine.models.examples(app, shown) : [];
  return {
    id,
    name,
    created_at: createdAt.toISOString(),
    examples,
    ...(latest && { latest: toWireVersion(latest) }),
    ...(current && { current: toWireVersion(current) }),
  };
}

export function toWireVersion(version: ModelVersion) {
  const { id, statusCode, statusText, description, concepts, completedAt } = version;
  return {
    id,
    state: STATES.get(statusCode) ?? "untrained",
    status_text: statusText,
    description,
    is_exclusive: version.isMutuallyExclusive,
    labelled_only: version.isClosed,
    dataset: version.dataset,
    inputs: version.inputCount,
    created_at: version.createdAt.toISOString(),
    ...(completedAt && { completed_at: completedAt.toISOString() }),
    concepts: concepts.map((concept) => toWireConcept(version, concept)),
  };
}

function toWireConcept(version: ModelVersion, { id, name }: ModelConcept) {
  const learned = version.learned.find((one) => one.id === id);
  const metrics = version.metrics?.concepts.find((one) => one.id === id);
  return {
    id,
    name,
    positives: learned?.positives ?? 0,
    negatives: learned?.negatives ?? 0,
    ...(metrics && {
      metrics: {
        positives: metrics.positives,
        negatives: metrics.negatives,
        // Nobody labelled so many: they are inputs without labels.
        has_supposed_negatives:
          !version.isMutuallyExclusive && metrics.negatives > (learned?.negatives ?? 0),
        roc_auc: metrics.rocAuc,
        average_precision: metrics.averagePrecision,
        precision: metrics.precision,
        recall: metrics.recall,
        f1: metrics.f1,
      },
    }),
  };
}
