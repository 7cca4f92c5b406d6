// The owner's apps: isolated collections.
import { type CallOptions, type Connection, call } from "./connection.ts";

export type App = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** "Universal": also by caption; "General": by image and concept; "Empty": no ranked search. */
  readonly baseWorkflow: string;
};

type WireApp = {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly default_workflow?: { readonly id?: string };
};

const PATH = "/v2/users/me/apps";

export function appCalls(connection: Connection) {
  return {
    /** Newest first. */
    async apps(options?: CallOptions): Promise<readonly App[]> {
      const path = `${PATH}?page=1&per_page=1000`;
      const reply = await call<{ apps?: readonly WireApp[] }>(
        connection,
        "GET",
        path,
        undefined,
        options,
      );
      return (reply.apps ?? []).map(toApp);
    },

    /** @throws ClientError if the id is taken or is none */
    async createApp(id: string, name = id): Promise<void> {
      await call(connection, "POST", PATH, { apps: [{ id, name }] });
    },

    /** Sets what is given; the id stays. */
    async changeApp(
      appId: string,
      { name, description }: { readonly name?: string; readonly description?: string },
    ): Promise<void> {
      // An empty text is no text in the protocol: a space is the shortest one that replaces another.
      const app = { id: appId, name, description: description === "" ? " " : description };
      await call(connection, "PATCH", PATH, { apps: [app], action: "overwrite" });
    },

    async setBaseWorkflow(appId: string, workflowId: string): Promise<void> {
      const apps = [{ id: appId, default_workflow: { id: workflowId } }];
      await call(connection, "PATCH", PATH, { apps, action: "overwrite" });
    },

    /** Deletes an app with everything in it. */
    async deleteApp(appId: string): Promise<void> {
      await call(connection, "DELETE", `${PATH}/${encodeURIComponent(appId)}`);
    },
  };
}

function toApp({ id, name, description, default_workflow }: WireApp): App {
  return {
    id,
    name: name || id,
    description: (description ?? "").trim(),
    baseWorkflow: default_workflow?.id ?? "",
  };
}
