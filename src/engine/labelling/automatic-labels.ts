// Trained concepts that label pictures by themselves, from a value on: all that are there, then each that comes, and all
// again after another training. What was looked at stands in the store, so that a restart goes on.
import { setImmediate, setTimeout } from "node:timers/promises";
import { AppError } from "../../errors.ts";
import type { Activities, Activity, Report } from "../activities.ts";
import type { App } from "../engine.ts";
import type { Explorations, VectorPage } from "../explore/explorations.ts";
import type { AppConcept, AppConcepts } from "../library/app-concepts.ts";
import { logit, sigmoid } from "../training/linear.ts";
import type { TrainedConcept } from "../training/model-record.ts";
import type { Models } from "../training/models.ts";
import type { LabelRule, LabelRules } from "./label-rules.ts";
import type { MachineAnnotations } from "./machine-annotations.ts";

/** Vectors per transaction: some 10 ms where many get the label. */
const PAGE = 256;
const REFRESH_MS = 2000;

export type AutomaticParts = {
  readonly rules: LabelRules;
  readonly annotations: MachineAnnotations;
  readonly concepts: Pick<AppConcepts, "find">;
  readonly models: Pick<Models, "trained" | "current">;
  readonly vectors: Pick<Explorations, "page">;
  readonly activities: Activities;
  readonly space: number;
  readonly onError: (error: AppError) => void;
};

/** `labelled`: inputs that have the label now. */
export type AutomaticLabel = Pick<LabelRule, "threshold" | "isStopped"> & {
  readonly labelled: number;
};

type Given = { readonly looked: number; readonly labelled: number };
/** `now`: the rule has changed, and others go on; `because`: it is closed or cancelled. */
type Stop = { readonly now: AbortSignal; readonly because: AbortSignal };
type Job = { readonly abort: AbortController; readonly ended: Promise<Given> };

export class AutomaticLabels {
  readonly #parts: AutomaticParts;
  readonly #closing = new AbortController();
  readonly #keeping: Promise<void>;
  /** What is being labelled, by app and concept. */
  readonly #jobs = new Map<string, Job>();

  constructor(parts: AutomaticParts) {
    this.#parts = parts;
    this.#keeping = this.#keepCurrent();
  }

  async get(app: App, concept: AppConcept): Promise<AutomaticLabel | undefined> {
    const { rules, annotations } = this.#parts;
    const rule = await rules.get(app, concept.id);
    if (!rule) return undefined;
    const { threshold, isStopped } = rule;
    return { threshold, isStopped, labelled: await annotations.count(app, concept.row) };
  }

