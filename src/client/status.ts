// How the server and the open app are doing, and indexing all of it again.
import type { Activity } from "./activities.ts";
import { type CallOptions, type Connection, call, ownPath } from "./connection.ts";

export type ServerStatus = {
  readonly version: string;
  /** `dim`: numbers in one embedding. `device`: where it computes, "cpu", "cuda" ... */
  readonly model: { readonly name: string; readonly dim: number; readonly device: string };
  /** Of the app: "Universal", "General", "Empty" or another name. */
  readonly base_workflow: string;
  /** ISO 8601. */
  readonly started_at: string;
  /** Of the app. */
  readonly inputs: {
    readonly processed: number;
    readonly pending: number;
    readonly failed: number;
    readonly duplicate: number;
  };
  readonly storage: {
    /** Of the app: kept bytes; files indexed in place are not counted. */
    readonly originals_bytes: number;
    /** Of the app, estimated from some of them. */
    readonly thumbnails_bytes: number;
    /** Of the app. */
    readonly vectors_bytes: number;
    /** Of all apps, with the vectors. */
    readonly database_bytes: number;
    /** On the disk of the data folder. */
    readonly free_bytes: number;
    readonly data_folder: string;
  };
};

export function statusCalls(connection: Connection) {
  return {
    async status(options?: CallOptions): Promise<ServerStatus> {
      const path = ownPath(connection, "/semblance/status");
      return call<ServerStatus>(connection, "GET", path, undefined, options);
    },

    /** Encodes every input again from its original. The one that runs, if there is one. */
    async startReindex(): Promise<Activity> {
      const path = ownPath(connection, "/semblance/reindex");
      return (await call<{ activity: Activity }>(connection, "POST", path)).activity;
    },

    /** Reads text in all pictures again, in the background. */
    async startReading(): Promise<void> {
      await call(connection, "POST", ownPath(connection, "/semblance/reading"));
    },
  };
}
