// Models and their versions -> Clarifai's messages.
import { create, type MessageInitShape, type MessageShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  DataSchema,
  EvalMetricsSchema,
  ModelSchema,
  ModelVersionSchema,
  OutputConfigSchema,
  OutputInfoSchema,
  Visibility_Gettable,
} from "#proto/api/resources_pb";
import { StatusCode } from "#proto/api/status/status_code_pb";
import { StatusSchema } from "#proto/api/status/status_pb";
import type { App, Concept } from "../../engine/engine.ts";
import type {
  Model,
  ModelConcept,
  ModelVersion,
  VersionMetrics,
} from "../../engine/training/model-record.ts";
import { withClosedEnvironment } from "../retired-fields.ts";
import { MAIN } from "./app.ts";
import { fromBody } from "./body.ts";
import { BASE_SINCE, type BaseModel } from "./main-app.ts";
import { privately } from "./to-app.ts";
import { toConcept } from "./to-concept.ts";

type Metrics = Exclude<
  MessageInitShape<typeof EvalMetricsSchema>,
  MessageShape<typeof EvalMetricsSchema>
>;
type ModelMessage = MessageShape<typeof ModelSchema>;

/** Fields of a model that the server itself says. */
export const MODEL_FIELDS: ReadonlySet<string> = new Set([
  "id",
  "name",
  "createdAt",
  "modifiedAt",
  "appId",
  "userId",
  "outputInfo",
  "modelVersion",
  "modelTypeId",
  "isStarred",
  "starCount",
  "versionCount",
]);

/** Fields of a version that the server itself says; of output_info it says the concepts. */
export const VERSION_FIELDS: ReadonlySet<string> = new Set([
  "id",
  "createdAt",
  "modifiedAt",
  "completedAt",
  "status",
  "activeConceptCount",
  "totalInputCount",
  "metrics",
  "description",
  "appId",
  "userId",
]);

/** `version`: the one that the answer is about, by default the newest. */
export function toModel(app: App, model: Model, version = model.latest): ModelMessage {
  const said = fromBody(ModelSchema, model.details);
  return {
    ...said,
    id: model.id,
    name: model.name,
    displayName: model.name,
    modelTypeId: model.typeId,
    appId: app.id,
    userId: app.userId,
    createdAt: timestampFromDate(model.createdAt),
    modifiedAt: timestampFromDate(model.modifiedAt),
    visibility: said.visibility ?? privately(),
    ...(version && {
      outputInfo: toOutputInfo(app, version),
      modelVersion: toVersion(app, version),
    }),
  };
}

export function toVersion(
  app: App,
  version: ModelVersion,
): MessageShape<typeof ModelVersionSchema> {
  return {
    ...fromBody(ModelVersionSchema, version.details),
    id: version.id,
    status: create(StatusSchema, {
      code: version.statusCode,
      description: version.statusText,
    }),
    description: version.description,
    activeConceptCount: version.concepts.length,
    totalInputCount: version.inputCount,
    metrics: create(EvalMetricsSchema, toMetrics(version.metrics)),
    outputInfo: toOutputInfo(app, version),
    appId: app.id,
    userId: app.userId,
    createdAt: timestampFromDate(version.createdAt),
    modifiedAt: timestampFromDate(version.modifiedAt),
    ...(version.completedAt && { completedAt: timestampFromDate(version.completedAt) }),
  };
}

/** With the numbers of every concept. */
export function toFullMetrics(
  app: App,
  metrics: VersionMetrics | null,
): MessageShape<typeof EvalMetricsSchema> {
  const binaryMetrics = (metrics?.concepts ?? []).map((concept) => ({
    concept: ownConcept(app, concept),
    numPos: concept.positives,
    numNeg: concept.negatives,
    numTot: concept.positives + concept.negatives,
    rocAuc: concept.rocAuc,
    f1: concept.f1,
    avgPrecision: concept.averagePrecision,
  }));
  return create(EvalMetricsSchema, { ...toMetrics(metrics), binaryMetrics });
}

/** `asked`: the id by which the client knows it. `concepts`: what it can see, where the answer is to say so. */
export function toBaseModel(
  base: BaseModel,
  asked = base.id,
  versionId = base.versionId,
  concepts: readonly Concept[] = [],
): ModelMessage {
  const visibility = { gettable: Visibility_Gettable.PUBLIC };
  const since = timestampFromDate(BASE_SINCE);
  const owner = {
    appId: MAIN.id,
    userId: MAIN.userId,
    visibility,
    createdAt: since,
    modifiedAt: since,
  };
  const activeConceptCount = concepts.length;
  return create(ModelSchema, {
    ...owner,
    id: asked,
    name: base.id,
    displayName: base.id,
    modelTypeId: base.typeId,
    description: base.description,
    outputInfo: {
      outputConfig: {},
      ...(concepts.length > 0
        ? { data: { concepts: concepts.map((concept) => toConcept(concept)) } }
        : { message: "Show output_info with: GET /models/{model_id}/output_info" }),
    },
    modelVersion: { ...owner, id: versionId, status: TRAINED, activeConceptCount },
  });
}

const TRAINED = { code: StatusCode.MODEL_TRAINED, description: "Model is trained and ready" };

export function ownConcept(app: App, { id, name }: ModelConcept) {
  return { id, name, value: 1, appId: app.id, userId: app.userId };
}

// Clients take missing data as: it has no concepts.
function toOutputInfo(app: App, version: ModelVersion): MessageShape<typeof OutputInfoSchema> {
  const { data: _, ...said } =
    fromBody(ModelVersionSchema, version.details).outputInfo ?? create(OutputInfoSchema);
  const { concepts, isMutuallyExclusive, isClosed } = version;
  const config = said.outputConfig ?? create(OutputConfigSchema);
  config.conceptsMutuallyExclusive = isMutuallyExclusive;
  return {
    ...said,
    outputConfig: withClosedEnvironment(config, isClosed),
    ...(concepts.length > 0 && {
      data: create(DataSchema, { concepts: concepts.map((concept) => ownConcept(app, concept)) }),
    }),
  };
}

function toMetrics(metrics: VersionMetrics | null): Metrics {
  if (metrics === null) {
    const description = "Model has not been evaluated";
    return { status: { code: StatusCode.MODEL_NOT_EVALUATED, description } };
  }
  const { statusCode, statusText, concepts } = metrics;
  const status = { code: statusCode, description: statusText };
  if (concepts.length === 0) return { status };
  const of = (key: "rocAuc" | "f1" | "precision" | "recall") => concepts.map((each) => each[key]);
  return {
    status,
    summary: {
      macroAvgRocAuc: mean(of("rocAuc")),
      macroStdRocAuc: deviation(of("rocAuc")),
      macroAvgF1Score: mean(of("f1")),
      macroStdF1Score: deviation(of("f1")),
      macroAvgPrecision: mean(of("precision")),
      macroAvgRecall: mean(of("recall")),
    },
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}
