// The name of a concept -> a classifier that has seen no example of it.
import { Cache } from "../cache.ts";
import type { Calibration } from "../calibration.ts";
import type { Concepts } from "../concepts.ts";
import type { Encoder } from "../encode.ts";
import type { LinearClassifier } from "./linear.ts";

/** What a photograph's description may look like; the mean of several says more than one. */
const TEMPLATES = ["{}", "a photo of a {}", "a picture of {}"];
const CACHED_NAMES = 1000;

type Parts = {
  readonly encoder: Pick<Encoder, "dim" | "encodeTexts">;
  readonly calibration: Calibration;
  readonly concepts: Promise<Pick<Concepts, "find" | "embedding">>;
};

export class ZeroShot {
  readonly #parts: Parts;
  readonly #vectors = new Cache<Float32Array>(CACHED_NAMES);

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The embedding of the name with the calibration of the encoder. The vocabulary describes its own concepts
   *  better than a name alone. */
  async of(name: string): Promise<LinearClassifier> {
    const { slope, threshold } = this.#parts.calibration;
    const vector = this.#vectors.get(name) ?? this.#vectors.set(name, await this.#embed(name));
    return { vector, scale: slope, bias: -slope * threshold };
  }

  async #embed(name: string): Promise<Float32Array> {
    const { encoder, concepts } = this.#parts;
    const vocabulary = await concepts;
    const known = vocabulary.find(name);
    if (known !== undefined) return vocabulary.embedding(known);
    const rows = await encoder.encodeTexts(TEMPLATES.map((text) => text.replace("{}", () => name)));
    const sum = new Float32Array(encoder.dim);
    for (let i = 0; i < rows.length; i++) sum[i % encoder.dim]! += rows[i]!;
    const length = Math.hypot(...sum);
    return sum.map((value) => value / (length || 1));
  }
}
