// Concepts that no model knows, learned from their labels when someone asks.

import { Cache } from "../cache.ts";
import type { App } from "../engine.ts";
import type { AppConcept } from "../library/app-concepts.ts";
import { learnConcept } from "./learn-concept.ts";
import type { TrainedConcept } from "./model-record.ts";
import { createPause } from "./pause.ts";
import {
  chooseExamples,
  readExamples,
  type Sources,
  sampleUnlabelled,
} from "./training-examples.ts";
import type { ZeroShot } from "./zero-shot.ts";

const CACHED = 100;

export type LabelParts = Sources & {
  readonly zeroShot: Pick<ZeroShot, "of">;
  readonly space: number;
};

export class LabelClassifiers {
  readonly #parts: LabelParts;
  readonly #known = new Cache<TrainedConcept>(CACHED);

  constructor(parts: LabelParts) {
    this.#parts = parts;
  }

  /** Learned now (0.1 s or so, in slices) unless the labels are as they were; undefined without a label that says the
   *  concept is there. Its modelId is "". */
  async of(app: App, concept: AppConcept): Promise<TrainedConcept | undefined> {
    const { data, space, zeroShot } = this.#parts;
    const { row, id, name } = concept;
    const scope = { app, space };
    const key = `${row} ${name} ${await data.fingerprint(scope, row)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const labelled = await data.labelled(scope, row);
    if (labelled.positives.size === 0) return undefined;
    const pause = createPause();
    const chosen = chooseExamples(labelled, [], await sampleUnlabelled(this.#parts, scope));
    const examples = await readExamples(this.#parts, chosen, pause);
    const { classifier } = await learnConcept(examples, await zeroShot.of(name), pause);
    return this.#known.set(key, { ...classifier, id, name, modelId: "" });
  }
}
