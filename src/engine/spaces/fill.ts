// Inputs that a space lacks -> their vectors in it, from the originals, or from the thumbnails of those that are gone.
// It may be stopped at any point and goes on with what is missing.
import { setTimeout } from "node:timers/promises";
import { AppError } from "../../errors.ts";
import type { Report } from "../activities.ts";
import { decode } from "../decode.ts";
import { readOriginal } from "../originals.ts";
import { preprocess } from "../preprocess.ts";
import { thumbnailKey } from "../thumbnail.ts";
import type { Space, SpaceParts } from "./space.ts";
import type { Missing } from "./space-records.ts";

/** Images per run of the image tower while people search: they wait for one run at most. */
const BATCH_WHEN_ASKED = 4;

export type Courtesy = {
  /** Whether somebody searched in the last second. */
  readonly isAsked: () => boolean;
};

/** Fills the space until nothing is missing. Inputs of which neither the original nor a thumbnail can be read end as failed
 *  if `isLast`; else they are left for the next time. @throws the reason of `signal` */
export async function fill(
  parts: SpaceParts & Courtesy,
  target: Space,
  { report, signal, isLast }: { report: Report; signal: AbortSignal; isLast: boolean },
): Promise<void> {
  const { spaces } = parts.store;
  const total = await spaces.countMissing(target.space);
  let [done, after] = [0, 0];
  for (;;) {
    signal.throwIfAborted();
    report(done, total);
    const began = Date.now();
    const { imagesAtOnce } = target.encoder;
    const size = parts.isAsked() ? BATCH_WHEN_ASKED : imagesAtOnce;
    const batch = await spaces.missing(target.space, after, size);
    const last = batch.at(-1);
    if (!last) return;
    const unreadable = await encodeMissing(parts, target, batch);
    if (isLast) await Promise.all(unreadable.map((missing) => giveUp(parts, target, missing)));
    after = last.input.row;
    done += batch.length;
    // Searches come first: as long a rest as the work took.
    if (parts.isAsked()) await setTimeout(Date.now() - began, undefined, { signal });
  }
}

// Returns those that cannot be read.
async function encodeMissing(
  parts: SpaceParts,
  target: Space,
  batch: readonly Missing[],
): Promise<readonly Missing[]> {
  const { encoder, concepts, space, indexes } = target;
  const pixels = await Promise.all(batch.map((missing) => readPixels(parts, target, missing)));
  const readable = batch.flatMap((missing, i) => {
    const row = pixels[i];
    return row ? [{ missing, row }] : [];
  });
  if (readable.length > 0) {
    const vocabulary = await concepts;
    const vectors = await encoder.encodePixels(readable.map(({ row }) => row));
    const filled = await Promise.all(
      readable.map(async ({ missing }, i) => {
        const vector = vectors.subarray(i * encoder.dim, (i + 1) * encoder.dim);
        const predictions = await vocabulary.predict(vector);
        return { ...missing, encoded: { space, vector, predictions } };
      }),
    );
    await indexes.apply(await parts.store.spaces.fill(filled));
  }
  return batch.filter((_, i) => !pixels[i]);
}

async function readPixels(
  { blobs, codecs }: SpaceParts,
  { encoder }: Space,
  { input, app }: Missing,
): Promise<Float32Array | undefined> {
  const sources = [
    () => readOriginal(blobs, { row: app }, input),
    () => blobs.get(thumbnailKey(app, input.row)),
  ];
  for (const read of sources) {
    const bytes = await read();
    const picture = bytes && (await decode(bytes, codecs).catch(() => undefined));
    if (picture) return preprocess(picture, encoder.model.preprocess);
  }
  return undefined;
}

async function giveUp({ store }: SpaceParts, { indexes }: Space, { input, app }: Missing) {
  const error = new AppError(
    "file_unreadable",
    `Expected the original or the thumbnail of input ${input.id} for the new encoder but neither can be read. ` +
      "Put the file back and try again.",
  );
  const gone = await store.queue.fail(input, error);
  if (gone.length > 0) await indexes.remove({ row: app }, gone);
}
