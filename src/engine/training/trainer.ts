// Trains and evaluates versions of models in the background, one at a time, in the order asked. What is under way
// stands in the versions' records, so that the next start goes on with it.
import { AppError } from "../../errors.ts";
import type { Activities, Report } from "../activities.ts";
import type { App } from "../engine.ts";
import { type LessonParts, learn, noteOn, prepareLessons } from "./lessons.ts";
import { MODEL_STATUS, type VersionBody } from "./model-record.ts";
import type { ModelVersions, VersionKey } from "./model-versions.ts";
import { createPause } from "./pause.ts";

export type TrainerParts = LessonParts & {
  readonly versions: ModelVersions;
  readonly activities: Activities;
  /** Id of the encoder. */
  readonly encoder: string;
  /** Told when what a model knows has changed. */
  readonly onTrained: (app: App) => void;
  /** Told about failures that no caller sees. */
  readonly onError: (error: AppError) => void;
};

const TRAINING = {
  statusCode: MODEL_STATUS.training,
  statusText: "Model is currently training",
} as const;

const EVALUATING = {
  statusCode: MODEL_STATUS.evaluating,
  statusText: "Model is currently being evaluated",
  concepts: [],
} as const;

export class Trainer {
  readonly #parts: TrainerParts;
  readonly #closing = new AbortController();
  #last: Promise<void> = Promise.resolve();

  constructor(parts: TrainerParts) {
    this.#parts = parts;
  }

  /** Takes up what the last process left. */
  async resume(): Promise<void> {
    for (const key of await this.#parts.data.underWay()) this.enqueue(key);
  }

  /** Does with a version what its record says is queued: training or evaluation. */
  enqueue(key: VersionKey): void {
    this.#last = this.#last.then(() => this.#work(key));
  }

  /** Stops within a slice of work; what is not done is done after the next start. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#last;
  }

  async #work(key: VersionKey): Promise<void> {
    try {
      const body = await this.#parts.versions.body(key);
      if (body === undefined || this.#closing.signal.aborted) return; // deleted meanwhile
      if (isQueued(body)) await this.#watch(key, body);
      else if (isQueuedForEvaluation(body)) await this.#evaluate(key, body);
    } catch (cause) {
      if (!this.#closing.signal.aborted) this.#parts.onError(AppError.from(cause));
    }
  }

  // Training as an activity, for whoever looks at what the server does.
  async #watch(key: VersionKey, body: VersionBody): Promise<void> {
    const { activities } = this.#parts;
    const about = body.concepts.map(({ name }) => name).join(", ");
    const { id } = activities.start(key.app, "training", about, async (report, signal) => {
      await this.#train(key, body, report, signal);
      return { model_id: key.modelId, version_id: key.versionId };
    });
    await activities.ended(key.app, id);
  }

  async #train(
    key: VersionKey,
    body: VersionBody,
    report: Report,
    cancelled: AbortSignal,
  ): Promise<void> {
    const { versions, onTrained } = this.#parts;
    await versions.change(key, () => TRAINING);
    try {
      const signal = AbortSignal.any([cancelled, this.#closing.signal]);
      const { change, weights } = await this.#learn(key.app, body, report, signal);
      await versions.change(key, () => change, weights);
      onTrained(key.app);
    } catch (cause) {
      const message = cancelled.aborted ? "it was cancelled." : this.#failure(cause);
      if (this.#closing.signal.aborted) throw cause;
      await versions.change(key, () => ({
        statusCode: MODEL_STATUS.failed,
        statusText: `Model training failed: ${message}`,
      }));
      throw cause;
    }
  }

  async #learn(app: App, body: VersionBody, report: Report, signal: AbortSignal) {
    const { dim, encoder } = this.#parts;
    const onStep = (done: number) => report(done, body.concepts.length);
    onStep(0);
    const lessons = await prepareLessons(this.#parts, app, body, { isPatient: true, signal });
    const pause = createPause(signal);
    const { classifiers, metrics } = await learn(this.#parts, lessons, pause, onStep);
    const weights = new Float32Array(lessons.length * dim);
    classifiers.forEach(({ vector }, i) => {
      weights.set(vector, i * dim);
    });
    const change: Partial<VersionBody> = {
      statusCode: MODEL_STATUS.trained,
      statusText: "Model is trained and ready",
      note: noteOn(lessons),
      inputCount: new Set(lessons.flatMap(({ chosen }) => chosen.inputs)).size,
      metrics: metrics.concepts.length > 0 ? metrics : null,
      learned: lessons.map(({ learned }) => learned),
      completedMs: Date.now(),
      encoder,
      trained: classifiers.map(({ scale, bias }, i) => ({ ...body.concepts[i]!, scale, bias })),
    };
    return { change, weights };
  }

  async #evaluate(key: VersionKey, body: VersionBody): Promise<void> {
    const { signal } = this.#closing;
    const { versions } = this.#parts;
    await versions.change(key, () => ({ metrics: EVALUATING }));
    try {
      const lessons = await prepareLessons(this.#parts, key.app, body, {
        isPatient: false,
        signal,
      });
      const { metrics } = await learn(this.#parts, lessons, createPause(signal));
      await versions.change(key, () => ({ metrics }));
    } catch (cause) {
      const statusText = `Model evaluation failed: ${this.#failure(cause)}`;
      const statusCode = MODEL_STATUS.evaluationFailed;
      await versions.change(key, () => ({ metrics: { ...EVALUATING, statusCode, statusText } }));
    }
  }

  // Why it failed, for the owner of the model. @throws the cause when it is only that we are closing
  #failure(cause: unknown): string {
    if (this.#closing.signal.aborted) throw cause;
    const error = AppError.from(cause);
    if (error.code === "internal" || error.code === "disk_full") this.#parts.onError(error);
    return error.message;
  }
}

function isQueued({ statusCode }: VersionBody): boolean {
  return statusCode === MODEL_STATUS.queued || statusCode === MODEL_STATUS.training;
}

function isQueuedForEvaluation({ metrics }: VersionBody): boolean {
  const code = metrics?.statusCode;
  return code === MODEL_STATUS.evaluationQueued || code === MODEL_STATUS.evaluating;
}
