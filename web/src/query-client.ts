// Cache of server answers. A failed call is shown, not silently repeated: counts.ts keeps asking.
import { QueryCache, QueryClient } from "@tanstack/react-query";
import type { Session } from "../../src/client/client.ts";
import type { ClientError } from "../../src/client/client-error.ts";

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: ClientError;
  }
}

export const SESSION_KEY = ["session"];

export function createQueryClient(): QueryClient {
  const queryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error) => noteError(queryClient, error) }),
    defaultOptions: {
      // "always": the server may be on this machine, which needs no network.
      queries: {
        retry: false,
        // Two parts of the page that watch one failed call would wake each other for ever.
        retryOnMount: false,
        networkMode: "always",
        refetchOnWindowFocus: false,
      },
    },
  });
  return queryClient;
}

/** A 401 from anywhere leads to the sign-in page. */
export function noteError(queryClient: QueryClient, error: ClientError): void {
  if (!error.isUnauthenticated) return;
  const session: Session = { isSignedIn: false, isRequired: true };
  queryClient.setQueryData(SESSION_KEY, session);
}
