// Pictures and texts -> unit vectors, by the two towers of one model, each in its own worker thread
// (onnxruntime-node computes on the calling thread, which would block every request).
import { AppError } from "../errors.ts";
import type { Decoded } from "./decode.ts";
import type { AskedDevice, Device } from "./device.ts";
import type { Loaded } from "./encode-worker.ts";
import {
  boundedBatch,
  DEFAULT_BATCH,
  defaultSettings,
  type EncoderSettings,
} from "./encoder-settings.ts";
import type { Model } from "./model.ts";
import type { TowerStart } from "./open-session.ts";
import { preprocess } from "./preprocess.ts";
import { createTokenizer, type Tokenize } from "./tokenize.ts";
import { TowerThread } from "./tower-thread.ts";

/** Texts per run of the text tower. */
const TEXT_BATCH = 64;
/** Searches by caption need the text tower at any time; images come in bursts, and their tower is the larger one. */
const IMAGE_IDLE_MS = 60_000;

export type EncoderOptions = {
  /** Default: the CPU. */
  readonly device?: AskedDevice;
  /** Default: all threads for both towers. */
  readonly settings?: EncoderSettings | undefined;
  /** The image tower is unloaded after so long without an image. Default 60 s. */
  readonly imageIdleMs?: number;
};

/** An image and a text encoder that share one vector space. */
export class Encoder {
  readonly model: Model;
  /** Length of every embedding. */
  readonly dim: number;
  /** Where it computes. */
  readonly device: Device;
  /** Why it does not compute on a better device that is there; null if none is. */
  readonly refusal: string | null;
  readonly #image: TowerThread;
  readonly #text: TowerThread;
  readonly #tokenize: Tokenize;
  #settings: EncoderSettings;

  private constructor(model: Model, towers: Towers, opened: Opened, settings: EncoderSettings) {
    this.model = model;
    this.dim = opened.dim;
    this.device = opened.device;
    this.refusal = opened.refusal;
    this.#image = towers.image;
    this.#text = towers.text;
    this.#tokenize = createTokenizer(model.tokenize);
    this.#settings = settings;
  }

  /** Loads both towers. @throws AppError "model_unavailable" naming the file or the device */
  static async open(
    model: Model,
    threads: number,
    { device = "cpu", settings = defaultSettings(threads), imageIdleMs }: EncoderOptions = {},
  ): Promise<Encoder> {
    const { imageThreads, textThreads } = settings;
    const towers = {
      image: new TowerThread(
        towerStart(model, "image", device, imageThreads),
        imageIdleMs ?? IMAGE_IDLE_MS,
      ),
      text: new TowerThread(towerStart(model, "text", device, textThreads)),
    };
    try {
      return new Encoder(model, towers, await tryOut(model, towers), settings);
    } catch (cause) {
      await Promise.all([towers.image.close(), towers.text.close()]);
      throw new AppError("model_unavailable", (cause as Error).message, { cause });
    }
  }

  /** Images that are worth bringing together before `encodePixels`: decoding and commits are shared, too. */
  get imagesAtOnce(): number {
    return Math.max(DEFAULT_BATCH, this.imageBatch);
  }

  /** Images per run of the image tower: as measured, and as many as fit into memory. */
  get imageBatch(): number {
    return boundedBatch(this.#settings.imageBatch, this.model.preprocess);
  }

  /** Works with other settings from the next runs on. */
  async use(settings: EncoderSettings): Promise<void> {
    const { imageThreads, textThreads } = settings;
    const before = this.#settings;
    this.#settings = settings;
    if (imageThreads !== before.imageThreads)
      await this.#image.restart({ ...this.#image.start, threads: imageThreads });
    if (textThreads !== before.textThreads)
      await this.#text.restart({ ...this.#text.start, threads: textThreads });
  }

  /** What a tower is loaded with, for a second one to be timed. */
  start(kind: "image" | "text"): TowerStart {
    return (kind === "image" ? this.#image : this.#text).start;
  }

  /** Runs `work` while no image is encoded; images wait for it. */
  withoutImages<T>(work: () => Promise<T>): Promise<T> {
    return this.#image.alone(work);
  }

  /** [N, dim] f32, row-major, each row L2-normalised. */
  async encodeImages(pictures: readonly Decoded[]): Promise<Float32Array> {
    const { preprocess: config } = this.model;
    const rows = await Promise.all(pictures.map((picture) => preprocess(picture, config)));
    return this.encodePixels(rows);
  }

  /** Like `encodeImages`, from rows that are already preprocessed: each [3, H, W] f32. */
  async encodePixels(rows: readonly Float32Array[]): Promise<Float32Array> {
    const embeddings = new Float32Array(rows.length * this.dim);
    const { imageBatch } = this;
    for (let start = 0; start < rows.length; start += imageBatch) {
      const batch = rows.slice(start, start + imageBatch);
      embeddings.set(await this.#encodeBatch(batch), start * this.dim);
    }
    return embeddings;
  }

  #encodeBatch(rows: readonly Float32Array[]): Promise<Float32Array> {
    const { widthPx, heightPx } = this.model.preprocess;
    const values = new Float32Array(rows.length * 3 * widthPx * heightPx); // [N, 3, H, W]
    rows.forEach((row, n) => {
      values.set(row, n * row.length);
    });
    return this.#image.encode({
      kind: "image",
      values,
      shape: [rows.length, 3, heightPx, widthPx],
    });
  }

  /** [N, dim] f32, row-major, each row L2-normalised. */
  async encodeTexts(texts: readonly string[]): Promise<Float32Array> {
    const embeddings = new Float32Array(texts.length * this.dim);
    for (let start = 0; start < texts.length; start += TEXT_BATCH) {
      const tokens = this.#tokenize(texts.slice(start, start + TEXT_BATCH));
      const rows = await this.#text.encode({ kind: "text", tokens });
      embeddings.set(rows, start * this.dim);
    }
    return embeddings;
  }

  async close(): Promise<void> {
    await Promise.all([this.#image.close(), this.#text.close()]);
  }
}

type Towers = { readonly image: TowerThread; readonly text: TowerThread };
type Opened = Loaded & { readonly dim: number };

// One text and one picture through both, which must come out equally long.
async function tryOut(model: Model, { image, text }: Towers): Promise<Opened> {
  const tokens = createTokenizer(model.tokenize)(["a"]);
  const { widthPx, heightPx } = model.preprocess;
  const [values, shape] = [new Float32Array(3 * heightPx * widthPx), [1, 3, heightPx, widthPx]];
  const [{ length: dim }, { length: imageDim }] = await bothOf(
    text.encode({ kind: "text", tokens }),
    image.encode({ kind: "image", values, shape }),
  );
  if (imageDim !== dim)
    throw new AppError(
      "model_unavailable",
      `Expected embeddings of ${dim} numbers from ${model.visionFile}, as from ${model.textFile}, but received ${imageDim}.`,
    );
  const [loaded, textLoaded] = await Promise.all([image.load(), text.load()]);
  return { ...loaded, refusal: loaded.refusal ?? textLoaded.refusal, dim };
}

// The reason of the first is given, whichever fails first.
async function bothOf<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return [await one, await other];
}

function towerStart(
  model: Model,
  kind: "image" | "text",
  device: AskedDevice,
  threads: number,
): TowerStart {
  const { widthPx, heightPx } = model.preprocess;
  const file = kind === "image" ? model.visionFile : model.textFile;
  const picture = [3, heightPx, widthPx] as const;
  return { kind, file, threads, device, isCompared: true, picture, pooling: model.pooling };
}
