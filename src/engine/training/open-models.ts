// Wires what belongs to models: records and labels -> trainer -> models.
import type { AppError } from "../../errors.ts";
import type { Activities } from "../activities.ts";
import type { Calibration } from "../calibration.ts";
import type { Concepts } from "../concepts.ts";
import type { Encoder } from "../encode.ts";
import type { Store } from "../store.ts";
import { ModelVersions } from "./model-versions.ts";
import { Models } from "./models.ts";
import { Trainer } from "./trainer.ts";
import { ZeroShot } from "./zero-shot.ts";

type Parts = {
  readonly store: Store;
  readonly encoder: Encoder;
  readonly calibration: Calibration;
  readonly concepts: Promise<Concepts>;
  readonly space: number;
  readonly activities: Activities;
  readonly onError: (error: AppError) => void;
};

export function openModels(given: Parts): {
  readonly models: Models;
  readonly trainer: Trainer;
  readonly zeroShot: ZeroShot;
} {
  const { store, encoder, calibration, concepts, space, activities, onError } = given;
  const { id } = encoder.model;
  const parts = {
    data: store.trainingData,
    vectors: store.vectors,
    records: store.records,
    concepts: store.concepts,
    datasets: store.datasets,
    dim: encoder.dim,
    space,
    versions: new ModelVersions(store.records, id),
    zeroShot: new ZeroShot({ encoder, calibration, concepts }),
  };
  const onTrained = (app: { readonly row: number }) => models.forget(app);
  const trainer = new Trainer({ ...parts, activities, encoder: id, onTrained, onError });
  const models = new Models({ ...parts, trainer });
  return { models, trainer, zeroShot: parts.zeroShot };
}
