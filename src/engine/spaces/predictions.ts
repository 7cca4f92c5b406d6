// A vocabulary that changed -> the predictions of all inputs once more, from their vectors; no image is read.
import type { Report } from "../activities.ts";
import type { Space, SpaceParts } from "./space.ts";

const PAGE = 200;

/** Whether the predictions of a space were made with another vocabulary or calibration than that of now. */
export async function isOutdated({ store }: SpaceParts, { space, concepts }: Space) {
  const records = await store.spaces.list();
  const { fingerprint } = await concepts;
  return records.find(({ row }) => row === space)?.vocabulary !== fingerprint;
}

/** Goes through all inputs; what comes meanwhile is predicted with the vocabulary of now anyway. Stopped, it starts over.
 *  @throws the reason of `signal` */
export async function predictAgain(
  { store }: SpaceParts,
  { space, concepts }: Space,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const vocabulary = await concepts;
  const total = await store.spaces.countVectors(space);
  let [done, after] = [0, 0];
  for (;;) {
    signal.throwIfAborted();
    report(done, Math.max(done, total));
    const page = await store.spaces.vectors(space, after, PAGE);
    const last = page.at(-1);
    if (!last) break;
    const predicted = await Promise.all(
      page.map(async ({ input, vector }) => ({
        input,
        predictions: await vocabulary.predict(vector),
      })),
    );
    await store.spaces.predict(space, predicted);
    after = last.input;
    done += page.length;
  }
  await store.spaces.setVocabulary(space, vocabulary.fingerprint);
}
