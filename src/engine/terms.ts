// Ranks of a search -> terms: a vector each, and for concepts what a cosine with it means.
import { createHash } from "node:crypto";
import { AppError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { Cache } from "./cache.ts";
import type { Calibration } from "./calibration.ts";
import type { Concepts } from "./concepts.ts";
import { decode } from "./decode.ts";
import type { Encoder } from "./encode.ts";
import type { App } from "./engine.ts";
import type { FetchImage } from "./fetch/fetch-image.ts";
import { fold } from "./filter/fold.ts";
import { kindsLift, writtenLift } from "./lift.ts";
import type { Rank } from "./query.ts";
import type { Term } from "./rank.ts";
import type { Store } from "./store.ts";
import type { Thread } from "./thread.ts";
import { type LinearClassifier, sigmoid } from "./training/linear.ts";
import type { TrainedConcept } from "./training/model-record.ts";
import type { Models } from "./training/models.ts";

const CACHED_TEXTS = 1000;
/** Example images: their vectors, for who scrolls on. */
const CACHED_IMAGES = 200;

/** What ranks are made of. */
export type TermParts = {
  readonly store: Store;
  readonly encoder: Pick<Encoder, "dim" | "encodeImages" | "encodeTexts">;
  readonly codecs: Thread;
  readonly concepts: Promise<
    Pick<Concepts, "find" | "embedding" | "value" | "kindsOf" | "describing" | "mean" | "some">
  >;
  readonly calibration: Calibration;
  readonly models: Pick<Models, "trained" | "fromLabels">;
  readonly fetchImage: FetchImage;
  /** @throws AppError "not_found" */
  readonly readExample: (app: App, id: string) => Promise<Uint8Array>;
  readonly space: number;
};

export class Terms {
  readonly #parts: TermParts;
  readonly #texts = new Cache<Float32Array>(CACHED_TEXTS);
  readonly #images = new Cache<Float32Array>(CACHED_IMAGES);

  constructor(parts: TermParts) {
    this.#parts = parts;
  }

  /** @throws AppError "invalid_search", "not_indexed", those of an example image and of its URL */
  async of(app: App, rank: Rank, signal?: AbortSignal): Promise<Term> {
    const { weight } = rank;
    if (rank.kind === "concept") return { weight, ...(await this.#concept(app, rank.concept)) };
    if (rank.kind === "text") {
      const lift = writtenLift(this.#parts, app, rank.text);
      return { weight, vector: await this.#encodeText(rank.text), modality: "words", lift };
    }
    return { weight, vector: await this.#vector(app, rank, signal), modality: "picture" };
  }

  async #vector(
    app: App,
    rank: Exclude<Rank, { kind: "concept" | "text" }>,
    signal: AbortSignal | undefined,
  ): Promise<Float32Array> {
    switch (rank.kind) {
      case "image":
        return this.#encodeImage(rank.bytes);
      case "url":
        return this.#encodeImage(await this.#parts.fetchImage(rank.url, signal));
      case "example":
        return this.#encodeImage(await this.#parts.readExample(app, rank.id));
      case "input":
        return this.#stored(app, rank.inputId);
      case "vector":
        return toUnit(rank.vector, this.#parts.encoder.dim);
    }
  }

  // The app's trained concept, else the vocabulary's, else what the app's labels or the words of its name say.
  async #concept(app: App, given: string): Promise<Omit<Term, "weight">> {
    const { store, models, concepts, calibration } = this.#parts;
    const named = given.trim().replace(/^#/, "").trim();
    const own = await store.concepts.find(app, named);
    const keys = own ? [named, own.id, own.name] : [named];
    const trained = findTrained(await models.trained(app), keys);
    if (trained) return toConceptTerm(trained);
    // A hub model takes minutes to embed the vocabulary at its first start: only these concepts wait for it.
    const vocabulary = await concepts;
    const index = keys.map((key) => vocabulary.find(key)).find((found) => found !== undefined);
    const value = (cosine: number) => vocabulary.value(cosine, index);
    if (index !== undefined) {
      const lift = kindsLift(this.#parts, vocabulary, calibration, index);
      const vector = vocabulary.embedding(index);
      return { vector, value, modality: "words", ...(lift && { lift }) };
    }
    if (!own) throw unknownConcept(named);
    const labelled = await models.fromLabels(app, own);
    if (labelled) return toConceptTerm(labelled);
    return { vector: await this.#encodeText(own.name), value, modality: "words" };
  }

  async #encodeImage(bytes: Uint8Array): Promise<Float32Array> {
    const { encoder, codecs } = this.#parts;
    const key = createHash("sha256").update(bytes).digest("hex");
    const known = this.#images.get(key);
    if (known) return known;
    return this.#images.set(key, await encoder.encodeImages([await decode(bytes, codecs)]));
  }

  async #encodeText(text: string): Promise<Float32Array> {
    if (text.length > LIMITS.textLength) {
      throw new AppError(
        "invalid_search",
        `Expected at most ${LIMITS.textLength} characters for the caption but received ${text.length}.`,
      );
    }
    const key = text.trim().replace(/\s+/g, " ");
    if (key === "")
      throw new AppError(
        "invalid_search",
        "Expected words for the caption but received an empty text.",
      );
    return (
      this.#texts.get(key) ?? this.#texts.set(key, await this.#parts.encoder.encodeTexts([key]))
    );
  }

  async #stored(app: App, id: string): Promise<Float32Array> {
    const { store, space } = this.#parts;
    const input = await store.input(app, id);
    const vector = input && (await store.vectors.of(input, space));
    if (vector) return vector;
    throw new AppError(
      "not_indexed",
      `Expected a fully indexed input for input_id but received ${id}, which ${input ? `is ${input.status}` : "does not exist"}.`,
      { details: { id } },
    );
  }
}

function toConceptTerm({ vector, scale, bias }: LinearClassifier): Omit<Term, "weight"> {
  const value = (cosine: number) => sigmoid(scale * cosine + bias);
  return { vector, value, modality: "direction", isLearnt: true };
}

// An id says more than a name, and upper or lower case nothing.
function findTrained(
  trained: readonly TrainedConcept[],
  keys: readonly string[],
): TrainedConcept | undefined {
  const folded = new Set(keys.map(fold));
  return (
    trained.find(({ id }) => folded.has(fold(id))) ??
    trained.find(({ name }) => folded.has(fold(name)))
  );
}

function toUnit(vector: Float32Array, dim: number): Float32Array {
  const length = Math.hypot(...vector);
  if (vector.length === dim && length > 0 && Number.isFinite(length))
    return vector.map((value) => value / length);
  throw new AppError(
    "invalid_search",
    `Expected ${dim} finite numbers that are not all 0 for the embedding but received ${vector.length}.`,
  );
}

function unknownConcept(concept: string): AppError {
  return new AppError(
    "invalid_search",
    `Expected a known concept for #${concept} but there is none. Search the concepts for one, or search by caption.`,
    { details: { concept } },
  );
}
