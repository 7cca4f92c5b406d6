// Records of the store <-> models and their versions. A model is a name and what its newest version says.
import type { Json } from "../engine.ts";
import type { StoredRecord } from "../library/records.ts";
import type { Metrics } from "./evaluation.ts";
import type { LinearClassifier } from "./linear.ts";

/** Clarifai's states of a version, and of its evaluation. */
export const MODEL_STATUS = {
  trained: 21100,
  training: 21101,
  untrained: 21102,
  queued: 21103,
  failed: 21106,
  evaluated: 21300,
  evaluating: 21301,
  evaluationQueued: 21303,
  evaluationFailed: 21317,
} as const;

export type ModelConcept = { readonly id: string; readonly name: string };

/** What a version learns, and from what. */
export type ModelSetup = {
  readonly concepts: readonly ModelConcept[];
  /** An image shows one of the concepts: values add up to 1, positives of one are negatives of the others. */
  readonly isMutuallyExclusive: boolean;
  /** Images without labels are no examples. */
  readonly isClosed: boolean;
};

/** Quality by cross-validation. Concepts with too few examples are left out. */
export type VersionMetrics = {
  readonly statusCode: number;
  readonly statusText: string;
  readonly concepts: readonly (ModelConcept & Metrics)[];
};

/** What a concept had been learned from: inputs labelled with it, and as without it. */
export type LearnedConcept = {
  readonly id: string;
  readonly positives: number;
  readonly negatives: number;
  /** TrainingData.fingerprint of its labels. */
  readonly labels: string;
};

export type ModelVersion = ModelSetup & {
  readonly id: string;
  /** Clarifai's: 21102 untrained, 21103 queued, 21101 training, 21100 trained, 21106 failed. */
  readonly statusCode: number;
  readonly statusText: string;
  /** What its owner says of it, and what training has to say, such as which concepts had no example. */
  readonly description: string;
  /** Inputs that it was trained on. */
  readonly inputCount: number;
  /** One for each concept; none before the training, and of versions that are older than this record. */
  readonly learned: readonly LearnedConcept[];
  /** Null until it was evaluated, and where no concept has examples enough. */
  readonly metrics: VersionMetrics | null;
  readonly details: Json;
  /** Key of the dataset that it learns from; null: all inputs. */
  readonly dataset: string | null;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  readonly completedAt: Date | null;
};

export type Model = {
  readonly id: string;
  readonly name: string;
  readonly typeId: string;
  readonly details: Json;
  /** The newest version, trained or not; undefined when all were deleted. */
  readonly latest: ModelVersion | undefined;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
};

/** A linear classifier of one concept on unit vectors: value = sigmoid(scale * cosine(x, vector) + bias). */
export type TrainedConcept = ModelConcept & LinearClassifier & { readonly modelId: string };

/** The body of a "model" record. */
export type ModelBody = Pick<Model, "name" | "typeId" | "details">;

/** The body of a "model-version" record; its weights are the vectors of `trained`, one after the other. */
export type VersionBody = Omit<
  ModelVersion,
  "id" | "description" | "createdAt" | "modifiedAt" | "completedAt"
> & {
  readonly description: string;
  readonly note: string;
  readonly completedMs: number | null;
  /** Id of the encoder whose embeddings it was trained on; null before. */
  readonly encoder: string | null;
  readonly trained: readonly (ModelConcept & Pick<LinearClassifier, "scale" | "bias">)[];
};

/** A version before its training. */
export function untrained(
  setup: ModelSetup,
  given: { readonly description?: string; readonly details?: Json; readonly dataset?: string } = {},
): VersionBody {
  return {
    ...setup,
    ...UNTRAINED,
    description: given.description ?? "",
    note: "",
    inputCount: 0,
    learned: [],
    metrics: null,
    details: given.details ?? {},
    dataset: given.dataset ?? null,
    completedMs: null,
    encoder: null,
    trained: [],
  };
}

const UNTRAINED = { statusCode: MODEL_STATUS.untrained, statusText: "Model not yet trained" };

export function toModel(record: StoredRecord, latest: ModelVersion | undefined): Model {
  const { name, typeId, details } = toModelBody(record);
  const { id, createdAt, modifiedAt } = record;
  return { id, name, typeId, details, latest, createdAt, modifiedAt };
}

/** `encoder`: id of the one in use. A version of another one cannot judge its embeddings. */
export function toVersion(record: StoredRecord, encoder: string): ModelVersion {
  const { note, completedMs, trained, encoder: trainedOn, ...body } = toVersionBody(record);
  const isForeign = trainedOn !== null && trainedOn !== encoder;
  return {
    ...body,
    ...(isForeign && {
      statusCode: MODEL_STATUS.untrained,
      statusText: "Trained for another encoder than the one in use: train it again",
    }),
    id: record.id,
    description: [body.description, note].filter(Boolean).join(" "),
    createdAt: record.createdAt,
    modifiedAt: record.modifiedAt,
    completedAt: completedMs === null ? null : new Date(completedMs),
  };
}

/** The classifiers of a trained version; none for another encoder. */
export function toTrained(record: StoredRecord, encoder: string): readonly TrainedConcept[] {
  const { trained, statusCode, encoder: trainedOn } = toVersionBody(record);
  const { weights, parent: modelId } = record;
  if (statusCode !== MODEL_STATUS.trained || trainedOn !== encoder || weights === null) return [];
  const dim = weights.length / trained.length;
  return trained.map((concept, i) => ({
    ...concept,
    modelId,
    vector: weights.subarray(i * dim, (i + 1) * dim),
  }));
}

type Grown<Body extends { learned: unknown }> = Omit<Body, "learned"> &
  Partial<Pick<Body, "learned">>;

// What stands in these records was put there by untrained() and the trainer.
export function toVersionBody(record: StoredRecord): VersionBody {
  const { learned = [], ...body } = record.body as Grown<VersionBody>;
  return { learned, ...body };
}

function toModelBody(record: StoredRecord): ModelBody {
  return record.body as ModelBody;
}
