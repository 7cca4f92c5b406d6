// Long work on the server, kept current: every second while something runs.
import { useQuery } from "@tanstack/react-query";
import { usePortal } from "../portal.ts";

const BUSY_MS = 1000;
const QUIET_MS = 15_000;

/** Invalidate it after starting long work: the tray then shows it at once. */
export const ACTIVITIES_KEY = ["activities"];

/** Newest first. */
export function useActivities() {
  const { client } = usePortal();
  return useQuery({
    queryKey: ACTIVITIES_KEY,
    queryFn: ({ signal }) => client.activities({ signal }),
    refetchInterval: ({ state }) =>
      state.data?.some((activity) => activity.state === "running") ? BUSY_MS : QUIET_MS,
    refetchOnWindowFocus: true,
  });
}
