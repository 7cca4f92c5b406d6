// The app's own models: what they learned, how good they are, training; and the models that the server brings.
import type { Concept } from "./concepts.ts";
import { type CallOptions, type Connection, call, ownPath, v2Path } from "./connection.ts";

type ModelState = "untrained" | "queued" | "training" | "trained" | "failed";

/** Of one concept, by cross-validation at value 0.5; all but the counts 0..1. */
export type ConceptMetrics = {
  readonly positives: number;
  readonly negatives: number;
  /** The negatives are inputs that nobody labelled: some of them may show it after all. */
  readonly hasSupposedNegatives: boolean;
  readonly rocAuc: number;
  readonly averagePrecision: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
};

export type VersionConcept = {
  readonly id: string;
  readonly name: string;
  /** Labelled inputs that it was learned from. */
  readonly positives: number;
  readonly negatives: number;
  /** Undefined with fewer than 2 examples on a side. */
  readonly metrics: ConceptMetrics | undefined;
};

export type ModelVersion = {
  readonly id: string;
  readonly state: ModelState;
  /** The state in words, why it failed. */
  readonly statusText: string;
  readonly description: string;
  readonly isExclusive: boolean;
  /** Inputs without labels are no negatives. */
  readonly isLabelledOnly: boolean;
  /** Id of the dataset that it learns from; undefined: all inputs. */
  readonly dataset: string | undefined;
  /** Inputs that it learned from. */
  readonly inputs: number;
  readonly createdAt: Date;
  readonly completedAt: Date | undefined;
  readonly concepts: readonly VersionConcept[];
};

/** Labels of a concept as they are now. `changes`: how many of them the version in use does not know. */
export type ConceptExamples = {
  readonly id: string;
  readonly name: string;
  readonly positives: number;
  readonly negatives: number;
  readonly changes: number;
};

export type Model = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  /** One for each concept of the version in use. */
  readonly examples: readonly ConceptExamples[];
  /** The newest version, trained or not; undefined when all were deleted. */
  readonly latest: ModelVersion | undefined;
  /** The newest trained version: the one in use. */
  readonly current: ModelVersion | undefined;
};

/** Newest version first. */
export type ModelWithVersions = Model & { readonly versions: readonly ModelVersion[] };

/** A model that the server brings. */
export type BaseModel = {
  readonly id: string;
  readonly typeId: string;
  readonly description: string;
};

export type NewModel = {
  readonly name: string;
  readonly concepts: readonly { readonly id: string }[];
  readonly isExclusive: boolean;
  readonly isLabelledOnly: boolean;
};

type WireVersion = Omit<
  ModelVersion,
  | "statusText"
  | "isExclusive"
  | "isLabelledOnly"
  | "dataset"
  | "createdAt"
  | "completedAt"
  | "concepts"
> & {
  readonly status_text: string;
  readonly is_exclusive: boolean;
  readonly labelled_only: boolean;
  readonly dataset: string | null;
  readonly created_at: string;
  readonly completed_at?: string;
  readonly concepts: readonly (Omit<VersionConcept, "metrics"> & {
    readonly metrics?: WireMetrics;
  })[];
};
type WireMetrics = Pick<
  ConceptMetrics,
  "positives" | "negatives" | "precision" | "recall" | "f1"
> & {
  readonly has_supposed_negatives: boolean;
  readonly roc_auc: number;
  readonly average_precision: number;
};
type WireModel = {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
  readonly examples: readonly ConceptExamples[];
  readonly latest?: WireVersion;
  readonly current?: WireVersion;
};
type WireBaseModel = {
  readonly id: string;
  readonly model_type_id?: string;
  readonly description?: string;
};

const BASE_PATH = "/v2/users/clarifai/apps/main/models";

