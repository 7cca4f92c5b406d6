// Pictures and texts -> unit vectors, by the two towers of one model, each in its own worker thread
// (onnxruntime-node computes on the calling thread, which would block every request).
import { AppError } from "../errors.ts";
import type { Decoded } from "./decode.ts";
import type { Embed, TowerStart } from "./encode-worker.ts";
import type { Model } from "./model.ts";
import { preprocess } from "./preprocess.ts";
import { Thread } from "./thread.ts";
import { createTokenizer, type Tokenize } from "./tokenize.ts";

/** Texts per run of the text tower. */
const TEXT_BATCH = 64;

/** An image and a text encoder that share one vector space. */
export class Encoder {
  readonly model: Model;
  /** Length of every embedding. */
  readonly dim: number;
  readonly #image: Thread;
  readonly #text: Thread;
  readonly #tokenize: Tokenize;

  private constructor(model: Model, dim: number, image: Thread, text: Thread) {
    this.model = model;
    this.dim = dim;
    this.#image = image;
    this.#text = text;
    this.#tokenize = createTokenizer(model.tokenize);
  }

  /** Loads both towers. @throws AppError "model_unavailable" naming the file */
  static async open(model: Model, threads: number): Promise<Encoder> {
    const image = new Thread("encode-worker", tower(model, "image", threads));
    const text = new Thread("encode-worker", tower(model, "text", threads));
    const { widthPx, heightPx } = model.preprocess;
    const [values, shape] = [new Float32Array(3 * heightPx * widthPx), [1, 3, heightPx, widthPx]];
    try {
      const tokens = createTokenizer(model.tokenize)(["a"]);
      // Both are waited for: to end a worker that still loads its session aborts the process.
      const [{ length: dim }, { length: imageDim }] = await bothOf(
        text.call<Float32Array>({ kind: "text", tokens } satisfies Embed),
        image.call<Float32Array>({ kind: "image", values, shape } satisfies Embed),
      );
      if (imageDim !== dim)
        throw new AppError(
          "model_unavailable",
          `Expected embeddings of ${dim} numbers from ${model.visionFile}, as from ${model.textFile}, but received ${imageDim}.`,
        );
      return new Encoder(model, dim, image, text);
    } catch (cause) {
      await Promise.all([image.close(), text.close()]);
      throw new AppError("model_unavailable", (cause as Error).message, { cause });
    }
  }

  /** [N, dim] f32, row-major, each row L2-normalised. One run of the image tower. */
  async encodeImages(pictures: readonly Decoded[]): Promise<Float32Array> {
    const { preprocess: config } = this.model;
    const rows = await Promise.all(pictures.map((picture) => preprocess(picture, config)));
    return this.encodePixels(rows);
  }

  /** Like `encodeImages`, from rows that are already preprocessed: each [3, H, W] f32. */
  async encodePixels(rows: readonly Float32Array[]): Promise<Float32Array> {
    const { widthPx, heightPx } = this.model.preprocess;
    const values = new Float32Array(rows.length * 3 * widthPx * heightPx); // [N, 3, H, W]
    rows.forEach((row, n) => {
      values.set(row, n * row.length);
    });
    const message: Embed = { kind: "image", values, shape: [rows.length, 3, heightPx, widthPx] };
    return this.#image.call<Float32Array>(message, { transfer: [values.buffer] });
  }

  /** [N, dim] f32, row-major, each row L2-normalised. */
  async encodeTexts(texts: readonly string[]): Promise<Float32Array> {
    const embeddings = new Float32Array(texts.length * this.dim);
    for (let start = 0; start < texts.length; start += TEXT_BATCH) {
      const tokens = this.#tokenize(texts.slice(start, start + TEXT_BATCH));
      const rows = await this.#text.call<Float32Array>({ kind: "text", tokens } satisfies Embed);
      embeddings.set(rows, start * this.dim);
    }
    return embeddings;
  }

  async close(): Promise<void> {
    await Promise.all([this.#image.close(), this.#text.close()]);
  }
}

async function bothOf<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return [await one, await other];
}

function tower(model: Model, kind: "image" | "text", threads: number): TowerStart {
  const { widthPx, heightPx } = model.preprocess;
  const file = kind === "image" ? model.visionFile : model.textFile;
  return { kind, file, threads, picture: [3, heightPx, widthPx], pooling: model.pooling };
}
