// An app's own classifiers: made, changed, trained in the background, asked.
import { AppError } from "../../errors.ts";
import type { App, Json, Prediction } from "../engine.ts";
import type { AppConcept, AppConcepts } from "../library/app-concepts.ts";
import type { Datasets } from "../library/datasets.ts";
import { newId } from "../library/ids.ts";
import type { Records, StoredRecord } from "../library/records.ts";
import { type ExampleCounts, toExampleCounts } from "./example-counts.ts";
import { LabelClassifiers, type LabelParts } from "./label-classifiers.ts";
import { byValue, logit, sigmoid } from "./linear.ts";
import { noSuchModel, noSuchVersion, notTrained } from "./model-errors.ts";
import {
  MODEL_STATUS,
  type Model,
  type ModelBody,
  type ModelSetup,
  type ModelVersion,
  type TrainedConcept,
  toModel,
  untrained,
} from "./model-record.ts";
import { type ChangeAction, changeSetup, type GivenSetup, isSameSetup } from "./model-setup.ts";
import type { ModelVersions } from "./model-versions.ts";
import type { Trainer } from "./trainer.ts";

/** The one type of model that can be trained. */
export const MODEL_TYPE = "embedding-classifier";

/** What a new model is, or what changes about one. */
export type ModelChange = GivenSetup & { readonly name?: string; readonly details?: Json };

/** What a new version is; what is not given is as in the newest one. */
export type NewVersion = Omit<ModelChange, "name"> & {
  readonly description?: string;
  /** Key of the dataset to learn from. */
  readonly dataset?: string;
};

/** A trained version that can be asked. */
export type Classifier = {
  readonly model: Model;
  readonly version: ModelVersion;
  /** Its concepts, highest value first. `vector`: [dim] f32, unit length. */
  predict(vector: Float32Array): readonly Prediction[];
};

export type ModelsParts = LabelParts & {
  readonly records: Records;
  readonly concepts: AppConcepts;
  readonly datasets: Datasets;
  readonly versions: ModelVersions;
  readonly trainer: Pick<Trainer, "enqueue">;
};

export class Models {
  readonly #parts: ModelsParts;
  readonly #trained = new Map<number, Promise<readonly TrainedConcept[]>>();
  readonly #fromLabels: LabelClassifiers;

  constructor(parts: ModelsParts) {
    this.#parts = parts;
    this.#fromLabels = new LabelClassifiers(parts);
  }

  async get(app: App, id: string): Promise<Model | undefined> {
    const record = await this.#parts.records.get(app, { kind: "model", id });
    return record && this.#toModel(app, record);
  }

