// A model that a request names -> something that judges embeddings: its message, and per embedding the data of an
// output.
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { DataSchema, ModelSchema, OutputConfig } from "#proto/api/resources_pb";
import type { App, Engine, Prediction } from "../../engine/engine.ts";
import { AppError } from "../../errors.ts";
import type { BaseModel } from "./main-app.ts";
import { toMessage } from "./models.ts";
import type { NamedModel } from "./named-model.ts";
import { type Selection, select, toSelection } from "./output-config.ts";
import { type Embedded, unsupported } from "./prediction-inputs.ts";
import { toConcept } from "./to-concept.ts";
import { ownConcept, toModel } from "./to-model.ts";

type Data = MessageInitShape<typeof DataSchema>;

export type Predictor = {
  readonly model: MessageInitShape<typeof ModelSchema>;
  /** What the client asked for and the model does not know. */
  readonly unknown: readonly string[];
  /** Whether its output can be the input of another model. */
  readonly isEmbedder: boolean;
  /** @throws the reason why the input has no embedding, AppError "image_unsupported" for a text that it cannot read */
  predict(input: Embedded): Promise<Data>;
};

/** `asked`: the model's id as the client knows it. `config`: what outputs are to hold.
 *  @throws AppError "untrained", "invalid_prediction", "model_argument" */
export async function toPredictor(
  engine: Engine,
  named: NamedModel,
  asked: string,
  config: OutputConfig | undefined,
): Promise<Predictor> {
  return named.kind === "own"
    ? ownPredictor(engine, named, config)
    : basePredictor(engine, named, asked, config);
}

async function ownPredictor(
  engine: Engine,
  { app, model, version, isPinned }: NamedModel & { kind: "own" },
  config: OutputConfig | undefined,
): Promise<Predictor> {
  // The newest trained version answers, which need not be the newest.
  const versionId = isPinned ? version?.id : undefined;
  const classifier = await engine.models.classifier(app, model.id, versionId);
  const selection = await toSelection(engine, config, classifier.version.concepts);
  return {
    model: toModel(app, model, classifier.version),
    unknown: selection.unknown,
    isEmbedder: false,
    predict: async (input) => {
      const predictions = classifier.predict(embeddingOf(input, false));
      return { concepts: toOwnConcepts(app, select(predictions, selection)) };
    },
  };
}

async function basePredictor(
  engine: Engine,
  named: NamedModel & { kind: "base" },
  asked: string,
  config: OutputConfig | undefined,
): Promise<Predictor> {
  const { base } = named;
  const known = base.task === "recognize" ? await engine.predict.known(base.sections) : undefined;
  const selection = await toSelection(engine, config, known);
  return {
    model: toMessage(named, asked),
    unknown: selection.unknown,
    isEmbedder: base.task === "embed",
    predict: async (input) => judge(engine, base, embeddingOf(input, base.takesText), selection),
  };
}

async function judge(
  engine: Engine,
  base: BaseModel,
  embedding: Float32Array,
  selection: Selection,
): Promise<Data> {
  switch (base.task) {
    case "recognize": {
      const predictions = await engine.predict.recognize(embedding, base.sections);
      const chosen = select(predictions, selection);
      const named = await engine.inLanguage(chosen, selection.language);
      return { concepts: named.map((concept) => toConcept(concept, concept.value)) };
    }
    case "embed":
      return { embeddings: [{ vector: [...embedding], numDimensions: embedding.length }] };
    case "cluster": {
      const { id, projection } = await engine.predict.cluster(embedding);
      return { clusters: [{ id, projection: [...projection] }] };
    }
  }
}

function embeddingOf({ kind, embedding }: Embedded, takesText: boolean): Float32Array {
  if (embedding instanceof AppError) throw embedding;
  if (kind === "text" && !takesText) throw unsupported("a text");
  return embedding;
}

function toOwnConcepts(app: App, predictions: readonly Prediction[]) {
  return predictions.map((prediction) => ({
    ...ownConcept(app, prediction),
    value: prediction.value,
  }));
}
