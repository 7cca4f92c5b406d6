// Which model answers, and the way to another one: its space is built beside the one that answers, which goes on until the
// new one lacks nothing; then all searches change over at once. What was built survives a crash.
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../../errors.ts";
import type { Activity, Report } from "../activities.ts";
import type { App } from "../engine.ts";
import type { Gate } from "../gate.ts";
import { type Model, readModel } from "../model.ts";
import type { WrittenVector } from "../queue.ts";
import { type Answering, type AnsweringParts, answerWith } from "./answering.ts";
import { dropPackaged, isKeptPackaged, isPackaged, keepPackaged, modelName } from "./embedded.ts";
import { fill } from "./fill.ts";
import { isOutdated, predictAgain } from "./predictions.ts";
import { retrain } from "./retrain.ts";
import { openSpace, SNAPSHOTS, type Space } from "./space.ts";
import type { SpaceRecord } from "./space-records.ts";

/** For searches that began before a switch. */
const RETIRE_MS = 60_000;
/** After a start: short commands end before another model is loaded. */
const START_MS = 1000;
/** Somebody who searched so lately may search again. */
const ASKED_MS = 1000;

export type SpacesParts = AnsweringParts & {
  /** Closed while it changes over. */
  readonly gate: Gate;
};

export type ModelChoice = {
  /** Folder that was asked for; undefined: the one in use, at first the embedded one. */
  readonly asked: string | undefined;
  readonly embedded: string;
};

/** What a switch comes to. `trained`: models of own concepts that were trained again. */
export type Switched = { readonly model: string; readonly trained: number };

export class Spaces {
  readonly #parts: SpacesParts;
  #current: Answering;
  #building: Space | undefined;
  /** Folder of the model that was asked for last. */
  #wanted: string | undefined;
  #lastAsked = 0;
  readonly #retired = new Map<Answering, NodeJS.Timeout>();
  readonly #closing = new AbortController();

  private constructor(parts: SpacesParts, current: Space) {
    this.#parts = parts;
    this.#current = answerWith(parts, current);
  }

  /** Opens what answered last and goes on with what was being built; what is asked for is built if it is another model.
   *  @throws AppError "model_unavailable" for the model that was asked for */
  static async open(parts: SpacesParts, choice: ModelChoice): Promise<Spaces> {
    const records = await parts.store.spaces.list();
    const before = records.find(({ state }) => state === "current");
    const next = records.find(({ state }) => state === "building");
    const asked = choice.asked === undefined ? undefined : await readModel(choice.asked);
    const first = (before && (await openBefore(parts, before))) ?? asked;
    const model = await keepPackaged(parts.data, first ?? (await readModel(choice.embedded)));
    const space = await openSpace(parts, model);
    await parts.store.spaces.makeCurrent(space.space);
    const spaces = new Spaces(parts, space);
    const wanted = asked?.folder ?? next?.folder ?? updateOf(parts, before, choice) ?? model.folder;
    if (await differs(wanted, model)) spaces.use(wanted, START_MS);
    else void spaces.#keepUp();
    return spaces;
  }

  /** Take it once for a piece of work: what is asked of it belongs together. */
  get current(): Answering {
    return this.#current;
  }

  /** Spaces that new inputs get vectors in: the one that answers and the one that is being built. */
  targets(): readonly Space[] {
    return this.#building ? [this.#current, this.#building] : [this.#current];
  }

  /** Somebody searches: what goes on in the background makes room. */
  asked(): void {
    this.#lastAsked = Date.now();
  }

  /** Whether somebody searched in the last second. */
  isAsked(): boolean {
    return Date.now() - this.#lastAsked < ASKED_MS;
  }

