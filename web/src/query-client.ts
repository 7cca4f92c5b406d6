// Cache of server answers. A failed call is shown, not silently repeated: counts.ts keeps asking.
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import type { ClientError } from "../../src/client/client-error.ts";

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: ClientError;
  }
}

/** @param onSignedOut called when an answer asks for a key */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: ClientError) => error.isUnauthenticated && onSignedOut();
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // "always": the server may be on this machine, which needs no network.
      queries: {
        retry: false,
        // Two parts of the page that watch one failed call would wake each other for ever.
        retryOnMount: false,
        networkMode: "always",
        refetchOnWindowFocus: false,
      },
      mutations: { networkMode: "always" },
    },
  });
}
