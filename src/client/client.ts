// Typed calls to a Semblance server over fetch: browsers, Node, no dependencies.
//   const client = createClient({ baseUrl: "http://127.0.0.1:8484", key: "..." });
//   const { hits } = await client.search({ ranks: [{ kind: "text", text: "two dogs on a beach" }] });
import { activityCalls } from "./activities.ts";
import { appCalls } from "./apps.ts";
import { bulkCalls } from "./bulk.ts";
import { conceptCalls } from "./concepts.ts";
import type { AppName, Connection } from "./connection.ts";
import { datasetCalls } from "./datasets.ts";
import { encoderCalls } from "./encoders.ts";
import { exampleCalls } from "./examples.ts";
import { exploreCalls } from "./explore.ts";
import { facetCalls } from "./facets.ts";
import { inputJobCalls } from "./input-jobs.ts";
import { inputCalls } from "./inputs.ts";
import { modelCalls } from "./models.ts";
import { objectCalls } from "./objects.ts";
import { regionCalls } from "./regions.ts";
import { sampleCalls } from "./samples.ts";
import { savedSearchCalls } from "./saved-searches.ts";
import { searchCalls } from "./search.ts";
import { sessionCalls } from "./session.ts";
import { statusCalls } from "./status.ts";

export type ClientOptions = {
  /** Where the server is, without a trailing slash. Default: the page's own origin. */
  readonly baseUrl?: string;
  /** Access key. A browser that signed in needs none. */
  readonly key?: string;
  /** The app that all calls are about. Default: the server's default app. */
  readonly app?: AppName;
};

export type Client = ReturnType<typeof createClient>;

/** Every function throws a ClientError if the call fails. */
export function createClient({ baseUrl = "", key, app }: ClientOptions = {}) {
  const headers: Record<string, string> = key === undefined ? {} : { authorization: `Key ${key}` };
  const connection: Connection = { baseUrl, headers, app };
  return {
    ...sessionCalls(connection),
    ...searchCalls(connection),
    ...inputCalls(connection),
    ...inputJobCalls(connection),
    ...conceptCalls(connection),
    ...exploreCalls(connection),
    ...modelCalls(connection),
    ...activityCalls(connection),
    ...facetCalls(connection),
    ...bulkCalls(connection),
    ...objectCalls(connection),
    ...regionCalls(connection),
    ...savedSearchCalls(connection),
    ...encoderCalls(connection),
    ...appCalls(connection),
    ...datasetCalls(connection),
    ...exampleCalls(connection),
    ...sampleCalls(connection),
    ...statusCalls(connection),
  };
}
