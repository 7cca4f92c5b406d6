// The sample gallery: pictures that Semblance draws itself, for who has none at hand.
import type { Activity } from "./activities.ts";
import { type Connection, call, ownPath } from "./connection.ts";

/** Id of the dataset that they are in. */
export const SAMPLE_DATASET = "sample-gallery";

export function sampleCalls(connection: Connection) {
  const path = ownPath(connection, "/semblance/samples");
  return {
    /** Draws them and adds them to the dataset "sample-gallery"; those that are there already stay as they are. */
    async addSamples(): Promise<Activity> {
      return (await call<{ activity: Activity }>(connection, "POST", path)).activity;
    },

    /** Deletes the inputs of the dataset, and then the dataset. */
    async removeSamples(): Promise<Activity> {
      return (await call<{ activity: Activity }>(connection, "DELETE", path)).activity;
    },
  };
}
