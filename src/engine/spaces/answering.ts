// The space that answers: what searches, predicts and explores with the vectors of one space.

import type { App } from "../engine.ts";
import { Explore } from "../explore/explore.ts";
import type { FetchImage } from "../fetch/fetch-image.ts";
import { AutomaticLabels } from "../labelling/automatic-labels.ts";
import { type Suggestion, suggestInputs } from "../labelling/suggestions.ts";
import type { AppConcept } from "../library/app-concepts.ts";
import { Predict } from "../predict.ts";
import { Search } from "../search.ts";
import { Terms } from "../terms.ts";
import type { Space, SpaceParts } from "./space.ts";

export type AnsweringParts = SpaceParts & {
  readonly fetchImage: FetchImage;
  /** @throws AppError "not_found" */
  readonly readExample: (app: App, exampleId: string) => Promise<Uint8Array>;
};

export type Answering = Space & {
  readonly search: Search;
  readonly predict: Predict;
  readonly explore: Explore;
  readonly automaticLabels: AutomaticLabels;
  suggestInputs(app: App, concept: AppConcept, limit: number): Promise<readonly Suggestion[]>;
};

/** Takes up the training that was left undone. Closing it closes the space. */
export function answerWith(parts: AnsweringParts, space: Space): Answering {
  const all = { ...parts, ...space };
  const terms = new Terms(all);
  const { explorations, copies: records, matches } = parts.store;
  const explore = new Explore({
    ...all,
    ...{ explorations, records, matches },
    termOf: (app, concept) => terms.of(app, { kind: "concept", concept, weight: 1 }),
    dim: space.encoder.dim,
  });
  const { labelRules: rules, machineAnnotations: annotations, concepts } = parts.store;
  const automaticLabels = new AutomaticLabels({
    ...all,
    ...{ rules, annotations, concepts, vectors: explorations },
  });
  const { vectors, trainingData: data } = parts.store;
  const suggesting = { ...all, data, vectors, dim: space.encoder.dim };
  space.trainer.resume().catch(parts.onError);
  return {
    ...space,
    automaticLabels,
    suggestInputs: (app, concept, limit) => suggestInputs(suggesting, app, concept, limit),
    search: new Search(all),
    predict: new Predict(all),
    explore,
    async close() {
      await explore.close();
      await automaticLabels.close();
      await space.close();
    },
  };
}
