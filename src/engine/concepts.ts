// The concepts of the base workflow: a vocabulary embedded once per model, predicted for every image,
// searched by name. Prompt ensembles as in Radford et al. 2021, section 3.1.4.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { AppError } from "../errors.ts";
import type { BlobStore } from "./blobs.ts";
import { type Calibration, conceptValue } from "./calibration.ts";
import { bestMatches, type Match } from "./concept-match.ts";
import type { Encoder } from "./encode.ts";
import type { Concept, Prediction } from "./engine.ts";
import { ExactIndex } from "./nearest.ts";
import type { ScanPool } from "./scan-pool.ts";
import { byValue, dot } from "./training/linear.ts";
import { parsePublicIds, parseVocabulary, type VocabularyEntry } from "./vocabulary.ts";

/** Predicted concepts that are kept per image. */
const PREDICTED = 20;
/** Concepts embedded between two looks at the abort signal. */
const EMBED_BATCH = 64;

const VOCABULARY = new URL("./vocabulary/concepts.txt", import.meta.url);
const PUBLIC_IDS = new URL("./vocabulary/public-ids.txt", import.meta.url);

/** A vocabulary in one model's vector space. Clarifai's general model plays the same part. */
export class Concepts {
  readonly #entries: readonly VocabularyEntry[];
  /** [entries, dim] f32, unit rows. */
  readonly #embeddings: Float32Array;
  readonly #calibration: Calibration;
  /** The embeddings once more, as rows 1, 2, ...: predicting is a search for concepts. */
  readonly #index: ExactIndex;
  readonly #dim: number;
  readonly #indexOf = new Map<string, number>();
  /** Differs whenever predictions of the same vectors may. */
  readonly fingerprint: string;

