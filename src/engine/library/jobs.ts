// Input jobs: how far the inputs of one posted batch are.
import { type Kysely, sql } from "kysely";
import type { App, InputStatus } from "../engine.ts";
import type { Schema } from "../schema.ts";
import { checkedId, noSuchId } from "./ids.ts";

export type Job = {
  readonly id: string;
  /** Inputs of the job by state; refused ones (never stored) count as failed. */
  readonly counts: Readonly<Record<InputStatus, number>>;
  /** Was it cancelled before all of its inputs were done? */
  readonly isCancelled: boolean;
  readonly createdAt: Date;
  /** When it or one of its inputs changed last. */
  readonly modifiedAt: Date;
};

type Row = {
  readonly row: number;
  readonly id: string;
  readonly refused: number;
  readonly created_ms: number;
  readonly modified_ms: number;
};

export class Jobs {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async get(app: App, id: string): Promise<Job | undefined> {
    const [job] = await this.#toJobs(await this.#of(app).where("id", "=", id).execute());
    return job;
  }

  /** Newest first. */
  async list(
    app: App,
    { offset, limit }: { readonly offset: number; readonly limit: number },
  ): Promise<readonly Job[]> {
    const query = this.#of(app).orderBy("row", "desc").limit(limit).offset(offset);
    return this.#toJobs(await query.execute());
  }

  /** Ends the job's pending inputs as failed ("cancelled"). What is searchable stays, also while a new model makes
   *  it pending again. @throws AppError "not_found" */
  async cancel(app: App, id: string): Promise<Job> {
    const row = await this.#of(app).where("id", "=", id).executeTakeFirst();
    if (!row) throw noSuchId(id, "an input job");
    const now = Date.now();
    await this.#db
      .updateTable("inputs")
      .set({
        status: "failed",
        failure_code: "cancelled",
        failure: `Job ${id} was cancelled before this input was ready.`,
        // Never the same as before: whoever works on it tells by this that it is out of their hands.
        modified_ms: sql<number>`max(${now}, modified_ms + 1)`,
      })
      .where("job", "=", row.row)
      .where("status", "=", "pending")
      .where("format", "is", null)
      .execute();
    const [job] = await this.#toJobs([row]);
    return job as Job;
  }

  /** The row of the job with this id, made if it is new. @throws AppError "invalid_request" for an id that is no id */
  async open(app: App, id: string): Promise<number> {
    const now = Date.now();
    const { row } = await this.#db
      .insertInto("jobs")
      .values({
        app: app.row,
        id: checkedId(id, "the input job"),
        created_ms: now,
        modified_ms: now,
      })
      .onConflict((oc) => oc.columns(["app", "id"]).doUpdateSet({ modified_ms: now }))
      .returning("row")
      .executeTakeFirstOrThrow();
    return row;
  }

  /** Counts inputs that never got a row. */
  async refuse(row: number, count: number): Promise<void> {
    await this.#db
      .updateTable("jobs")
      .set({ refused: sql<number>`refused + ${count}`, modified_ms: Date.now() })
      .where("row", "=", row)
      .execute();
  }

  #of(app: App) {
    return this.#db
      .selectFrom("jobs")
      .select(["row", "id", "refused", "created_ms", "modified_ms"])
      .where("app", "=", app.row);
  }

  async #toJobs(jobs: readonly Row[]): Promise<readonly Job[]> {
    if (jobs.length === 0) return [];
    const groups = await this.#db
      .selectFrom("inputs")
      .select(["job", "status"])
      .select(sql<number>`count(*)`.as("count"))
      .select(sql<number>`max(modified_ms)`.as("modified_ms"))
      .select(sql<number>`total(failure_code = 'cancelled')`.as("cancelled"))
      .where(
        "job",
        "in",
        jobs.map(({ row }) => row),
      )
      .groupBy(["job", "status"])
      .execute();
    return jobs.map((job) =>
      toJob(
        job,
        groups.filter((group) => group.job === job.row),
      ),
    );
  }
}

type Group = {
  readonly status: string;
  readonly count: number;
  readonly modified_ms: number;
  readonly cancelled: number;
};

function toJob(job: Row, groups: readonly Group[]): Job {
  const counts = { pending: 0, processed: 0, failed: job.refused, duplicate: 0 };
  for (const { status, count } of groups) counts[status as InputStatus] += count;
  const modifiedMs = Math.max(job.modified_ms, ...groups.map((group) => group.modified_ms));
  return {
    id: job.id,
    counts,
    isCancelled: groups.some(({ cancelled }) => cancelled > 0),
    createdAt: new Date(job.created_ms),
    modifiedAt: new Date(modifiedMs),
  };
}
