// The bytes of one input -> everything that its row and the encoders need -> vectors: the steps that indexing and
// reindexing share.
import { type Decoded, decode } from "./decode.ts";
import type { Input } from "./engine.ts";
import { type Facts, findFacts } from "./facts/facts.ts";
import { preprocess } from "./preprocess.ts";
import type { Encoded, Processed } from "./queue.ts";
import type { Space } from "./spaces/space.ts";
import type { Spaces } from "./spaces/spaces.ts";
import type { Thread } from "./thread.ts";
import { makeThumbnail } from "./thumbnail.ts";

export type Prepared = {
  readonly input: Input;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly picture: Omit<Decoded, "rgb">;
  readonly facts: Facts;
  /** For each space that the input gets a vector in: [3, H, W] f32, as its encoder takes them. */
  readonly pixels: ReadonlyMap<Space, Float32Array>;
};

/** `thumbnail`: JPEG, to be kept. @throws AppError of an image that cannot be read */
export async function prepare(
  codecs: Thread,
  targets: readonly Space[],
  input: Input,
  bytes: Uint8Array,
  sha256: string,
): Promise<{ readonly prepared: Prepared; readonly thumbnail: Uint8Array }> {
  const { rgb, ...picture } = await decode(bytes, codecs);
  const decoded = { rgb, ...picture };
  const [pixels, thumbnail, facts] = await Promise.all([
    Promise.all(targets.map(({ encoder }) => preprocess(decoded, encoder.model.preprocess))),
    makeThumbnail(decoded),
    findFacts(bytes, decoded),
  ]);
  const bySpace = new Map(targets.map((target, i) => [target, pixels[i]!]));
  return {
    prepared: { input, sha256, sizeBytes: bytes.length, picture, facts, pixels: bySpace },
    thumbnail,
  };
}

/** Encodes a batch, once by each encoder; waits for their vocabularies. Where the encoder of a space that does not answer yet
 *  fails, or is closed meanwhile, its vectors are left out: filling the space makes them later. */
export async function encodeAll(
  spaces: Pick<Spaces, "current">,
  batch: readonly Prepared[],
): Promise<readonly Processed[]> {
  const encoded = new Map<Prepared, readonly Encoded[]>();
  for (const target of new Set(batch.flatMap(({ pixels }) => [...pixels.keys()]))) {
    const own = batch.filter(({ pixels }) => pixels.has(target));
    const made = await encodeFor(target, own).catch((cause) => {
      if (target.space === spaces.current.space) throw cause;
      return [];
    });
    made.forEach((each, i) => {
      encoded.set(own[i]!, [...(encoded.get(own[i]!) ?? []), each]);
    });
  }
  return batch.map((prepared) => toProcessed(prepared, encoded.get(prepared) ?? []));
}

async function encodeFor(target: Space, batch: readonly Prepared[]): Promise<readonly Encoded[]> {
  const { encoder, space } = target;
  const vocabulary = await target.concepts;
  const vectors = await encoder.encodePixels(batch.map(({ pixels }) => pixels.get(target)!));
  return Promise.all(
    batch.map(async (_, i) => {
      const vector = vectors.subarray(i * encoder.dim, (i + 1) * encoder.dim);
      return { space, vector, predictions: await vocabulary.predict(vector) };
    }),
  );
}

function toProcessed(
  { input, sha256, sizeBytes, picture, facts }: Prepared,
  encoded: readonly Encoded[],
): Processed {
  return {
    ...{ input, sha256, sizeBytes, encoded, facts },
    widthPx: picture.originalWidthPx,
    heightPx: picture.originalHeightPx,
    format: picture.format,
  };
}
