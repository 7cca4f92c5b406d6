// How the server is doing.
import { useQuery } from "@tanstack/react-query";
import { usePortal } from "../portal.ts";

const STATUS_KEY = ["status"];

export function useStatus() {
  const { client } = usePortal();
  return useQuery({ queryKey: STATUS_KEY, queryFn: ({ signal }) => client.status({ signal }) });
}
