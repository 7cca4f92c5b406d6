// The concepts of the base workflow: a vocabulary embedded once per model, predicted for every image,
// searched by name. Prompt ensembles as in Radford et al. 2021, section 3.1.4.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { AppError } from "../errors.ts";
import type { BlobStore } from "./blobs.ts";
import { type Calibration, conceptValue, cosineOf } from "./calibration.ts";
import { bestMatches, type Match } from "./concept-match.ts";
import { type ConceptNames, readConceptNames } from "./concept-names.ts";
import type { Encoder } from "./encode.ts";
import type { Concept, Prediction } from "./engine.ts";
import { fromHalves } from "./half.ts";
import { ExactIndex } from "./nearest.ts";
import type { ScanPool } from "./scan-pool.ts";
import { byValue, dot } from "./training/linear.ts";
import { parsePublicIds, parseVocabulary, type VocabularyEntry } from "./vocabulary.ts";
import { kindsByName } from "./vocabulary-kinds.ts";

/** Predicted concepts that are kept per image. */
const PREDICTED = 20;
/** How much less likely a rare concept is before anybody looks at the picture, in log odds: of 0 to -2.4 it
 *  brings the most labels among the first 20 predictions (docs/decisions/0014-vocabulary.md). */
const RARE_LOG_ODDS = -0.9;
/** Concepts that stand for all: their median is good to a sixth of the spread. */
const SOME = 64;
/** Stored values have four digits. */
const LEAST_VALUE = 5e-5;
const NO_KINDS: ReadonlySet<string> = new Set();
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
  /** The embeddings once more, of common and of rare concepts, as rows 1, 2, ...: predicting is a search for concepts. */
  readonly #indexes: readonly ExactIndex[];
  readonly #dim: number;
  readonly #indexOf = new Map<string, number>();
  readonly #names: ConceptNames;
  /** Differs whenever predictions of the same vectors may. */
  readonly fingerprint: string;

  constructor(
    entries: readonly VocabularyEntry[],
    embeddings: Float32Array,
    calibration: Calibration,
    pool: ScanPool,
    fingerprint = "",
    names: ConceptNames = new Map(),
  ) {
    this.#names = names;
    this.#entries = entries;
    this.fingerprint = fingerprint;
    this.#embeddings = embeddings;
    this.#calibration = calibration;
    this.#dim = embeddings.length / entries.length;
    this.#indexes = [false, true].map((isRare) => {
      const rows = entries.flatMap((entry, i) => (entry.isRare === isRare ? [i + 1] : []));
      const readVectors = (some: readonly number[]) => this.#read(some);
      const index = new ExactIndex({ pool, dim: this.#dim, readVectors });
      index.add(rows, this.#read(rows));
      return index;
    });
    const add = (key: string, i: number) => this.#indexOf.set(key.toLowerCase(), i);
    // Where one word means two things, English counts more than other languages, and a name more than a synonym.
    entries.forEach((entry, i) => {
      for (const named of names.values())
        for (const key of named.get(entry.name) ?? []) add(key, i);
    });
    entries.forEach((entry, i) => {
      for (const key of [...entry.synonyms, entry.name, ...entry.otherIds, entry.id]) add(key, i);
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
    const name = `concepts-${encoder.model.id}-${hash}`;
    const size = entries.length * encoder.dim;
    const embeddings =
      (await readPackaged(`${name}.f16`, size, encoder.dim)) ??
      (await readCached(cache, `cache/${name}.f32`, size)) ??
      (await embedAndKeep(entries, encoder, cache, `cache/${name}.f32`, signal));
    const fingerprint = `${hash}-${calibration.slope}-${calibration.threshold}`;
    return new Concepts(
      entries,
      embeddings,
      calibration,
      pool,
      fingerprint,
      await readConceptNames(),
    );
  }

  /** The index of a concept by id, name or synonym, upper or lower case, in any language; undefined if there is none. */
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

  /** The concept under its name in a language, where the vocabulary has one. */
  inLanguage<C extends Concept>(concept: C, language: string): C {
    const index = concept.source === "vocabulary" ? this.find(concept.id) : undefined;
    const english = index === undefined ? "" : this.at(index).name;
    const [name] = this.#names.get(language)?.get(english) ?? [];
    return name === undefined ? concept : { ...concept, name, language };
  }

  /** Embeddings of common concepts that stand for all, evenly spread over the vocabulary. [dim] f32 each. */
  get some(): readonly Float32Array[] {
    const common = this.#entries.flatMap(({ isRare }, i) => (isRare ? [] : [i]));
    const step = Math.max(1, Math.floor(common.length / SOME));
    return common.filter((_, i) => i % step === 0).map((i) => this.embedding(i));
  }

  /** The mean of all embeddings: where words lie. [dim] f32. */
  get mean(): Float32Array {
    this.#mean ??= meanRow(this.#embeddings, this.#dim);
    return this.#mean;
  }
  #mean: Float32Array | undefined;

  /** How many concepts there are. */
  get size(): number {
    return this.#entries.length;
  }

  /** The sections of the vocabulary, in its order. */
  categories(): readonly string[] {
    return [...new Set(this.#entries.map(({ category }) => category))];
  }

  /** Indices of the concepts of these sections of the vocabulary. */
  indicesIn(categories: ReadonlySet<string>): readonly number[] {
    return this.#entries.flatMap(({ category }, i) => (categories.has(category) ? [i] : []));
  }

  /** Ids of all concepts that are kinds of this one, kinds of kinds among them, without itself. */
  kindsOf(index: number): ReadonlySet<string> {
    this.#kinds ??= kindsByName(this.#entries);
    return this.#kinds.get((this.#entries[index] as VocabularyEntry).name) ?? NO_KINDS;
  }
  #kinds: ReadonlyMap<string, ReadonlySet<string>> | undefined;

  /** [dim] f32, unit length. */
  embedding(index: number): Float32Array {
    return this.#embeddings.subarray(index * this.#dim, (index + 1) * this.#dim);
  }

  /** The predicted value at a cosine: 0..1, rising with it. `index`: of the concept; by default one that is not rare. */
  value(cosine: number, index?: number): number {
    const isRare = index !== undefined && this.#entries[index]?.isRare;
    const prior = isRare ? RARE_LOG_ODDS : 0;
    return conceptValue(this.#calibration, cosine, prior);
  }

  /** The mean cosine of stored predictions with their image: how well it can be described. Undefined without any. */
  describing(predictions: readonly (readonly [string, number])[]): number | undefined {
    const cosines = predictions.flatMap(([id, value]) => {
      const index = this.find(id);
      if (index === undefined) return [];
      const prior = this.#entries[index]?.isRare ? RARE_LOG_ODDS : 0;
      const known = Math.min(1 - LEAST_VALUE, Math.max(LEAST_VALUE, value));
      return [cosineOf(this.#calibration, known) - prior / this.#calibration.slope];
    });
    if (cosines.length === 0) return undefined;
    return cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length;
  }

  /** The likeliest concepts of an image, surest first: ids with values. `vector`: [dim] f32, unit length. */
  async predict(vector: Float32Array): Promise<readonly (readonly [string, number])[]> {
    const found = await Promise.all(this.#indexes.map((index) => index.nearest(vector, PREDICTED)));
    return found
      .flatMap(({ neighbours }) => neighbours)
      .map(({ row, scoreCosine }) => ({ row, value: this.value(scoreCosine, row - 1) }))
      .sort((a, b) => b.value - a.value || a.row - b.row)
      .slice(0, PREDICTED)
      .map(({ row, value }) => [this.at(row - 1).id, Number(value.toFixed(4))]);
  }

  /** Values of concepts for an image or text, highest first, ties by id. `vector`: [dim] f32, unit length;
   *  `only`: indices, by default all. Costs a dot product per concept. */
  recognize(
    vector: Float32Array,
    only: readonly number[] = this.#entries.map((_, i) => i),
  ): readonly Prediction[] {
    return only
      .map((i) => ({ ...this.at(i), value: this.value(dot(vector, this.embedding(i)), i) }))
      .sort(byValue);
  }

  /** Stored predictions with names; concepts that left the vocabulary are left out. */
  named(predictions: readonly (readonly [string, number])[]): readonly Prediction[] {
    return predictions.flatMap(([id, value]) => {
      const index = this.find(id);
      return index === undefined ? [] : [{ ...this.at(index), value }];
    });
  }

  /** Concepts that match by name or synonym, best first. `language`: of names that match and are shown. */
  search(match: Match, limit: number, language: string = "en"): readonly Concept[] {
    const names = this.#names.get(language);
    const entries = names ? this.#entries.filter(({ name }) => names.has(name)) : this.#entries;
    const namesOf = ({ name, synonyms }: VocabularyEntry) =>
      names ? (names.get(name) ?? []) : [name, ...synonyms];
    const found = bestMatches(entries, match, namesOf).slice(0, limit);
    return found.map((entry) => this.inLanguage(toConcept(entry), language));
  }

  /** As `search`, with the synonym that matched where the name does not. Names of these languages are synonyms, too. */
  suggest(
    match: Match,
    limit: number,
    languages: readonly string[] = [],
  ): readonly (Concept & { readonly synonym?: string })[] {
    const foreign = languages.flatMap((language) => this.#names.get(language) ?? []);
    const synonymsOf = ({ name, synonyms }: VocabularyEntry) => [
      ...synonyms,
      ...foreign.flatMap((names) => names.get(name) ?? []),
    ];
    const isMatch = (name: string) => match(name) < Number.POSITIVE_INFINITY;
    const found = bestMatches(this.#entries, match, (entry) => [entry.name, ...synonymsOf(entry)]);
    return found.slice(0, limit).map((entry) => {
      const synonym = isMatch(entry.name) ? undefined : synonymsOf(entry).find(isMatch);
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

// The build embeds the vocabulary with the embedded encoder, so that a first start need not. In halves: rows are off unit
// length by a ten thousandth.
async function readPackaged(
  name: string,
  size: number,
  dim: number,
): Promise<Float32Array | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(createRequire(import.meta.url).resolve(`#vocabulary/${name}`));
  } catch {
    return undefined; // of another encoder, or not built
  }
  if (bytes.length !== size * 2) return undefined;
  const rows = fromHalves(new Uint16Array(bytes.slice().buffer));
  for (let start = 0; start < size; start += dim) toUnit(rows.subarray(start, start + dim));
  return rows;
}

/** In place. @throws AppError "model_unavailable" for zeros */
function toUnit(row: Float32Array): void {
  let squares = 0;
  for (let d = 0; d < row.length; d++) squares += row[d]! ** 2;
  const length = Math.sqrt(squares);
  if (!(length > 0)) {
    throw new AppError(
      "model_unavailable",
      "Expected a text embedding for a concept but received zeros.",
    );
  }
  for (let d = 0; d < row.length; d++) row[d]! /= length;
}

async function readCached(
  cache: BlobStore,
  key: string,
  size: number,
): Promise<Float32Array | undefined> {
  const bytes = await cache.get(key).catch(() => undefined);
  return bytes?.length === size * 4 ? new Float32Array(bytes.slice().buffer) : undefined;
}

async function embedAndKeep(
  entries: readonly VocabularyEntry[],
  encoder: Encoder,
  cache: BlobStore,
  key: string,
  signal: AbortSignal | undefined,
): Promise<Float32Array> {
  const embeddings = await embed(entries, encoder, signal);
  // Only a cache: a full disk costs the next start some seconds, nothing else.
  await cache.put(key, new Uint8Array(embeddings.buffer)).catch(() => undefined);
  return embeddings;
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
    toUnit(sum);
  });
  return means;
}

function meanRow(rows: Float32Array, dim: number): Float32Array {
  const mean = new Float32Array(dim);
  for (let i = 0; i < rows.length; i++) mean[i % dim]! += rows[i]!;
  return mean.map((sum) => (sum * dim) / rows.length);
}

function toConcept({ id, name, source }: VocabularyEntry): Concept {
  return { id, name, source };
}
