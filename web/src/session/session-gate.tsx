// Shows the Portal to whoever may see it, the sign-in page to others. The address stays as it is meanwhile.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { createClient } from "../../../src/client/client.ts";
import { ClientError } from "../../../src/client/client-error.ts";
import type { Session } from "../../../src/client/session.ts";
import { SignIn } from "./sign-in.tsx";
import { SignOutContext } from "./use-sign-out.ts";

export const SESSION_KEY = ["session"];

// Sessions belong to no app.
const client = createClient();

type SessionGateProps = {
  /** Called before the Portal is shown again. */
  readonly onSignedIn: () => void;
  readonly children: ReactNode;
};

export function SessionGate({ onSignedIn, children }: SessionGateProps) {
  const queryClient = useQueryClient();
  const { data, isPending } = useQuery({
    queryKey: SESSION_KEY,
    queryFn: ({ signal }) => client.session({ signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const isRequired = data?.isRequired ?? false;
  const signOut = useMemo(() => {
    if (!isRequired) return undefined;
    return async () => {
      try {
        await client.signOut();
      } catch (error) {
        if (!(error instanceof ClientError)) throw error;
        return; // the cookie stays, and with it the session: then we stay, too
      }
      const session: Session = { isSignedIn: false, isRequired: true };
      queryClient.setQueryData(SESSION_KEY, session);
    };
  }, [isRequired, queryClient]);
  if (isPending) return null;
  // Without an answer the page itself says that the server is away.
  if (data?.isRequired && !data.isSignedIn) {
    return <SignIn client={client} onSignedIn={onSignedIn} />;
  }
  return <SignOutContext value={signOut}>{children}</SignOutContext>;
}