export function modelCalls(connection: Connection) {
  const id = encodeURIComponent;
  const modelPath = (modelId: string) => v2Path(connection, `models/${id(modelId)}`);
  return {
    /** Newest first. */
    async models(options?: CallOptions): Promise<readonly Model[]> {
      const path = ownPath(connection, "/semblance/models");
      type Reply = { readonly models: readonly WireModel[] };
      const { models } = await call<Reply>(connection, "GET", path, undefined, options);
      return models.map(toModel);
    },

    async model(modelId: string, options?: CallOptions): Promise<ModelWithVersions> {
      const path = ownPath(connection, `/semblance/models/${id(modelId)}`);
      type Reply = { readonly model: WireModel & { readonly versions: readonly WireVersion[] } };
      const { model } = await call<Reply>(connection, "GET", path, undefined, options);
      return { ...toModel(model), versions: model.versions.map(toVersion) };
    },

    async baseModels(options?: CallOptions): Promise<readonly BaseModel[]> {
      const path = `${BASE_PATH}?page=1&per_page=100`;
      type Reply = { readonly models?: readonly WireBaseModel[] };
      const { models = [] } = await call<Reply>(connection, "GET", path, undefined, options);
      return models.map(({ id, model_type_id: typeId = "", description = "" }) => ({
        id,
        typeId,
        description,
      }));
    },

    /** What can be searched for without any training, by name. */
    async builtInConcepts(options?: CallOptions): Promise<readonly Concept[]> {
      const path = `${BASE_PATH}/general-image-recognition/output_info`;
      type Reply = {
        readonly model: {
          readonly output_info?: { readonly data?: { readonly concepts?: readonly Concept[] } };
        };
      };
      const { model } = await call<Reply>(connection, "GET", path, undefined, options);
      const concepts = model.output_info?.data?.concepts ?? [];
      return concepts
        .map(({ id, name }) => ({ id, name }))
        .sort((a, b) => a.name.localeCompare(b.name));
    },

    /** Without a trained version. */
    async createModel({ name, concepts, isExclusive, isLabelledOnly }: NewModel): Promise<string> {
      const output_config = {
        concepts_mutually_exclusive: isExclusive,
        closed_environment: isLabelledOnly,
      };
      const model = { name, output_info: { data: { concepts }, output_config } };
      const path = v2Path(connection, "models");
      const reply = await call<{ model: { id: string } }>(connection, "POST", path, { model });
      return reply.model.id;
    },

    /** Queues the training of a new version, as the last one or from a dataset; returns its id. */
    async trainModel(modelId: string, dataset?: string): Promise<string> {
      const version = dataset === undefined ? {} : { train_info: { dataset: { id: dataset } } };
      const path = `${modelPath(modelId)}/versions`;
      const body = { model_versions: [version] };
      type Reply = { readonly model: { readonly model_version: { readonly id: string } } };
      return (await call<Reply>(connection, "POST", path, body)).model.model_version.id;
    },

    /** Queues the training of the model of one concept, by its id or name; makes the model if there is none. */
    async trainConcept(
      concept: string,
      isLabelledOnly?: boolean,
    ): Promise<{ readonly modelId: string; readonly version: ModelVersion }> {
      const path = ownPath(connection, "/semblance/training");
      const body = { concept, labelled_only: isLabelledOnly };
      type Reply = { readonly model_id: string; readonly version: WireVersion };
      const reply = await call<Reply>(connection, "POST", path, body);
      return { modelId: reply.model_id, version: toVersion(reply.version) };
    },

    /** Inputs that are labelled with a concept ("present"), or as without it; newest first. */
    async conceptExamples(
      concept: string,
      side: "present" | "absent",
      { page = 0, perPage = 100 }: { readonly page?: number; readonly perPage?: number } = {},
      options?: CallOptions,
    ): Promise<{ readonly ids: readonly string[]; readonly total: number }> {
      const query = { concept, side, page: String(page), per_page: String(perPage) };
      const path = ownPath(connection, "/semblance/training/examples", query);
      return call(connection, "GET", path, undefined, options);
    },

    async renameModel(modelId: string, name: string): Promise<void> {
      const body = { action: "merge", models: [{ id: modelId, name }] };
      await call(connection, "PATCH", v2Path(connection, "models"), body);
    },

    /** With all its versions; labels stay. */
    async deleteModel(modelId: string): Promise<void> {
      await call(connection, "DELETE", modelPath(modelId));
    },

    async deleteModelVersion(modelId: string, versionId: string): Promise<void> {
      await call(connection, "DELETE", `${modelPath(modelId)}/versions/${id(versionId)}`);
    },
  };
}

function toModel({ id, name, created_at, examples, latest, current }: WireModel): Model {
  return {
    id,
    name,
    createdAt: new Date(created_at),
    examples,
    latest: latest && toVersion(latest),
    current: current && toVersion(current),
  };
}

function toVersion(wire: WireVersion): ModelVersion {
  const { status_text, is_exclusive, labelled_only, created_at, completed_at, ...rest } = wire;
  return {
    ...rest,
    statusText: status_text,
    isExclusive: is_exclusive,
    isLabelledOnly: labelled_only,
    dataset: wire.dataset ?? undefined,
    createdAt: new Date(created_at),
    completedAt: completed_at === undefined ? undefined : new Date(completed_at),
    concepts: wire.concepts.map(({ metrics, ...concept }) => ({
      ...concept,
      metrics: metrics && toMetrics(metrics),
    })),
  };
}

function toMetrics(wire: WireMetrics): ConceptMetrics {
  const { has_supposed_negatives, roc_auc, average_precision, ...rest } = wire;
  return {
    ...rest,
    hasSupposedNegatives: has_supposed_negatives,
    rocAuc: roc_auc,
    averagePrecision: average_precision,
  };
}