  /** Oldest first. `pattern` of the id: "*" matches anything. */
  async list(
    app: App,
    page: { readonly offset: number; readonly limit: number; readonly pattern?: string },
  ): Promise<readonly Model[]> {
    const records = await this.#parts.records.list(app, { kind: "model" }, page);
    return Promise.all(records.map((record) => this.#toModel(app, record)));
  }

  /** With a first version, untrained. Concepts that are new to the app are made.
   *  @throws AppError "id_exists", "invalid_request", "model_argument" for a type that cannot be trained */
  async create(
    app: App,
    { id = newId(), typeId = MODEL_TYPE, ...given }: ModelChange & { id?: string; typeId?: string },
  ): Promise<Model> {
    requireTrainable(typeId);
    const setup = await changeSetup(this.#parts.concepts, app, undefined, given, "overwrite");
    const body: ModelBody = { name: given.name || id, typeId, details: given.details ?? {} };
    const record = await this.#parts.records.create(app, { kind: "model", id }, body);
    const key = { app, modelId: id, versionId: newId() };
    return toModel(record, await this.#parts.versions.create(key, untrained(setup)));
  }

  /** "merge" adds concepts, "overwrite" sets them, "remove" takes them away; the rest is set. What a model is to
   *  learn stands in its versions: a new one is made unless the newest is still untrained.
   *  @throws AppError "model_not_found" */
  async change(app: App, id: string, change: ModelChange, action: ChangeAction): Promise<Model> {
    const model = await this.require(app, id);
    const { name, typeId } = model;
    const body: ModelBody = {
      name: change.name || name,
      typeId,
      details: { ...model.details, ...change.details },
    };
    const setup = await changeSetup(this.#parts.concepts, app, model.latest, change, action);
    await this.#parts.records.update(app, { kind: "model", id }, body);
    if (!isSameSetup(model.latest, setup)) await this.#putUntrained(app, model, setup);
    return this.require(app, id);
  }

  /** With all versions. Returns how many existed; `ids` undefined: all. */
  async delete(app: App, ids: readonly string[] | undefined): Promise<number> {
    const count = await this.#parts.records.delete(app, { kind: "model" }, ids);
    this.forget(app);
    return count;
  }

  async version(app: App, modelId: string, versionId: string): Promise<ModelVersion | undefined> {
    return this.#parts.versions.get({ app, modelId, versionId });
  }

  /** Newest first. */
  async versions(
    app: App,
    modelId: string,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<readonly ModelVersion[]> {
    return this.#parts.versions.list(app, modelId, page);
  }

  /** The newest version that can be asked: the one that searches use. */
  async current(app: App, modelId: string): Promise<ModelVersion | undefined> {
    return (await this.#parts.versions.newestTrained(app, modelId))?.version;
  }

  /** What the labels say now of each concept of a version, and how much of it is new to the version. */
  async examples(app: App, version: ModelVersion): Promise<readonly ExampleCounts[]> {
    return toExampleCounts(this.#parts, app, version);
  }

  /** Inputs that are labelled with a concept, or as without it. */
  async labelledIds(
    app: App,
    concept: AppConcept,
    page: { readonly isPresent: boolean; readonly offset: number; readonly limit: number },
  ): Promise<{ readonly ids: readonly string[]; readonly total: number }> {
    return this.#parts.data.labelledIds(app, concept.row, page);
  }

  /** The newest model that learns this concept and nothing else. */
  async ofConcept(app: App, conceptId: string): Promise<Model | undefined> {
    const all = await this.list(app, { offset: 0, limit: Number.MAX_SAFE_INTEGER });
    return all.findLast(({ latest }) => {
      const [first, ...others] = latest?.concepts ?? [];
      return first?.id === conceptId && others.length === 0;
    });
  }

  /** Makes a version and queues its training. @throws AppError "model_not_found" */
  async train(app: App, modelId: string, given: NewVersion = {}): Promise<ModelVersion> {
    const { latest } = await this.require(app, modelId);
    const setup = await changeSetup(this.#parts.concepts, app, latest, given, "overwrite");
    const key = { app, modelId, versionId: newId() };
    const version = await this.#parts.versions.create(key, {
      ...untrained(setup, given),
      statusCode: MODEL_STATUS.queued,
      statusText: "Model is currently in queue for training, waiting on inputs to process.",
    });
    this.#parts.trainer.enqueue(key);
    return version;
  }

  /** Queues the evaluation of a version on the labels of now. @throws AppError "model_not_found" */
  async evaluate(app: App, modelId: string, versionId: string): Promise<ModelVersion> {
    const key = { app, modelId, versionId };
    const statusText = "Model is queued for evaluation";
    const version = await this.#parts.versions.change(key, () => ({
      metrics: { statusCode: MODEL_STATUS.evaluationQueued, statusText, concepts: [] },
    }));
    if (version === undefined) throw noSuchVersion(modelId, versionId);
    this.#parts.trainer.enqueue(key);
    return version;
  }

  /** Sets what is given. @throws AppError "model_not_found" */
  async changeVersion(
    app: App,
    modelId: string,
    versionId: string,
    change: { readonly description?: string; readonly details?: Json },
  ): Promise<ModelVersion> {
    const version = await this.#parts.versions.change({ app, modelId, versionId }, (body) => ({
      description: change.description ?? body.description,
      details: { ...body.details, ...change.details },
    }));
    if (version === undefined) throw noSuchVersion(modelId, versionId);
    return version;
  }

  /** Whether it existed. */
  async deleteVersion(app: App, modelId: string, versionId: string): Promise<boolean> {
    const count = await this.#parts.versions.delete(app, modelId, [versionId]);
    this.forget(app);
    return count > 0;
  }

  /** What the app's models know: the newest trained version of each, newest model first. Cheap when asked again. */
  async trained(app: App): Promise<readonly TrainedConcept[]> {
    const known = this.#trained.get(app.row);
    if (known !== undefined) return known;
    const loading = this.#loadTrained(app);
    this.#trained.set(app.row, loading);
    loading.catch(() => this.#trained.delete(app.row));
    return loading;
  }

  /** What trained() remembers of an app is no longer so. */
  forget(app: Pick<App, "row">): void {
    this.#trained.delete(app.row);
  }

  /** A classifier of what the app's labels say of a concept; undefined without a label that says it is there. */
  async fromLabels(app: App, concept: AppConcept): Promise<TrainedConcept | undefined> {
    return this.#fromLabels.of(app, concept);
  }

  /** A model's version that can be asked, by default the newest trained one.
   *  @throws AppError "model_not_found", "untrained" */
  async classifier(app: App, modelId: string, versionId?: string): Promise<Classifier> {
    const model = await this.require(app, modelId);
    const { version, classifiers } =
      versionId === undefined
        ? ((await this.#parts.versions.newestTrained(app, modelId)) ?? NOTHING)
        : await this.#trainedVersion(app, modelId, versionId);
    if (version === undefined || classifiers.length === 0) {
      throw notTrained(model, version ?? model.latest);
    }
    return { model, version, predict: (vector) => predict(classifiers, version, vector) };
  }

  /** @throws AppError "model_not_found" */
  async require(app: App, id: string): Promise<Model> {
    const model = await this.get(app, id);
    if (model !== undefined) return model;
    throw noSuchModel(id);
  }

  async #trainedVersion(app: App, modelId: string, versionId: string) {
    const key = { app, modelId, versionId };
    const version = await this.#parts.versions.get(key);
    if (version === undefined) throw noSuchVersion(modelId, versionId);
    return { version, classifiers: await this.#parts.versions.classifiers(key) };
  }

  async #loadTrained(app: App): Promise<readonly TrainedConcept[]> {
    const { records, versions } = this.#parts;
    const page = { offset: 0, limit: Number.MAX_SAFE_INTEGER, newestFirst: true };
    const models = await records.list(app, { kind: "model" }, page);
    const trained = await Promise.all(models.map(({ id }) => versions.newestTrained(app, id)));
    return trained.flatMap((found) => found?.classifiers ?? []);
  }

  async #putUntrained(app: App, { id, latest }: Model, setup: ModelSetup): Promise<void> {
    const { versions } = this.#parts;
    const isOpen = latest?.statusCode === MODEL_STATUS.untrained && latest.completedAt === null;
    if (latest === undefined || !isOpen) {
      await versions.create({ app, modelId: id, versionId: newId() }, untrained(setup));
    } else {
      await versions.change({ app, modelId: id, versionId: latest.id }, () => setup);
    }
  }

  async #toModel(app: App, record: StoredRecord): Promise<Model> {
    return toModel(record, await this.#parts.versions.latest(app, record.id));
  }
}

const NOTHING = { version: undefined, classifiers: [] } as const;

// Values of concepts that exclude each other are shares of one whole.
function predict(
  classifiers: readonly TrainedConcept[],
  { isMutuallyExclusive }: ModelVersion,
  vector: Float32Array,
): readonly Prediction[] {
  const logits = classifiers.map((classifier) => logit(classifier, vector));
  const values = isMutuallyExclusive ? softmax(logits) : logits.map(sigmoid);
  return classifiers
    .map(({ id, name }, i) => ({ id, name, source: "trained" as const, value: values[i]! }))
    .sort(byValue);
}

function softmax(logits: readonly number[]): readonly number[] {
  const greatest = Math.max(...logits);
  const odds = logits.map((logOdds) => Math.exp(logOdds - greatest));
  const sum = odds.reduce((total, value) => total + value, 0);
  return odds.map((value) => value / sum);
}

function requireTrainable(typeId: string): void {
  if (typeId === MODEL_TYPE) return;
  throw new AppError(
    "model_argument",
    `Expected ${MODEL_TYPE} for model_type_id but received ${JSON.stringify(typeId)}: Semblance trains no other type.`,
  );
}
