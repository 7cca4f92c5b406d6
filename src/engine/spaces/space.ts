// One vector space: an encoder, and all that means something together with its vectors only.
import { join } from "node:path";
import type { AppError } from "../../errors.ts";
import type { Activities } from "../activities.ts";
import { type Calibration, readCalibration } from "../calibration.ts";
import { Concepts } from "../concepts.ts";
import type { AskedDevice } from "../device.ts";
import type { Encoder } from "../encode.ts";
import { Indexes } from "../indexes.ts";
import type { Model } from "../model.ts";
import type { Originals } from "../originals.ts";
import type { ScanPool } from "../scan-pool.ts";
import type { Thread } from "../thread.ts";
import type { Models } from "../training/models.ts";
import { openModels } from "../training/open-models.ts";
import type { Trainer } from "../training/trainer.ts";
import type { ZeroShot } from "../training/zero-shot.ts";
import { openTuned, tune } from "../tune.ts";
import type { Vectors } from "../vectors.ts";
import type { SpaceRecord } from "./space-records.ts";

/** Folders of snapshots in the data folder; the names of their files end with "-SPACE.index". */
export const SNAPSHOTS = { inputs: ["index"], objects: ["index", "objects"] } as const;

/** What all spaces share. */
export type SpaceParts = Originals & {
  /** The data folder. */
  readonly data: string;
  readonly pool: ScanPool;
  readonly codecs: Thread;
  readonly activities: Activities;
  /** CPU threads for encoding. */
  readonly threads: number;
  readonly device: AskedDevice;
  /** Whether an encoder that was not measured on this machine is. */
  readonly measures: boolean;
  readonly onError: (error: AppError) => void;
};

export type Space = {
  /** As it was when it was opened. */
  readonly record: SpaceRecord;
  /** Its key in the store. */
  readonly space: number;
  readonly encoder: Encoder;
  readonly calibration: Calibration;
  readonly concepts: Promise<Concepts>;
  readonly indexes: Indexes;
  /** Of the objects in pictures. */
  readonly objectIndexes: Indexes;
  readonly models: Models;
  readonly trainer: Trainer;
  readonly zeroShot: ZeroShot;
  close(): Promise<void>;
};

/** Loads the model's towers; the concepts come when they are ready. @throws AppError "model_unavailable" */
export async function openSpace(parts: SpaceParts, model: Model): Promise<Space> {
  const { store, pool, blobs, activities, onError, data } = parts;
  const encoder = await openTuned(parts, model);
  const calibration = await readCalibration(model);
  const { id, name, folder } = model;
  const record = await store.spaces.of({ model: id, dim: encoder.dim, name, folder });
  const space = record.row;
  const indexesOf = (vectors: Pick<Vectors, "read" | "rows">, ...folder: readonly string[]) =>
    new Indexes(join(data, ...folder), vectors, pool, space, encoder.dim, onError);
  const indexes = indexesOf(store.vectors, ...SNAPSHOTS.inputs);
  const objectIndexes = indexesOf(store.objects, ...SNAPSHOTS.objects);
  const closing = new AbortController();
  const concepts = Concepts.open(encoder, calibration, pool, blobs, closing.signal);
  concepts.catch(() => undefined); // whoever asks is told
  const tuning = tune(parts, encoder, concepts, closing.signal);
  const given = { store, encoder, calibration, concepts, space, activities, onError };
  const { models, trainer, zeroShot } = openModels(given);
  return {
    ...{ record, space, encoder, calibration, concepts, models, trainer, zeroShot },
    ...{ indexes, objectIndexes },
    async close() {
      closing.abort();
      try {
        await trainer.close();
        await concepts.catch(() => undefined); // its encoder must outlive it
        await indexes.close();
        await objectIndexes.close();
        await tuning;
      } finally {
        await encoder.close();
      }
    },
  };
}