  constructor(
    entries: readonly VocabularyEntry[],
    embeddings: Float32Array,
    calibration: Calibration,
    pool: ScanPool,
    fingerprint = "",
  ) {
    this.#entries = entries;
    this.fingerprint = fingerprint;
    this.#embeddings = embeddings;
    this.#calibration = calibration;
    this.#dim = embeddings.length / entries.length;
    this.#index = new ExactIndex({ pool, dim: this.#dim, readVectors: (rows) => this.#read(rows) });
    this.#index.add(
      entries.map((_, i) => i + 1),
      embeddings,
    );
    entries.forEach((entry, i) => {
      for (const key of [...entry.synonyms, entry.name, ...entry.otherIds, entry.id])
        this.#indexOf.set(key.toLowerCase(), i);
    });
  }

  /** Reads the vocabulary and its embeddings: from the cache, or computed (seconds) and cached.
   *  @throws the reason of `signal` when it aborts */
  static async open(
    encoder: Encoder,
    calibration: Calibration,
    pool: ScanPool,
    cache: BlobStore,
    signal?: AbortSignal,
  ): Promise<Concepts> {
    const text = await readFile(VOCABULARY, "utf8");
    const entries = parseVocabulary(text, parsePublicIds(await readFile(PUBLIC_IDS, "utf8")));
    const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
    const key = `cache/concepts-${encoder.model.id}-${hash}.f32`;
    const cached = await cache.get(key).catch(() => undefined);
    const isUsable = cached?.length === entries.length * encoder.dim * 4;
    const embeddings = isUsable
      ? new Float32Array(cached.slice().buffer)
      : await embed(entries, encoder, signal);
    // Only a cache: a full disk costs the next start some seconds, nothing else.
    if (!isUsable) await cache.put(key, new Uint8Array(embeddings.buffer)).catch(() => undefined);
    const fingerprint = `${hash}-${calibration.slope}-${calibration.threshold}`;
    return new Concepts(entries, embeddings, calibration, pool, fingerprint);
  }

  /** The index of a concept by id, name or synonym, upper or lower case; undefined if there is none. */
  find(concept: string): number | undefined {
    return this.#indexOf.get(concept.trim().replace(/^#/, "").toLowerCase());
  }

  /** The concept of this very id, be it an older one. */
  withId(id: string): Concept | undefined {
    const index = this.find(id);
    const entry = index === undefined ? undefined : this.#entries[index];
    return entry && [entry.id, ...entry.otherIds].includes(id) ? toConcept(entry) : undefined;
  }

  at(index: number): Concept {
    return toConcept(this.#entries[index] as VocabularyEntry);
  }

  /** The sections of the vocabulary, in its order. */
  categories(): readonly string[] {
    return [...new Set(this.#entries.map(({ category }) => category))];
  }

  /** Indices of the concepts of these sections of the vocabulary. */
  indicesIn(categories: ReadonlySet<string>): readonly number[] {
    return this.#entries.flatMap(({ category }, i) => (categories.has(category) ? [i] : []));
  }

  /** [dim] f32, unit length. */
  embedding(index: number): Float32Array {
    return this.#embeddings.subarray(index * this.#dim, (index + 1) * this.#dim);
  }

  /** The predicted value at a cosine: 0..1, rising with it. */
  value(cosine: number): number {
    return conceptValue(this.#calibration, cosine);
  }

  /** The likeliest concepts of an image, surest first: ids with values. `vector`: [dim] f32, unit length. */
  async predict(vector: Float32Array): Promise<readonly (readonly [string, number])[]> {
    const { neighbours } = await this.#index.nearest(vector, PREDICTED);
    return neighbours.map(({ row, scoreCosine }) => [
      this.at(row - 1).id,
      Number(this.value(scoreCosine).toFixed(4)),
    ]);
  }

  /** Values of concepts for an image or text, highest first, ties by id. `vector`: [dim] f32, unit length;
   *  `only`: indices, by default all. Costs a dot product per concept. */
  recognize(
    vector: Float32Array,
    only: readonly number[] = this.#entries.map((_, i) => i),
  ): readonly Prediction[] {
    return only
      .map((i) => ({ ...this.at(i), value: this.value(dot(vector, this.embedding(i))) }))
      .sort(byValue);
  }

  /** Stored predictions with names; concepts that left the vocabulary are left out. */
  named(predictions: readonly (readonly [string, number])[]): readonly Prediction[] {
    return predictions.flatMap(([id, value]) => {
      const index = this.find(id);
      return index === undefined ? [] : [{ ...this.at(index), value }];
    });
  }

  /** Concepts that match by name or synonym, best first. */
  search(match: Match, limit: number): readonly Concept[] {
    const found = bestMatches(this.#entries, match, ({ name, synonyms }) => [name, ...synonyms]);
    return found.slice(0, limit).map(toConcept);
  }

  /** As `search`, with the synonym that matched where the name does not. */
  suggest(match: Match, limit: number): readonly (Concept & { readonly synonym?: string })[] {
    const isMatch = (name: string) => match(name) < Number.POSITIVE_INFINITY;
    const found = bestMatches(this.#entries, match, ({ name, synonyms }) => [name, ...synonyms]);
    return found.slice(0, limit).map((entry) => {
      const synonym = isMatch(entry.name) ? undefined : entry.synonyms.find(isMatch);
      return { ...toConcept(entry), ...(synonym !== undefined && { synonym }) };
    });
  }

  #read(rows: readonly number[]): Float32Array {
    const vectors = new Float32Array(rows.length * this.#dim);
    rows.forEach((row, i) => {
      vectors.set(this.embedding(row - 1), i * this.#dim);
    });
    return vectors;
  }
}

async function embed(
  entries: readonly VocabularyEntry[],
  encoder: Encoder,
  signal: AbortSignal | undefined,
): Promise<Float32Array> {
  const embeddings = new Float32Array(entries.length * encoder.dim);
  for (let start = 0; start < entries.length; start += EMBED_BATCH) {
    signal?.throwIfAborted();
    const batch = entries.slice(start, start + EMBED_BATCH);
    embeddings.set(await embedBatch(batch, encoder), start * encoder.dim);
  }
  return embeddings;
}

// [batch, dim]: the mean of each concept's prompts, unit length
async function embedBatch(
  entries: readonly VocabularyEntry[],
  encoder: Encoder,
): Promise<Float32Array> {
  const { dim } = encoder;
  const rows = await encoder.encodeTexts(entries.flatMap(({ prompts }) => prompts));
  const means = new Float32Array(entries.length * dim);
  let at = 0;
  entries.forEach(({ prompts }, i) => {
    const sum = means.subarray(i * dim, (i + 1) * dim);
    for (const _ of prompts) {
      for (let d = 0; d < dim; d++) sum[d]! += rows[at * dim + d]!;
      at++;
    }
    const length = Math.hypot(...sum);
    if (!(length > 0)) {
      throw new AppError(
        "model_unavailable",
        "Expected a text embedding for a concept but received zeros.",
      );
    }
    for (let d = 0; d < dim; d++) sum[d]! /= length;
  });
  return means;
}

function toConcept({ id, name, source }: VocabularyEntry): Concept {
  return { id, name, source };
}
