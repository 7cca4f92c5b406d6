// What finds objects in pictures, and whether it has found any.
import { type CallOptions, type Connection, call, ownPath } from "./connection.ts";

export type Objects = {
  /** The detector in use; undefined: none. `name`: its id; `labels`: what it can find. */
  readonly detector?: { readonly name: string; readonly labels: readonly string[] };
  /** Whether anything was found in the app. */
  readonly found: boolean;
};

export function objectCalls(connection: Connection) {
  return {
    async objects(options?: CallOptions): Promise<Objects> {
      const path = ownPath(connection, "/semblance/objects");
      return call<Objects>(connection, "GET", path, undefined, options);
    },
  };
}
