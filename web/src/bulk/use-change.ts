// Sends a change of many inputs, and shows the outcome when it is there: small ones at once, large ones in the tray.
import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Activity } from "../../../src/client/activities.ts";
import type { BulkChange } from "../../../src/client/bulk.ts";
import type { Client } from "../../../src/client/client.ts";
import { ClientError } from "../../../src/client/client-error.ts";
import { ACTIVITIES_KEY } from "../activities/use-activities.ts";
import { usePortal } from "../portal.ts";
import { type Target, toBulkTargets } from "./target.ts";

const POLL_MS = 500;

/** Resolves when the server has taken the change; what it changes is shown as soon as it is done.
 *  @param prepare done before it */
export function useChange(prepare?: () => Promise<void>) {
  const { client } = usePortal();
  const queryClient = useQueryClient();
  return useMutation<void, ClientError, { target: Target; change: BulkChange }>({
    mutationFn: async ({ target, change }) => {
      await prepare?.();
      const started = await startChange(client, queryClient, target, change);
      void showOutcome(client, queryClient, started);
    },
  });
}

/** @throws ClientError */
export async function startChange(
  client: Client,
  queryClient: QueryClient,
  target: Target,
  change: BulkChange,
): Promise<readonly Activity[]> {
  const started: Activity[] = [];
  for (const part of toBulkTargets(target)) started.push(await client.changeInputs(part, change));
  void queryClient.invalidateQueries({ queryKey: ACTIVITIES_KEY });
  return started;
}

/** Waits until all have ended; then everything that is shown is asked for anew: labels, datasets and metadata are facts
 *  of many pages. */
export async function showOutcome(
  client: Client,
  queryClient: QueryClient,
  started: readonly Activity[],
): Promise<void> {
  const running = new Set(started.filter(isRunning).map(({ id }) => id));
  while (running.size > 0) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    try {
      for (const activity of await client.activities()) {
        if (!isRunning(activity)) running.delete(activity.id);
      }
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      // A server that starts again has stopped the work; the page notices by itself that it is back.
      break;
    }
  }
  await queryClient.invalidateQueries();
}

function isRunning({ state }: Activity): boolean {
  return state === "running";
}
