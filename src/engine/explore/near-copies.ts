// Near-duplicates of an app: found once by everybody with everybody, then kept current by one query per new input.
import type { Activities, Activity } from "../activities.ts";
import { Cache } from "../cache.ts";
import type { App, Input } from "../engine.ts";
import type { Matches } from "../filter/matches.ts";
import type { Indexes } from "../indexes.ts";
import { Turns } from "../turns.ts";
import { type CopyGroup, type NearPair, toGroups } from "./copy-groups.ts";
import type { CopyRecords } from "./copy-records.ts";
import { findPairs, LEAST_COSINE, type PairParts, readPrint, toPair } from "./near-pairs.ts";

/** Similarity from which on inputs count as near-duplicates, unless somebody asks for another. */
const DEFAULT_LEAST = 0.9;
/** Similarity from which on pairs are kept, so that a lower one can be asked for without looking again. */
const KEPT_LEAST = 0.8;
/** New inputs that are looked up one by one; more are worth a run over all. */
const JOINED_MAX = 2000;
/** Neighbours that are compared with a new input. */
const NEIGHBOURS = 17;
const CACHED_GROUPS = 8;

export type ExploringState = "none" | "running" | "ready" | "outdated";

export type CopiesPage = {
  readonly state: ExploringState;
  readonly computedAt: Date | undefined;
  /** Inputs indexed since. */
  readonly fresh: number;
  readonly totalGroups: number;
  /** Without the leaders. */
  readonly totalCopies: number;
  readonly winBytes: number;
  readonly groups: readonly {
    /** The leader first. */
    readonly inputs: readonly Input[];
    /** To the leader, 0..1. */
    readonly similarities: readonly number[];
  }[];
};

export type CopyParts = PairParts & {
  readonly records: CopyRecords;
  readonly matches: Pick<Matches, "inputsAt">;
  readonly indexes: Pick<Indexes, "of">;
  readonly activities: Activities;
};

export class NearCopies {
  readonly #parts: CopyParts;
  readonly #groups = new Cache<readonly CopyGroup[]>(CACHED_GROUPS);
  readonly #turns = new Turns();

  constructor(parts: CopyParts) {
    this.#parts = parts;
  }