  /** Labels every input whose value is `threshold` (0..1) or more, from now on. Setting it again goes on where it was
   *  cancelled, or begins anew with another threshold. @throws AppError "untrained" */
  async set(app: App, concept: AppConcept, threshold: number): Promise<Activity> {
    const { rules } = this.#parts;
    if (!(await this.#classifierOf(app, concept.id))) throw untrained(concept);
    await this.#interrupt(app, concept.id);
    const known = await rules.get(app, concept.id);
    const { givenBy = "", lastVector = 0 } = known ?? {};
    const rule = { id: concept.id, concept: concept.row, threshold, isStopped: false };
    await rules.put(app, { ...rule, givenBy, lastVector });
    return this.#start(app, concept.id, concept.name);
  }

  /** Takes the labels away, and gives no more. Whether it had been set. */
  async remove(app: App, concept: Pick<AppConcept, "id" | "row">): Promise<boolean> {
    const { rules, annotations } = this.#parts;
    await this.#interrupt(app, concept.id);
    const existed = await rules.delete(app, concept.id);
    while ((await annotations.removeSome(app, concept.row)) > 0) await setImmediate();
    return existed;
  }

  /** Stops within a page; what is not done is done after the next start. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#keeping;
    await Promise.allSettled([...this.#jobs.values()].map(({ ended }) => ended));
  }

  async #keepCurrent(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await setTimeout(REFRESH_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      await this.#refresh().catch((cause) => this.#parts.onError(AppError.from(cause)));
    }
  }

  async #refresh(): Promise<void> {
    const { rules } = this.#parts;
    for (const app of await rules.apps()) {
      for (const rule of await rules.list(app)) {
        if (this.#closing.signal.aborted) return;
        if (!this.#jobs.has(keyOf(app, rule.id))) await this.#keep(app, rule);
      }
    }
  }

  async #keep(app: App, rule: LabelRule): Promise<void> {
    const { rules, concepts, annotations, space } = this.#parts;
    const concept = await concepts.find(app, rule.id);
    if (concept?.row !== rule.concept) {
      await this.remove(app, { id: rule.id, row: rule.concept }); // it was deleted
      return;
    }
    await annotations.yieldToPeople(app, concept.row);
    const classifier = await this.#classifierOf(app, rule.id);
    if (!classifier || rule.isStopped) return;
    if (rule.givenBy !== this.#givenBy(classifier, rule)) {
      this.#start(app, rule.id, concept.name);
      return;
    }
    if ((await rules.countBehind(app, space, rule.lastVector)) > 0)
      await this.#label(app, rule.id, () => undefined);
  }

  #start(app: App, id: string, name: string): Activity {
    return this.#parts.activities.start(app, "automatic-labels", name, (report, signal) =>
      this.#label(app, id, report, signal),
    );
  }

  // Nobody but the activity's own signal makes it stay stopped.
  async #label(app: App, id: string, report: Report, cancelled?: AbortSignal): Promise<Given> {
    const { rules } = this.#parts;
    const key = keyOf(app, id);
    const abort = new AbortController();
    const signals = [this.#closing.signal, ...(cancelled ? [cancelled] : [])];
    const stop = { now: abort.signal, because: AbortSignal.any(signals) };
    const ended = this.#labelAll(app, id, report, stop);
    this.#jobs.set(key, { abort, ended });
    try {
      return await ended;
    } catch (cause) {
      const isEnough = cancelled?.aborted && !this.#closing.signal.aborted;
      const rule = isEnough ? await rules.get(app, id) : undefined;
      if (rule) await rules.put(app, { ...rule, isStopped: true });
      throw cause;
    } finally {
      this.#jobs.delete(key);
    }
  }

  // From where it is, or from the beginning where labels were given by something else.
  async #labelAll(app: App, id: string, report: Report, stop: Stop): Promise<Given> {
    const { rules, vectors, space } = this.#parts;
    let [looked, labelled, total] = [0, 0, 0];
    for (;;) {
      stop.because.throwIfAborted();
      if (stop.now.aborted) return { looked, labelled };
      const rule = await rules.get(app, id);
      const classifier = await this.#classifierOf(app, id);
      if (!rule || !classifier) return { looked, labelled };
      const givenBy = this.#givenBy(classifier, rule);
      const after = rule.givenBy === givenBy ? rule.lastVector : 0;
      if (looked === 0) total = await rules.countBehind(app, space, after);
      const page = vectors.page(app, space, after, PAGE);
      const lastVector = page.rows.at(-1) ?? after;
      labelled += await this.#labelPage(app, rule, classifier, page);
      await rules.put(app, { ...rule, givenBy, lastVector });
      looked += page.rows.length;
      report(looked, Math.max(looked, total));
      if (page.rows.length < PAGE) return { looked, labelled };
      await setImmediate();
    }
  }

  async #labelPage(
    app: App,
    { concept, threshold }: LabelRule,
    classifier: TrainedConcept,
    { inputs, vectors }: VectorPage,
  ): Promise<number> {
    const dim = classifier.vector.length;
    const given = inputs
      .map((input, i) => {
        const vector = vectors.subarray(i * dim, (i + 1) * dim);
        return { input, value: sigmoid(logit(classifier, vector)) };
      })
      .filter(({ value }) => value >= threshold);
    const version = await this.#parts.models.current(app, classifier.modelId);
    return this.#parts.annotations.put(app, concept, version?.id ?? "", inputs, given);
  }

  async #interrupt(app: App, id: string): Promise<void> {
    const job = this.#jobs.get(keyOf(app, id));
    job?.abort.abort();
    await job?.ended.catch(() => undefined);
  }

  async #classifierOf(app: App, id: string): Promise<TrainedConcept | undefined> {
    return (await this.#parts.models.trained(app)).find((one) => one.id === id);
  }

  // Tells trainings, thresholds and spaces apart.
  #givenBy({ modelId, scale, bias, vector }: TrainedConcept, { threshold }: LabelRule): string {
    return [this.#parts.space, modelId, scale, bias, vector[0], threshold].join(" ");
  }
}

function keyOf(app: App, id: string): string {
  return `${app.row} ${id}`;
}

function untrained({ name }: AppConcept): AppError {
  return new AppError(
    "untrained",
    `Expected a trained concept for automatic labels but no model has learned ${name}. Train it first.`,
  );
}
