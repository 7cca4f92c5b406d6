// Which concepts of which apps label pictures by themselves, and how far they are: records of the store.
import { type Kysely, sql } from "kysely";
import type { App } from "../engine.ts";
import type { Records } from "../library/records.ts";
import type { Schema } from "../schema.ts";
import { countVectorsBehind } from "../vectors.ts";

export type LabelRule = {
  /** Id of the concept. */
  readonly id: string;
  /** Row of the concept. */
  readonly concept: number;
  /** Inputs of this value and more get the label, 0..1. */
  readonly threshold: number;
  /** It was cancelled: nothing is labelled until somebody sets it again. */
  readonly isStopped: boolean;
  /** What all labels up to `lastVector` were given by: a classifier and a threshold; "" for nothing yet. */
  readonly givenBy: string;
  /** The greatest row of `vectors` that was looked at. */
  readonly lastVector: number;
};

type RuleBody = Omit<LabelRule, "id">;

const KIND = "automatic-label";
const EVERYTHING = { offset: 0, limit: Number.MAX_SAFE_INTEGER };

export class LabelRules {
  readonly #db: Kysely<Schema>;
  readonly #records: Records;

  constructor(db: Kysely<Schema>, records: Records) {
    this.#db = db;
    this.#records = records;
  }

  async get(app: App, id: string): Promise<LabelRule | undefined> {
    const record = await this.#records.get(app, { kind: KIND, id });
    return record && { ...(record.body as RuleBody), id }; // put there by put()
  }

  async list(app: App): Promise<readonly LabelRule[]> {
    const records = await this.#records.list(app, { kind: KIND }, EVERYTHING);
    return records.map(({ id, body }) => ({ ...(body as RuleBody), id }));
  }

  /** Takes the place of what is there. */
  async put(app: App, { id, ...body }: LabelRule): Promise<void> {
    const key = { kind: KIND, id } as const;
    if (await this.#records.get(app, key)) await this.#records.update(app, key, body);
    else await this.#records.create(app, key, body);
  }

  /** Whether it existed. */
  async delete(app: App, id: string): Promise<boolean> {
    return (await this.#records.delete(app, { kind: KIND }, [id])) > 0;
  }

  /** Apps that have rules. */
  async apps(): Promise<readonly App[]> {
    const { rows } = await sql<App>`
      SELECT row, user_id AS userId, id, base_workflow AS baseWorkflow FROM apps
      WHERE row IN (SELECT app FROM records WHERE kind = ${KIND})`.execute(this.#db);
    return rows;
  }

  /** How many vectors of an app in one space are behind a row. */
  async countBehind(app: App, space: number, row: number): Promise<number> {
    return countVectorsBehind(this.#db, app, space, row);
  }
}
