// A version of a model -> what it learns: examples and a starting point per concept, then classifiers and how good
// they are.
import { setTimeout } from "node:timers/promises";
import { AppError } from "../../errors.ts";
import type { App } from "../engine.ts";
import type { AppConcepts } from "../library/app-concepts.ts";
import type { Datasets } from "../library/datasets.ts";
import { study } from "./evaluation.ts";
import type { LinearClassifier } from "./linear.ts";
import type { VersionBody } from "./model-record.ts";
import {
  type LearnedConcept,
  MODEL_STATUS,
  type ModelConcept,
  type VersionMetrics,
} from "./model-record.ts";
import { createPause, type Pause } from "./pause.ts";
import type { Labelled, Scope } from "./training-data.ts";
import {
  type Chosen,
  chooseExamples,
  readExamples,
  type Sources,
  sampleUnlabelled,
} from "./training-examples.ts";
import type { ZeroShot } from "./zero-shot.ts";

/** How long training waits for labelled inputs that are still to be indexed. */
const PENDING_MAX_MS = 60_000;
const PENDING_POLL_MS = 250;
/** The row of no concept: rows count from 1. */
const NO_ROW = 0;

export type LessonParts = Sources & {
  readonly concepts: AppConcepts;
  readonly datasets: Datasets;
  readonly zeroShot: Pick<ZeroShot, "of">;
  readonly space: number;
};

/** One concept: what it is learned from, and from where learning starts. */
export type Lesson = {
  readonly concept: ModelConcept;
  readonly chosen: Chosen;
  readonly zeroShot: LinearClassifier;
  readonly learned: LearnedConcept;
};

/** Told after each lesson. */
export type OnStep = (done: number) => void;

/** One lesson per concept of the version. `isPatient`: waits, for a minute at most, for inputs with their labels that
 *  are still to be indexed. @throws AppError "invalid_request" if it has no concept, "not_found" for its dataset */
export async function prepareLessons(
  parts: LessonParts,
  app: App,
  body: VersionBody,
  options: { readonly isPatient: boolean; readonly signal: AbortSignal },
): Promise<readonly Lesson[]> {
  if (body.concepts.length === 0) {
    throw new AppError("invalid_request", "Expected concepts to learn but the model has none.");
  }
  const scope = await toScope(parts, app, body);
  const rows = await Promise.all(body.concepts.map((concept) => rowOf(parts, app, concept)));
  if (options.isPatient) await waitForInputs(parts, scope, rows, options.signal);
  const pause = createPause(options.signal);
  const labelled: Labelled[] = [];
  const prints: string[] = [];
  for (const row of rows) {
    // Before the labels: what changes in between is new.
    prints.push(await parts.data.fingerprint(scope, row));
    labelled.push(await parts.data.labelled(scope, row));
    await pause();
  }
  const sample = body.isClosed ? new Map() : await sampleUnlabelled(parts, scope);
  const lessons: Lesson[] = [];
  for (const [i, concept] of body.concepts.entries()) {
    const exclusive = body.isMutuallyExclusive ? labelled.filter((_, other) => other !== i) : [];
    const own = labelled[i] as Labelled;
    const chosen = chooseExamples(own, exclusive, sample);
    const learned = {
      id: concept.id,
      positives: own.positives.size,
      negatives: own.negatives.size,
      labels: prints[i] as string,
    };
    lessons.push({ concept, chosen, zeroShot: await parts.zeroShot.of(concept.name), learned });
    await pause();
  }
  return lessons;
}

/** One classifier per lesson, in order, and how good they are. */
export async function learn(
  sources: Sources,
  lessons: readonly Lesson[],
  pause: Pause,
  onStep: OnStep = () => {},
): Promise<{
  readonly classifiers: readonly LinearClassifier[];
  readonly metrics: VersionMetrics;
}> {
  const classifiers: LinearClassifier[] = [];
  const concepts: VersionMetrics["concepts"][number][] = [];
  for (const { concept, chosen, zeroShot } of lessons) {
    const examples = await readExamples(sources, chosen, pause);
    const { classifier, metrics } = await study(examples, zeroShot, pause);
    classifiers.push(classifier);
    if (metrics !== undefined) concepts.push({ ...concept, ...metrics });
    onStep(classifiers.length);
  }
  return { classifiers, metrics: toVersionMetrics(lessons.length, concepts) };
}

function toVersionMetrics(count: number, concepts: VersionMetrics["concepts"]): VersionMetrics {
  const left = count - concepts.length;
  return {
    statusCode: MODEL_STATUS.evaluated,
    statusText:
      left === 0
        ? "Model was successfully evaluated."
        : `Model was evaluated, but for ${left} of ${count} concepts: they have fewer than 2 examples on a side.`,
    concepts,
  };
}

/** What the owner should know of the training; "" for nothing. */
export function noteOn(lessons: readonly Lesson[]): string {
  const without = lessons.filter(({ chosen }) => chosen.positives.length === 0);
  if (without.length === 0) return "";
  const names = without.map(({ concept }) => concept.name).join(", ");
  return `Trained without an example of: ${names}. Their values come from the names alone.`;
}

/** The inputs that a version learns from. @throws AppError "not_found" if its dataset is gone */
export async function toScope(
  { space, datasets }: Pick<LessonParts, "space" | "datasets">,
  app: App,
  { dataset: key }: Pick<VersionBody, "dataset">,
): Promise<Scope> {
  if (key === null) return { app, space };
  const dataset = await datasets.get(app, key);
  if (dataset !== undefined) return { app, space, dataset: dataset.row };
  throw new AppError("not_found", `Expected a dataset that exists but received id ${key}.`);
}

async function rowOf(
  { concepts }: LessonParts,
  app: App,
  { id, name }: ModelConcept,
): Promise<number> {
  return ((await concepts.find(app, id)) ?? (await concepts.find(app, name)))?.row ?? NO_ROW;
}

async function waitForInputs(
  { data }: LessonParts,
  scope: Scope,
  concepts: readonly number[],
  signal: AbortSignal,
): Promise<void> {
  const end = Date.now() + PENDING_MAX_MS;
  while (Date.now() < end && (await data.pending(scope, concepts)) > 0) {
    await setTimeout(PENDING_POLL_MS, undefined, { signal });
  }
}
