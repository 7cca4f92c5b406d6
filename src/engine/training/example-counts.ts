// Labels of now, beside those that a version has learned from -> how many are new to it.
import type { App } from "../engine.ts";
import type { AppConcept, AppConcepts } from "../library/app-concepts.ts";
import { type LessonParts, toScope } from "./lessons.ts";
import type { LearnedConcept, ModelVersion } from "./model-record.ts";
import type { Scope, TrainingData } from "./training-data.ts";

/** Inputs that are labelled with a concept and indexed. */
export type ExampleCounts = {
  readonly id: string;
  /** As it is now: concepts can be renamed. */
  readonly name: string;
  readonly positives: number;
  readonly negatives: number;
  /** Labels that came, went or changed since the version was trained; 0 as long as it was not. */
  readonly changes: number;
};

type Parts = Pick<LessonParts, "space" | "datasets"> & {
  readonly data: TrainingData;
  readonly concepts: AppConcepts;
};

/** One for each concept of the version; without the limits of a dataset that is gone. */
export async function toExampleCounts(
  parts: Parts,
  app: App,
  version: ModelVersion,
): Promise<readonly ExampleCounts[]> {
  const scope = await toScope(parts, app, version).catch(() => ({ app, space: parts.space }));
  const counts: ExampleCounts[] = [];
  for (const { id, name } of version.concepts) {
    const learned = version.learned.find((one) => one.id === id);
    const concept = await parts.concepts.find(app, id);
    counts.push(
      concept === undefined
        ? { id, name, positives: 0, negatives: 0, changes: 0 }
        : { id, name: concept.name, ...(await count(parts.data, scope, concept, learned)) },
    );
  }
  return counts;
}

async function count(
  data: TrainingData,
  scope: Scope,
  { row }: AppConcept,
  learned: LearnedConcept | undefined,
) {
  if (learned !== undefined && (await data.fingerprint(scope, row)) === learned.labels) {
    return { positives: learned.positives, negatives: learned.negatives, changes: 0 };
  }
  const labelled = await data.labelled(scope, row);
  const [positives, negatives] = [labelled.positives.size, labelled.negatives.size];
  const changes = learned === undefined ? 0 : toChanges(learned, positives, negatives);
  return { positives, negatives, changes };
}

// One that changed sides counts once; where labels only went, something did change.
function toChanges(learned: LearnedConcept, positives: number, negatives: number): number {
  const gain = (now: number, then: number) => Math.max(0, now - then);
  return Math.max(1, gain(positives, learned.positives) + gain(negatives, learned.negatives));
}
