// Long work of one app beside its inputs: what runs, how far it is, what became of it. Kept in memory: after a
// restart, work that must go on starts itself again.
import { AppError } from "../errors.ts";
import type { App } from "./engine.ts";

export type ActivityKind =
  | "automatic-labels"
  | "bulk-change"
  | "bulk-delete"
  | "encoder"
  | "encoder-download"
  | "facts"
  | "map"
  | "near-copies"
  | "objects"
  | "predictions"
  | "reading"
  | "reindex"
  | "samples"
  | "training";

export type Activity = {
  readonly id: string;
  readonly kind: ActivityKind;
  /** What it is about, for people: a concept, a number of inputs; "" for nothing. */
  readonly about: string;
  readonly state: "running" | "done" | "failed" | "cancelled";
  readonly done: number;
  /** 0 until it is known. */
  readonly total: number;
  /** What it found, for people and programs; undefined unless it is done. */
  readonly result: unknown;
  /** Why it failed; "" if it did not. */
  readonly failure: string;
  readonly startedAt: Date;
  readonly endedAt: Date | undefined;
};

/** Called by the work itself. */
export type Report = (done: number, total: number) => void;

type Work = (report: Report, signal: AbortSignal) => Promise<unknown>;
type Kept = {
  activity: Activity;
  readonly app: number;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
};

/** Ended activities that are remembered, of all apps. */
const REMEMBERED = 100;
/** In place of the row of an app, which count from 1: work that is for all of them, and that each shows. */
const ALL_APPS = 0;

export class Activities {
  readonly #kept = new Map<string, Kept>();
  readonly #onError: (error: AppError) => void;
  #next = 1;

  /** `onError`: told about failures that are nobody's mistake but ours. */
  constructor(onError: (error: AppError) => void = () => undefined) {
    this.#onError = onError;
  }

  /** Starts work that reports its progress and stops soon after its signal aborts. Failures end up in the activity. */
  start(app: App, kind: ActivityKind, about: string, work: Work): Activity {
    return this.#start(app.row, kind, about, work);
  }

  /** As `start`, for all apps at once. */
  startForAll(kind: ActivityKind, about: string, work: Work): Activity {
    return this.#start(ALL_APPS, kind, about, work);
  }

  /** The one for all apps that runs, if any; the newest. */
  runningForAll(kind: ActivityKind): Activity | undefined {
    const own = [...this.#kept.values()].filter(({ app }) => app === ALL_APPS);
    return own
      .map(({ activity }) => activity)
      .findLast((one) => one.kind === kind && one.state === "running");
  }

  /** Waits until one for all apps has ended. */
  async endedForAll(id: string): Promise<Activity> {
    const kept = this.#kept.get(id) as Kept;
    await kept.ended;
    return kept.activity;
  }

  /** Stops one, whoever it is for, and waits until it has ended. */
  async stop(id: string): Promise<void> {
    const kept = this.#kept.get(id);
    kept?.abort.abort();
    await kept?.ended;
  }

  #start(app: number, kind: ActivityKind, about: string, work: Work): Activity {
    const id = `${kind}-${this.#next++}`;
    const abort = new AbortController();
    const activity: Activity = {
      id,
      kind,
      about,
      state: "running",
      done: 0,
      total: 0,
      result: undefined,
      failure: "",
      startedAt: new Date(),
      endedAt: undefined,
    };
    const ended = this.#run(id, work, abort.signal);
    this.#kept.set(id, { activity, app, abort, ended });
    this.#forget();
    return activity;
  }

  /** Newest first. */
  list(app: App): readonly Activity[] {
    const own = [...this.#kept.values()].filter((kept) => isShown(kept, app));
    return own.map(({ activity }) => activity).reverse();
  }

  /** @throws AppError "not_found" */
  get(app: App, id: string): Activity {
    return this.#of(app, id).activity;
  }

  /** The one that runs, if any: work of one kind that must not run twice in an app asks for it first. */
  running(app: App, kind: ActivityKind): Activity | undefined {
    return this.list(app).find((one) => one.kind === kind && one.state === "running");
  }

  /** Waits until it has ended. @throws AppError "not_found" */
  async ended(app: App, id: string): Promise<Activity> {
    await this.#of(app, id).ended;
    return this.#of(app, id).activity;
  }

  /** Stops it and waits until it has ended; one that is over stays as it is. @throws AppError "not_found" */
  async cancel(app: App, id: string): Promise<Activity> {
    this.#of(app, id).abort.abort();
    return this.ended(app, id);
  }

  /** Stops all work of an app, and waits for it. */
  async cancelAll(app: App): Promise<void> {
    const own = [...this.#kept.values()].filter((kept) => kept.app === app.row);
    await Promise.all(own.map(({ activity }) => this.cancel(app, activity.id)));
  }

  /** Stops everything. */
  async close(): Promise<void> {
    for (const { abort } of this.#kept.values()) abort.abort();
    await Promise.all([...this.#kept.values()].map(({ ended }) => ended));
  }

  async #run(id: string, work: Work, signal: AbortSignal): Promise<void> {
    await Promise.resolve(); // until it is kept
    const report: Report = (done, total) => this.#change(id, { done, total });
    try {
      const result = await work(report, signal);
      this.#change(id, { state: "done", result });
    } catch (thrown) {
      const failure = signal.aborted ? "" : this.#explain(AppError.from(thrown));
      this.#change(id, { state: signal.aborted ? "cancelled" : "failed", failure });
    }
    this.#change(id, { endedAt: new Date() });
  }

  // Our own faults may name files and statements: the log has them.
  #explain(error: AppError): string {
    if (error.code !== "internal") return error.message;
    this.#onError(error);
    return "Something failed in the server; its log says what.";
  }

  #change(id: string, change: Partial<Activity>): void {
    const kept = this.#kept.get(id);
    if (kept) kept.activity = { ...kept.activity, ...change };
  }

  #forget(): void {
    const over = [...this.#kept.values()].filter(({ activity }) => activity.endedAt !== undefined);
    for (const { activity } of over.slice(0, -REMEMBERED)) this.#kept.delete(activity.id);
  }

  #of(app: App, id: string): Kept {
    const kept = this.#kept.get(id);
    if (kept && isShown(kept, app)) return kept;
    throw new AppError("not_found", `Expected an activity of this app but received ${id}.`);
  }
}

function isShown(kept: Pick<Kept, "app">, app: App): boolean {
  return kept.app === app.row || kept.app === ALL_APPS;
}