  /** Changes over to the model in a folder, in the background; the same one again returns what runs. Rolling back is the
   *  same: nothing is missing in a space that was kept, so it takes moments. Its result: Switched. `delayMs`: how long to wait before. */
  use(folder: string, delayMs = 0): Activity {
    const { activities } = this.#parts;
    const running = activities.runningForAll("encoder");
    if (running && this.#wanted === folder) return running;
    this.#wanted = folder;
    return activities.startForAll("encoder", modelName(folder), async (report, signal) => {
      if (running) await activities.stop(running.id);
      const stopped = AbortSignal.any([signal, this.#closing.signal]);
      await sleep(delayMs, undefined, { signal: stopped });
      return this.#switch(folder, report, stopped);
    });
  }

  /** The one that answers, the one that is being built, then the kept ones, the last used first. */
  async list(): Promise<readonly (SpaceRecord & { readonly vectors: number })[]> {
    const { spaces } = this.#parts.store;
    return Promise.all(
      (await spaces.list()).map(async (record) => ({
        ...record,
        vectors: await spaces.countVectors(record.row),
      })),
    );
  }

  /** Deletes the vectors of a space that is only kept. @throws AppError "invalid_request" for one in use, "not_found" */
  async drop(row: number): Promise<void> {
    const record = (await this.#parts.store.spaces.list()).find((space) => space.row === row);
    if (!record) throw new AppError("not_found", `Expected a vector space but received ${row}.`);
    if (this.targets().some(({ space }) => space === row)) {
      throw new AppError(
        "invalid_request",
        `Expected a vector space that is only kept but ${record.name} is in use.`,
      );
    }
    await this.#drop(record);
  }

  /** Makes stored vectors searchable, each in its space. */
  async apply(written: readonly WrittenVector[]): Promise<void> {
    for (const { space, indexes } of this.targets()) {
      await indexes.apply(written.filter((vector) => vector.space === space));
    }
  }

  async remove(app: Pick<App, "row">, vectorRows: readonly number[]): Promise<void> {
    for (const { indexes } of this.targets()) await indexes.remove(app, vectorRows);
  }

  /** Only the space that answers has vectors of objects. */
  async removeObjects(app: Pick<App, "row">, objectRows: readonly number[]): Promise<void> {
    await this.#current.objectIndexes.remove(app, objectRows);
  }

  async forget(app: Pick<App, "row">): Promise<void> {
    for (const { indexes, objectIndexes, models } of this.targets()) {
      await indexes.forget(app);
      await objectIndexes.forget(app);
      models.forget(app);
    }
  }

  /** Stops what must go on at the next start, before all activities are cancelled: training, exploring, a switch. */
  async stop(): Promise<void> {
    this.#closing.abort();
    for (const { trainer, explore, automaticLabels } of [...this.#retired.keys(), this.#current]) {
      await trainer.close();
      await explore.close();
      await automaticLabels.close();
    }
    await this.#building?.trainer.close();
  }

  /** To be called when nothing uses it any more. */
  async close(): Promise<void> {
    for (const [retired, timer] of this.#retired) {
      clearTimeout(timer);
      await retired.close();
    }
    await this.#current.close();
  }

  async #switch(folder: string, report: Report, signal: AbortSignal): Promise<Switched> {
    const { store, data } = this.#parts;
    const read = { ...(await readModel(folder)), name: modelName(folder) };
    const model = await keepPackaged(data, read);
    const { encoder } = this.#current;
    if (model.id === encoder.model.id) {
      const { id, name, folder: kept } = model;
      await store.spaces.of({ model: id, dim: encoder.dim, name, folder: kept }); // may be another copy of it
      await store.spaces.build(null);
      return { model: model.name, trained: 0 };
    }
    const target = await openSpace(this.#parts, model);
    try {
      await store.spaces.build(target.space);
      this.#building = target;
      const trained = await this.#build(target, report, signal);
      await this.#changeOver(target, signal);
      return { model: model.name, trained };
    } catch (cause) {
      if (this.#current.space !== target.space) {
        this.#building = undefined;
        await target.close();
        if (!this.#closing.signal.aborted) await store.spaces.build(null);
      }
      if (!signal.aborted) this.#parts.onError(AppError.from(cause));
      throw cause;
    }
  }

  async #build(target: Space, report: Report, signal: AbortSignal): Promise<number> {
    const { store } = this.#parts;
    if (await isNew(this.#parts, target)) {
      await store.spaces.setVocabulary(target.space, (await target.concepts).fingerprint);
    }
    await fill(this.#courteous(), target, { report, signal, isLast: false });
    const trained = await retrain(store, this.#current, target, signal);
    for (const app of await store.apps.all()) await target.indexes.of(app);
    return trained;
  }

  async #changeOver(target: Space, signal: AbortSignal): Promise<void> {
    const { gate, store } = this.#parts;
    const before = this.#current;
    await gate.closedFor(async () => {
      await fill(this.#courteous(), target, { report: () => undefined, signal, isLast: true });
      await store.spaces.makeCurrent(target.space);
      this.#current = answerWith(this.#parts, target);
      this.#building = undefined;
    });
    await before.automaticLabels.close(); // two of them would undo each other's labels
    this.#retire(before);
    await this.#dropOlder();
    void this.#keepUp();
  }

  #retire(before: Answering): void {
    const timer = setTimeout(() => {
      this.#retired.delete(before);
      before
        .close()
        .then(() => this.#current.trainer.resume()) // what its trainer left
        .catch((cause) => this.#parts.onError(AppError.from(cause)));
    }, RETIRE_MS);
    timer.unref();
    this.#retired.set(before, timer);
  }

  // One step back is possible, not more: a space of a million inputs has gigabytes.
  async #dropOlder(): Promise<void> {
    const kept = (await this.#parts.store.spaces.list()).filter(({ state }) => state === "kept");
    for (const record of kept.slice(1)) await this.#drop(record);
  }

  async #drop({ row, folder }: SpaceRecord): Promise<void> {
    const { store, data } = this.#parts;
    await store.spaces.delete(row);
    await dropPackaged(data, folder);
    for (const folder of Object.values(SNAPSHOTS)) {
      const snapshots = join(data, ...folder);
      for (const file of await readdir(snapshots).catch(() => [])) {
        if (file.endsWith(`-${row}.index`)) await rm(join(snapshots, file), { force: true });
      }
    }
  }

  // What the space in use lacks, and predictions of another vocabulary.
  async #keepUp(): Promise<void> {
    const [parts, current] = [this.#parts, this.#current];
    const { activities, onError } = parts;
    try {
      if ((await parts.store.spaces.countMissing(current.space)) > 0) {
        activities.startForAll("encoder", current.record.name, (report, signal) =>
          fill(this.#courteous(), current, { report, signal, isLast: true }),
        );
      }
      if (await isNew(parts, current)) {
        await parts.store.spaces.setVocabulary(current.space, (await current.concepts).fingerprint);
      } else if (await isOutdated(parts, current)) {
        activities.startForAll("predictions", "", (report, signal) =>
          predictAgain(parts, current, report, signal),
        );
      }
    } catch (cause) {
      if (!this.#closing.signal.aborted) onError(AppError.from(cause));
    }
  }

  #courteous() {
    return { ...this.#parts, isAsked: () => this.isAsked() };
  }
}

async function isNew({ store }: SpacesParts, { space }: Space): Promise<boolean> {
  return (await store.spaces.countVectors(space)) === 0;
}

// The model that answered last, if its files are still those. Without it there is nothing to encode queries with.
async function openBefore(
  { onError }: SpacesParts,
  { folder, name, model: id }: SpaceRecord,
): Promise<Model | undefined> {
  const model = await readModel(folder).catch(() => undefined);
  if (model?.id === id) return { ...model, name };
  onError(
    new AppError(
      "model_unavailable",
      `Expected the model ${name} that made the vectors in ${folder} but it is gone or changed. ` +
        "Searches find what the model in use has indexed again so far.",
    ),
  );
  return undefined;
}

// The embedded encoder follows the program.
function updateOf(
  { data }: SpacesParts,
  before: SpaceRecord | undefined,
  { embedded }: ModelChoice,
): string | undefined {
  const follows = before && isKeptPackaged(data, before.folder) && isPackaged(embedded);
  return follows ? embedded : undefined;
}

async function differs(folder: string, model: Model): Promise<boolean> {
  if (folder === model.folder) return false;
  return (await readModel(folder).catch(() => undefined))?.id !== model.id;
}
