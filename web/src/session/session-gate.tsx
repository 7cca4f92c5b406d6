// Shows the Portal to whoever may see it, the sign-in page to others.
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { usePortal } from "../portal.ts";
import { SESSION_KEY } from "../query-client.ts";
import { SignIn } from "./sign-in.tsx";

export function SessionGate({ children }: { readonly children: ReactNode }) {
  const { client } = usePortal();
  const { data, isPending } = useQuery({
    queryKey: SESSION_KEY,
    queryFn: ({ signal }) => client.session({ signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (isPending) return null;
  // Without an answer the page itself says that the server is away.
  return data?.isRequired && !data.isSignedIn ? <SignIn /> : children;
}
