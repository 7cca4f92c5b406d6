// One change of many inputs, as work on the server that can be watched and stopped.
import type { Activity } from "./activities.ts";
import { type Connection, call, ownPath } from "./connection.ts";
import type { Search } from "./search.ts";

/** These inputs (at most 10,000), or all that a search finds: of groups of near-duplicates every member. */
export type BulkTarget = { readonly ids: readonly string[] } | { readonly search: Search };

export type BulkChange =
  /** By names; concepts that are new are made. `add_absent`: says that it is not there. */
  | {
      readonly kind: "labels";
      readonly add?: readonly string[];
      readonly add_absent?: readonly string[];
      /** What says that it is there, or that it is not. */
      readonly remove?: readonly string[];
    }
  /** `set`: merged key by key; `remove`: keys of the first level. */
  | {
      readonly kind: "metadata";
      readonly set?: Readonly<Record<string, unknown>>;
      readonly remove?: readonly string[];
    }
  /** Ids of datasets that exist. */
  | {
      readonly kind: "datasets";
      readonly add?: readonly string[];
      readonly remove?: readonly string[];
    }
  | { readonly kind: "delete" };

/** `result` of the activity when it is done. `failed`: inputs that were gone meanwhile. */
export type BulkResult = { readonly changed: number; readonly failed: number };

export function bulkCalls(connection: Connection) {
  return {
    /** The activity (kind "bulk-change" or "bulk-delete"): small ones are over already. Watch it with `activities`. */
    async changeInputs(target: BulkTarget, change: BulkChange): Promise<Activity> {
      const path = ownPath(connection, "/semblance/bulk");
      const body = { ...target, change };
      return (await call<{ activity: Activity }>(connection, "POST", path, body)).activity;
    },
  };
}
