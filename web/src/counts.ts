// How many inputs there are, kept current: the heartbeat of the page.
import { useQuery } from "@tanstack/react-query";
import { usePortal } from "./portal.ts";

const BUSY_MS = 1000;
const QUIET_MS = 10_000;

export const COUNTS_KEY = ["counts"];

/** Polls every second while inputs are being indexed or the server is away, else every 10 s. */
export function useCounts() {
  const { client } = usePortal();
  return useQuery({
    queryKey: COUNTS_KEY,
    queryFn: ({ signal }) => client.counts({ signal }),
    refetchInterval: ({ state }) =>
      state.status === "error" || (state.data && state.data.pending > 0) ? BUSY_MS : QUIET_MS,
    refetchOnWindowFocus: true,
  });
}
