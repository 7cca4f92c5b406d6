// Long work of one kind on the server: how far it is, how to start and stop it, and what to read again when it ends.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { Activity } from "../../../src/client/activities.ts";
import type { ClientError } from "../../../src/client/client-error.ts";
import { ACTIVITIES_KEY, useActivities } from "../activities/use-activities.ts";
import { usePortal } from "../portal.ts";

/** `resultKey`: of the query that reads what the work has found. */
export function useExploring(
  kind: Activity["kind"],
  start: () => Promise<Activity>,
  resultKey: readonly unknown[],
) {
  const { client } = usePortal();
  const queryClient = useQueryClient();
  const { data: activities } = useActivities();
  const latest = activities?.find((activity) => activity.kind === kind);
  const running = latest?.state === "running" ? latest : undefined;
  const wasRunning = useRef(false);
  useEffect(() => {
    if (wasRunning.current && !running) void queryClient.invalidateQueries({ queryKey: resultKey });
    wasRunning.current = running !== undefined;
  }, [running, queryClient, resultKey]);
  const refresh = () => queryClient.invalidateQueries({ queryKey: ACTIVITIES_KEY });
  const starting = useMutation<Activity, ClientError>({ mutationFn: start, onSuccess: refresh });
  return {
    running,
    /** 0..1; undefined until it is known. */
    share: running && running.total > 0 ? running.done / running.total : undefined,
    start: () => starting.mutate(),
    isStarting: starting.isPending,
    /** Why it did not start, or failed; "" if it did neither. */
    failure: starting.error?.message ?? (latest?.state === "failed" ? latest.failure : ""),
    cancel: async () => {
      if (running) await client.cancelActivity(running.id);
      await refresh();
    },
  };
}
