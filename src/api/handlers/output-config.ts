// What a prediction is to hold: how many concepts, from which value on, or which ones.
import type { Concept as ConceptMessage, OutputConfig } from "#proto/api/resources_pb";
import { LANGUAGES, toLanguage } from "../../engine/concept-names.ts";
import type { Concept, Engine, Prediction } from "../../engine/engine.ts";
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";

/** Chooses among all predictions of a model, highest value first. */
export type Selection = {
  readonly limit: number;
  /** Of the names of the vocabulary's concepts. */
  readonly language: string;
  readonly minValue: number;
  /** Ids of the concepts to show; undefined: the likeliest. */
  readonly ids: ReadonlySet<string> | undefined;
  /** What the client asked for and the model does not know. */
  readonly unknown: readonly string[];
};

/** `known`: the model's concepts; undefined for a model that predicts none.
 *  @throws AppError "invalid_prediction", "model_argument" if the model knows none of the concepts asked for */
export async function toSelection(
  engine: Engine,
  config: OutputConfig | undefined,
  known: readonly Pick<Concept, "id" | "name">[] | undefined,
): Promise<Selection> {
  const { language: asked = "", maxConcepts = 0, minValue = 0, selectConcepts = [] } = config ?? {};
  const language = known === undefined ? "en" : requireLanguage(asked);
  if (maxConcepts > LIMITS.predictionsMax) {
    throw invalid(`at most ${LIMITS.predictionsMax} for max_concepts`, maxConcepts);
  }
  if (!(minValue >= 0 && minValue <= 1)) throw invalid("0 to 1 for min_value", minValue);
  const limit = maxConcepts || LIMITS.predictions;
  if (selectConcepts.length === 0 || known === undefined) {
    return { limit, language, minValue, ids: undefined, unknown: [] };
  }
  const found = await Promise.all(selectConcepts.map((one) => find(engine, known, one)));
  const ids = new Set(found.filter((id) => id !== undefined));
  const missing = selectConcepts.filter((_, i) => found[i] === undefined);
  const unknown = missing.map(({ id, name }) => id || name);
  if (ids.size === 0) {
    throw new AppError(
      "model_argument",
      `Expected concepts that the model knows for select_concepts but received ${unknown.join(", ")}.`,
    );
  }
  return { limit: maxConcepts || ids.size, language, minValue, ids, unknown };
}

/** Keeps the order: highest value first. */
export function select(
  predictions: readonly Prediction[],
  { limit, minValue, ids }: Selection,
): readonly Prediction[] {
  return predictions
    .filter(({ id, value }) => value >= minValue && (ids?.has(id) ?? true))
    .slice(0, limit);
}

// By id, be it an older one of the vocabulary, else by name in any case.
async function find(
  engine: Engine,
  known: readonly Pick<Concept, "id" | "name">[],
  { id, name }: ConceptMessage,
): Promise<string | undefined> {
  if (id === "") {
    const wanted = name.toLowerCase();
    return known.find((concept) => concept.name.toLowerCase() === wanted)?.id;
  }
  const current = (await engine.baseConcept(id))?.id;
  return known.find((concept) => concept.id === id || concept.id === current)?.id;
}

function requireLanguage(asked: string): string {
  const language = toLanguage(asked);
  if (language !== undefined) return language;
  throw invalid(`one of en, ${LANGUAGES.join(", ")} for language`, asked);
}

function invalid(expected: string, received: unknown): AppError {
  return new AppError(
    "invalid_prediction",
    `Expected ${expected} but received ${JSON.stringify(received)}.`,
  );
}