  /** Looks at all inputs; returns what runs already if something does. `least`: similarity (0..1) from which on pairs
   *  are kept. */
  start(app: App, least = KEPT_LEAST): Activity {
    const { activities } = this.#parts;
    const running = activities.running(app, "near-copies");
    if (running) return running;
    return activities.start(app, "near-copies", "", async (report, signal) => {
      const { pairs, lastVector } = await findPairs(this.#parts, app, least, report, signal);
      const { records, explorations, space } = this.#parts;
      await records.clear(app);
      await records.add(app, pairs);
      const body = JSON.stringify({ least });
      await explorations.put(app, "copies", { space, lastVector, body, points: null });
      const groups = await this.#writeGroups(app);
      return { groups: groups.length };
    });
  }

  /** Groups of inputs that are this similar, the greatest gain first. */
  async page(
    app: App,
    asked: { readonly offset: number; readonly limit: number; readonly least?: number },
  ): Promise<CopiesPage> {
    const groups = await this.#groupsOf(app, asked.least ?? DEFAULT_LEAST);
    const shown = groups.slice(asked.offset, asked.offset + asked.limit);
    const inputs = await this.#parts.matches.inputsAt(shown.flatMap(({ members }) => members));
    return {
      ...(await this.#state(app)),
      totalGroups: groups.length,
      totalCopies: groups.reduce((sum, { members }) => sum + members.length - 1, 0),
      winBytes: groups.reduce((sum, { winBytes }) => sum + winBytes, 0),
      groups: shown.map(({ members, similarities }) => {
        const present = members.flatMap((row, i) => (inputs.has(row) ? [i] : []));
        return {
          inputs: present.map((i) => inputs.get(members[i]!) as Input),
          similarities: present.map((i) => similarities[i]!),
        };
      }),
    };
  }

  /** Says of inputs that somebody looked and keeps them all: they are no group any more. Or takes it back. */
  async keep(app: App, ids: readonly string[], isKept: boolean): Promise<void> {
    await this.#parts.records.keep(app, ids, isKept);
    await this.#writeGroups(app);
  }

  /** Looks up what is new since the last run, or starts another where too much is. Does nothing for an app that nobody
   *  has run it for. */
  async refresh(app: App, signal: AbortSignal): Promise<void> {
    const { explorations, space, activities } = this.#parts;
    const known = await explorations.get(app, "copies");
    if (!known || activities.running(app, "near-copies")) return;
    const fresh =
      known.space === space
        ? await explorations.countBehind(app, space, known.lastVector)
        : Number.POSITIVE_INFINITY;
    if (fresh === 0) return;
    if (fresh > JOINED_MAX) this.start(app);
    else await this.#join(app, known.lastVector, signal);
  }

  async #join(app: App, after: number, signal: AbortSignal): Promise<void> {
    const { explorations, space, records } = this.#parts;
    const { rows, inputs, vectors } = explorations.page(app, space, after, JOINED_MAX);
    const dim = vectors.length / Math.max(1, rows.length);
    await records.forget(inputs); // a file that changed is a copy of others now, or of none
    for (let i = 0; i < rows.length; i++) {
      signal.throwIfAborted();
      const vector = vectors.subarray(i * dim, (i + 1) * dim);
      await records.add(app, await this.#pairsOf(app, inputs[i]!, vector));
    }
    await explorations.advance(app, "copies", rows.at(-1) ?? after);
    await this.#writeGroups(app);
  }

  async #pairsOf(app: App, input: number, vector: Float32Array): Promise<readonly NearPair[]> {
    const { indexes, records, blobs } = this.#parts;
    const { neighbours } = await (await indexes.of(app)).nearest(vector, NEIGHBOURS);
    const near = neighbours.filter(({ scoreCosine }) => scoreCosine >= LEAST_COSINE);
    const owners = await records.inputsOf(near.map(({ row }) => row));
    const others = owners.filter((row) => row !== input);
    if (others.length === 0) return [];
    const read = [input, ...others].map(async (row) => [row, await readPrint(blobs, app, row)]);
    const made = (await Promise.all(read)) as [number, Int8Array | undefined][];
    const prints = new Map(made.flatMap(([row, print]) => (print ? [[row, print]] : [])));
    return others
      .flatMap((row) => toPair(input, row, prints) ?? [])
      .filter(({ similarity }) => similarity >= KEPT_LEAST);
  }

  async #state(app: App): Promise<Pick<CopiesPage, "state" | "computedAt" | "fresh">> {
    const { explorations, space, activities } = this.#parts;
    const known = await explorations.get(app, "copies");
    const after = known?.space === space ? known.lastVector : 0;
    const fresh = await explorations.countBehind(app, space, after);
    const computedAt = known?.computedAt;
    if (activities.running(app, "near-copies")) return { state: "running", computedAt, fresh };
    if (!known) return { state: "none", computedAt, fresh };
    return { state: fresh > 0 ? "outdated" : "ready", computedAt, fresh };
  }

  // Any write to the store makes it read again.
  async #groupsOf(app: App, least: number): Promise<readonly CopyGroup[]> {
    const { records } = this.#parts;
    const key = [app.row, await records.revision(), least].join("|");
    const cached = this.#groups.get(key);
    if (cached) return cached;
    const pairs = await records.pairs(app, least);
    return this.#groups.set(key, toGroups(pairs, await records.qualities(pairs)));
  }

  // In turn: what was read first must not be written last.
  #writeGroups(app: App): Promise<readonly CopyGroup[]> {
    return this.#turns.run(`${app.row}`, async () => {
      const groups = await this.#groupsOf(app, DEFAULT_LEAST);
      await this.#parts.records.writeGroups(app, groups);
      return groups;
    });
  }
}
