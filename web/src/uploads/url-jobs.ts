// URLs go to the server, which fetches them; here they are followed until it has.
import type { Client } from "../../../src/client/client.ts";
import { ClientError } from "../../../src/client/client-error.ts";
import { URLS_PER_REQUEST, type UrlSettings } from "../../../src/client/input-jobs.ts";
import { toRandomText } from "./upload-queue.ts";
import { isUnderWay, type UrlFailure, type UrlJob } from "./url-job.ts";

const POLL_MS = 1000;
/** While the server is away or asks for the key. */
const AWAY_MS = 3000;
/** Ids that one search may name. */
const IDS_PER_SEARCH = 200;
/** Failures that are looked up one by one; the page of failed inputs has them all. */
const LOOKED_UP = 1000;

export type UrlJobs = ReturnType<typeof createUrlJobs>;
type Doors = Pick<Client, "addUrls" | "inputsJob" | "cancelInputsJob" | "search" | "retryInputs">;
type Keeper = { keepJob(job: UrlJob): void; forget(keys: readonly string[]): void };

/** `onChange` is told whenever the server got on. */
export function createUrlJobs(
  client: Doors,
  onChange: () => void,
  onError: (error: ClientError) => void,
  keeper: Keeper = { keepJob() {}, forget() {} },
) {
  const listeners = new Set<() => void>();
  const jobs = new Map<string, UrlJob>();
  const followed = new Set<string>();
  let state: readonly UrlJob[] = [];

  function publish(): void {
    state = [...jobs.values()].reverse();
    for (const listener of listeners) listener();
  }

  function change(key: string, part: Partial<UrlJob>): void {
    const job = jobs.get(key);
    if (!job) return;
    const changed = { ...job, ...part };
    jobs.set(key, changed);
    keeper.keepJob(changed);
    publish();
  }

  async function follow(key: string): Promise<void> {
    if (followed.has(key)) return;
    followed.add(key);
    try {
      for (let job = jobs.get(key); job && isUnderWay(job); job = jobs.get(key)) {
        await (job.kind === "posting" ? post(job) : look(job)).catch((error) =>
          stumble(key, error),
        );
      }
    } finally {
      followed.delete(key);
    }
  }

  async function post(job: UrlJob): Promise<void> {
    const { key, urls, posted, settings, refused } = job;
    const some = urls.slice(posted, posted + URLS_PER_REQUEST);
    const results = await client.addUrls(key, some, settings);
    const bad = results.filter(({ outcome }) => outcome !== "added");
    const known = posted + some.length;
    const isCancelled = jobs.get(key)?.isCancelled ?? true;
    const isPosted = known >= urls.length || isCancelled;
    change(key, {
      posted: known,
      refused: [...refused, ...bad],
      pending: known - refused.length - bad.length,
      kind: isPosted ? "fetching" : "posting",
    });
    if (isCancelled) await client.cancelInputsJob(key);
    onChange();
  }

  async function look({ key, added }: UrlJob): Promise<void> {
    const { pending, succeeded, failed } = await client.inputsJob(key);
    const job = jobs.get(key);
    if (!job) return;
    const isOver = pending === 0;
    // The server counts what it refused as failed, and what was posted twice.
    const atMost = Math.max(0, failed - job.refused.length);
    const failures = isOver && atMost > 0 ? await failuresOf(job) : [];
    const isKnown = isOver && job.urls.length <= LOOKED_UP;
    change(key, {
      kind: isOver ? "over" : "fetching",
      added: succeeded,
      pending,
      failed: isKnown ? failures.length : atMost,
      failures,
    });
    if (isOver || succeeded !== added) onChange();
    if (!isOver) await sleep(POLL_MS);
  }

  async function failuresOf({ urls }: UrlJob): Promise<readonly UrlFailure[]> {
    const failures: UrlFailure[] = [];
    for (let start = 0; start < Math.min(LOOKED_UP, urls.length); start += IDS_PER_SEARCH) {
      const ids = urls.slice(start, start + IDS_PER_SEARCH).map(({ id }) => id);
      const { hits } = await client.search({
        filters: [
          { any_of: [{ kind: "ids", ids }] },
          { any_of: [{ kind: "status", statuses: ["failed"] }] },
        ],
        per_page: IDS_PER_SEARCH,
      });
      for (const { input } of hits) {
        failures.push({ id: input.id, name: input.name, reason: input.failure });
      }
    }
    return failures;
  }

  async function stumble(key: string, error: unknown): Promise<void> {
    if (!(error instanceof ClientError)) throw error;
    onError(error);
    if (error.isUnreachable || error.isUnauthenticated) await sleep(AWAY_MS);
    else change(key, { kind: "failed", reason: error.message });
  }

  function start(job: UrlJob): void {
    jobs.set(job.key, job);
    keeper.keepJob(job);
    publish();
    void follow(job.key);
  }

  return {
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Newest first. */
    state: (): readonly UrlJob[] => state,

    add(urls: readonly string[], settings: UrlSettings = {}): void {
      const key = toRandomText();
      const toId = (index: number) => key + index.toString(16).padStart(8, "0");
      start({
        key,
        kind: "posting",
        urls: urls.map((url, index) => ({ id: toId(index), url })),
        settings,
        posted: 0,
        refused: [],
        added: 0,
        pending: urls.length,
        failures: [],
        failed: 0,
        isCancelled: false,
        reason: "",
      });
    },

    /** Jobs of an earlier visit. */
    restore(kept: readonly UrlJob[]): void {
      for (const job of kept) start(job);
    },

    /** Ends what is still to be fetched. */
    async cancel(key: string): Promise<void> {
      const isPosting = jobs.get(key)?.kind === "posting";
      change(key, { isCancelled: true });
      // The post that is under way cancels when it is back; before it there is no job.
      if (isPosting) return;
      await client.cancelInputsJob(key).catch((error) => stumble(key, error));
    },

    /** Posts again what could not be posted, or fetches again what could not be fetched. */
    async retry(key: string): Promise<void> {
      const job = jobs.get(key);
      if (!job) return;
      try {
        const ids = job.failures.map(({ id }) => id);
        for (let from = 0; from < ids.length; from += LOOKED_UP) {
          await client.retryInputs(ids.slice(from, from + LOOKED_UP));
        }
      } catch (error) {
        return stumble(key, error);
      }
      const kind = job.posted < job.urls.length && !job.isCancelled ? "posting" : "fetching";
      change(key, { kind, reason: "", failures: [], failed: 0, isCancelled: false });
      void follow(key);
    },

    /** Forgets one that is over. */
    remove(key: string): void {
      jobs.delete(key);
      keeper.forget([key]);
      publish();
    },

    /** Forgets all that are over. */
    clear(): void {
      const over = [...jobs.values()].filter((job) => !isUnderWay(job)).map(({ key }) => key);
      for (const key of over) jobs.delete(key);
      keeper.forget(over);
      publish();
    },
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
