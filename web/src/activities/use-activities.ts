// Long work on the server, kept current: every second while something runs.
import { useQuery } from "@tanstack/react-query";
import { usePortal } from "../portal.ts";
import { type PacedActivity, withPace } from "./pace.ts";

const BUSY_MS = 1000;
const QUIET_MS = 15_000;

/** Invalidate it after starting long work: the tray then shows it at once. */
export const ACTIVITIES_KEY = ["activities"];

/** Newest first. */
export function useActivities() {
  const { client } = usePortal();
  return useQuery({
    queryKey: ACTIVITIES_KEY,
    queryFn: async ({ signal, client: queries }): Promise<readonly PacedActivity[]> => {
      const activities = await client.activities({ signal });
      const before = queries.getQueryData<readonly PacedActivity[]>(ACTIVITIES_KEY);
      return withPace(activities, before ?? [], Date.now());
    },
    refetchInterval: ({ state }) =>
      state.data?.some((activity) => activity.state === "running") ? BUSY_MS : QUIET_MS,
    refetchOnWindowFocus: true,
  });
}
