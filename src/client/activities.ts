// Long work on the server: what runs, how far it is, what became of it.
import { type CallOptions, type Connection, call, ownPath } from "./connection.ts";

export type Activity = {
  readonly id: string;
  readonly kind:
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
  /** What it is about, for people; "" for nothing. */
  readonly about: string;
  readonly state: "running" | "done" | "failed" | "cancelled";
  /** Bytes of downloads, else inputs or steps. */
  readonly done: number;
  /** 0 until it is known. */
  readonly total: number;
  readonly result?: unknown;
  /** Why it failed; "" if it did not. */
  readonly failure: string;
  /** ISO 8601. */
  readonly started_at: string;
  readonly ended_at?: string;
};

const PATH = "/semblance/activities";

export function activityCalls(connection: Connection) {
  return {
    /** Newest first. */
    async activities(options?: CallOptions): Promise<readonly Activity[]> {
      const path = ownPath(connection, PATH);
      const reply = await call<{ activities: readonly Activity[] }>(
        connection,
        "GET",
        path,
        undefined,
        options,
      );
      return reply.activities;
    },

    async cancelActivity(id: string): Promise<Activity> {
      const path = ownPath(connection, `${PATH}/${encodeURIComponent(id)}`);
      return (await call<{ activity: Activity }>(connection, "DELETE", path)).activity;
    },
  };
}
