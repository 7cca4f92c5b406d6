// Whether there are objects to search for.
import { useQuery } from "@tanstack/react-query";
import { usePortal } from "../portal.ts";

const WAITING_MS = 10_000;

/** A detector is in use and has found something in the app. */
export function useHasObjects(): boolean {
  const { client } = usePortal();
  const { data } = useQuery({
    queryKey: ["objects"],
    queryFn: ({ signal }) => client.objects({ signal }),
    staleTime: 60_000,
    // The first ones may come at any time.
    refetchInterval: ({ state }) =>
      state.data?.detector && !state.data.found ? WAITING_MS : false,
  });
  return data?.detector !== undefined && data.found;
}
