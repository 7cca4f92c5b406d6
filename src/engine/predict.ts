// Images and texts that are not kept -> embeddings, and what they show.

import { type Cluster, Clusters } from "./clusters.ts";
import type { Concepts } from "./concepts.ts";
import { type Decoded, decode } from "./decode.ts";
import type { Encoder } from "./encode.ts";
import type { App, Concept, Prediction } from "./engine.ts";
import type { Store } from "./store.ts";
import type { Thread } from "./thread.ts";

export type PredictParts = {
  readonly store: Pick<Store, "input" | "vectors">;
  readonly encoder: Encoder;
  readonly codecs: Thread;
  readonly concepts: Promise<Concepts>;
  readonly space: number;
};

export class Predict {
  readonly #parts: PredictParts;
  #clusters: Promise<Clusters> | undefined;

  constructor(parts: PredictParts) {
    this.#parts = parts;
  }

  /** [dim] f32 of unit length per image, or why not, in order. Costs like indexing: 20 ms or so each. */
  async embedImages(images: readonly Uint8Array[]): Promise<readonly (Float32Array | Error)[]> {
    const results: (Float32Array | Error)[] = [];
    const { imagesAtOnce } = this.#parts.encoder;
    for (let start = 0; start < images.length; start += imagesAtOnce) {
      results.push(...(await this.#embedBatch(images.slice(start, start + imagesAtOnce))));
    }
    return results;
  }

  /** [dim] f32 of unit length per text. */
  async embedTexts(texts: readonly string[]): Promise<readonly Float32Array[]> {
    const { encoder } = this.#parts;
    const rows = await encoder.encodeTexts(texts);
    return texts.map((_, i) => rows.slice(i * encoder.dim, (i + 1) * encoder.dim));
  }

  /** The stored embedding of an input; undefined if there is no such input, null if it is not indexed. */
  async stored(app: App, inputId: string): Promise<Float32Array | null | undefined> {
    const { store, space } = this.#parts;
    const input = await store.input(app, inputId);
    return input && ((await store.vectors.of(input, space)) ?? null);
  }

  /** Concepts of the vocabulary, highest value first. `sections`: only of these; undefined: of all. */
  async recognize(
    vector: Float32Array,
    sections: ReadonlySet<string> | undefined,
  ): Promise<readonly Prediction[]> {
    const concepts = await this.#parts.concepts;
    return concepts.recognize(vector, sections && concepts.indicesIn(sections));
  }

  /** What `recognize` knows, in the order of the vocabulary. */
  async known(sections: ReadonlySet<string> | undefined): Promise<readonly Concept[]> {
    const concepts = await this.#parts.concepts;
    const wanted = sections ?? new Set(concepts.categories());
    return concepts.indicesIn(wanted).map((i) => concepts.at(i));
  }

  /** The coarse cell of the vector space. */
  async cluster(vector: Float32Array): Promise<Cluster> {
    this.#clusters ??= this.#parts.concepts.then((concepts) => new Clusters(concepts));
    return (await this.#clusters).of(vector);
  }

  async #embedBatch(images: readonly Uint8Array[]): Promise<(Float32Array | Error)[]> {
    const { encoder, codecs } = this.#parts;
    const pictures = await Promise.all(
      images.map((bytes) => decode(bytes, codecs).catch((cause: Error) => cause)),
    );
    const good = pictures.filter((picture): picture is Decoded => !(picture instanceof Error));
    const rows = good.length > 0 ? await encoder.encodeImages(good) : new Float32Array();
    let next = 0;
    return pictures.map((picture) =>
      picture instanceof Error ? picture : rows.slice(next++ * encoder.dim, next * encoder.dim),
    );
  }
}
