// The open app as the server knows it.
import { useQuery } from "@tanstack/react-query";
import { APPS_KEY } from "../frame/app-menu.tsx";
import { usePortal } from "../portal.ts";

/** `app`: undefined until it is known. */
export function useApp() {
  const { appId, client } = usePortal();
  const { data, error, refetch } = useQuery({
    queryKey: APPS_KEY,
    queryFn: ({ signal }) => client.apps({ signal }),
  });
  return { app: data?.find(({ id }) => id === appId), error, refetch };
}
