// The bytes of one input -> everything that its row and the encoder need: the steps that indexing and reindexing share.
import type { Concepts } from "./concepts.ts";
import { type Decoded, decode } from "./decode.ts";
import type { Encoder } from "./encode.ts";
import type { Input } from "./engine.ts";
import { type Facts, findFacts } from "./facts/facts.ts";
import { preprocess } from "./preprocess.ts";
import type { Processed } from "./queue.ts";
import type { Thread } from "./thread.ts";
import { makeThumbnail } from "./thumbnail.ts";

export type Prepared = {
  readonly input: Input;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly picture: Omit<Decoded, "rgb">;
  readonly facts: Facts;
  /** [3, H, W] f32, as the encoder takes them. */
  readonly pixels: Float32Array;
};

/** `thumbnail`: JPEG, to be kept. @throws AppError of an image that cannot be read */
export async function prepare(
  { codecs, encoder }: { readonly codecs: Thread; readonly encoder: Encoder },
  input: Input,
  bytes: Uint8Array,
  sha256: string,
): Promise<{ readonly prepared: Prepared; readonly thumbnail: Uint8Array }> {
  const { rgb, ...picture } = await decode(bytes, codecs);
  const [pixels, thumbnail, facts] = await Promise.all([
    preprocess({ rgb, ...picture }, encoder.model.preprocess),
    makeThumbnail({ rgb, ...picture }),
    findFacts(bytes, { rgb, ...picture }),
  ]);
  return {
    prepared: { input, sha256, sizeBytes: bytes.length, picture, facts, pixels },
    thumbnail,
  };
}

/** `vector`: [dim] f32, unit length, what the encoder made of its pixels. */
export async function toProcessed(
  { input, sha256, sizeBytes, picture, facts }: Prepared,
  vector: Float32Array,
  vocabulary: Concepts,
): Promise<Processed> {
  return {
    input,
    sha256,
    sizeBytes,
    widthPx: picture.originalWidthPx,
    heightPx: picture.originalHeightPx,
    format: picture.format,
    vector,
    predictions: await vocabulary.predict(vector),
    facts,
  };
}
