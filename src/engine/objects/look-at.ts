// One picture -> the objects in it, each with an embedding of its own by the encoder in use.
import { AppError } from "../../errors.ts";
import { type Decoded, decode } from "../decode.ts";
import type { Input } from "../engine.ts";
import { type Originals, readOriginal } from "../originals.ts";
import { preprocess } from "../preprocess.ts";
import type { Space } from "../spaces/space.ts";
import type { Thread } from "../thread.ts";
import { thumbnailKey } from "../thumbnail.ts";
import type { Box } from "./box.ts";
import { cropPicture } from "./crop.ts";
import type { Detection, Detector } from "./detector.ts";
import type { NewObject, Unseen } from "./found-objects.ts";

/** The surest ones get an embedding: a crowd would cost minutes. The others are counted and drawn all the same. */
const EMBEDDED_MAX = 20;
/** Shorter side of what an encoder can still tell something about; pictures have 512 px at most here. */
const SIDE_MIN_PX = 12;
/** Crops per run of the image tower while people search: they wait for one run at most. */
const BATCH_WHEN_ASKED = 4;

export type LookParts = Pick<Originals, "blobs"> & {
  readonly codecs: Thread;
  readonly detector: Detector;
  readonly isAsked: () => boolean;
};

/** Upright, as the detector sees it: of the original or, where that is gone, of the thumbnail.
 *  @throws AppError "file_unreadable" if neither can be read */
export async function readPicture(
  { blobs, codecs }: LookParts,
  input: Input,
  app: number,
): Promise<Decoded> {
  const sources = [
    () => readOriginal(blobs, { row: app }, input),
    () => blobs.get(thumbnailKey(app, input.row)),
  ];
  for (const read of sources) {
    const bytes = await read();
    const picture = bytes && (await decode(bytes, codecs).catch(() => undefined));
    if (picture) return picture;
  }
  throw new AppError(
    "file_unreadable",
    `Expected the original or the thumbnail of input ${input.id} to find objects in but neither can be read.`,
  );
}

/** What is known holds; what is not is found. @throws AppError of the picture or the detector */
export async function findObjects(
  { detector }: LookParts,
  picture: Decoded,
  { known }: Unseen,
): Promise<readonly Detection[]> {
  return known ?? detector.detect(picture);
}

/** In the same order. @throws AppError of the encoder */
export async function embedObjects(
  { isAsked }: LookParts,
  { encoder }: Space,
  picture: Decoded,
  found: readonly Detection[],
): Promise<readonly NewObject[]> {
  const large = found.filter(({ box }) => isLarge(box, picture)).slice(0, EMBEDDED_MAX);
  const vectors = new Map<Detection, Float32Array>();
  for (let start = 0; start < large.length; ) {
    const batch = large.slice(start, start + (isAsked() ? BATCH_WHEN_ASKED : encoder.imagesAtOnce));
    const pixels = await Promise.all(
      batch.map(({ box }) => preprocess(cropPicture(picture, box), encoder.model.preprocess)),
    );
    const rows = await encoder.encodePixels(pixels);
    batch.forEach((one, i) => {
      vectors.set(one, rows.slice(i * encoder.dim, (i + 1) * encoder.dim));
    });
    start += batch.length;
  }
  return found.map((one) => ({ ...one, vector: vectors.get(one) }));
}

function isLarge(
  { left, top, right, bottom }: Box,
  { widthPx, heightPx }: Pick<Decoded, "widthPx" | "heightPx">,
): boolean {
  return Math.min((right - left) * widthPx, (bottom - top) * heightPx) >= SIDE_MIN_PX;
}
